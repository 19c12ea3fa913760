"""The norms that a brief answer names by their identifiers: what each is called, where it is stated, and the official page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from comity.law.program import Program

__all__ = ["norms_cited"]

Json = dict[str, Any]

_BESIDE = "cures beside"  # where a norm is named that a step cures beside another
_TOLD_THERE = frozenset(("cures", _BESIDE, "stopped"))  # places that say what a norm wants
_IN_FULL = frozenset(("findings", "classes", "conflicts", "missing"))  # parts that tell of norms themselves, or only count them


def norms_cited(program: Program, parts: Iterable[Any], brief: bool = False) -> dict[str, Json]:
    """Return label, provision and page of each norm that parts of an answer name, by identifier in the order of the program.

    A *brief* answer tells no more than is needed where the norm is named: of a norm that a step cures, or that nothing cures, where it
    is stated, since the step, or ``stopped``, says what it wants; of a norm that stands around the flow what it is called. Norms that
    are unknown are left to the questions, which say where those stand that wait for a fact, and those that a step cures beside others
    to their own pages.
    """
    named: dict[str, set[str]] = {}
    for part in parts:
        for name, where in _names(part, "", brief):
            named.setdefault(name, set()).add(where)
    norms = sorted((program.by_id[name] for name, where in named.items() if where != {_BESIDE}), key=lambda norm: norm.number)
    return {norm.id: _shown(program, norm.data, named[norm.id] if brief else set()) for norm in norms}


def _shown(program: Program, data: Any, where: set[str]) -> Json:
    provision = program.data["provisions"][data["provisions"][0]]
    shown = {} if where & _TOLD_THERE else {"label": data["label"]}
    return shown if where == {"around"} else shown | {"provision": provision["label"], "url": provision["url"]}


def _names(value: Any, where: str, brief: bool) -> Iterator[tuple[str, str]]:
    """Yield the identifiers under ``norm``, ``cures`` and ``norms`` with the key of the list that names them."""
    if isinstance(value, list):
        for inner in value:
            yield from _names(inner, where, brief)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "norm":
                if not brief or value.get("status") != "unknown":
                    yield inner, where
            elif key in ("cures", "norms"):
                yield from ((name, _BESIDE if brief and key == "cures" and number else key) for number, name in enumerate(inner))
            elif key not in _IN_FULL:
                yield from _names(inner, key, brief)
