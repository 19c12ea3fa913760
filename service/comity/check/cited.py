"""The norms that a brief answer names by their identifiers: what each is called, where it is stated, and the official page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.law.program import Program

__all__ = ["norms_cited"]

Json = dict[str, Any]

_IN_FULL = frozenset(("findings", "classes", "conflicts", "missing"))  # parts that tell of norms themselves, or only count them


def norms_cited(program: Program, *parts: Any) -> dict[str, Json]:
    """Return label, provision and page of each norm that parts of an answer name, by identifier in the order of the program."""
    numbers = {program.by_id[name].number for part in parts for name in _names(part)}
    return {norm.id: _shown(program, norm.data) for norm in (program.norms[number] for number in sorted(numbers))}


def _shown(program: Program, data: Any) -> Json:
    provision = program.data["provisions"][data["provisions"][0]]
    return {"label": data["label"], "provision": provision["label"], "url": provision["url"]}


def _names(value: Any) -> Iterator[str]:
    """Yield the identifiers under ``norm``, ``cures`` and ``norms``."""
    if isinstance(value, list):
        for inner in value:
            yield from _names(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "norm":
                yield inner
            elif key in ("cures", "norms"):
                yield from inner
            elif key not in _IN_FULL:
                yield from _names(inner)
