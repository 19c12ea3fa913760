"""The files of witnesses: ``data/conflicts/<place>-<place>.yaml``, one flow for each clash of duties.

A key names the two norms, as in ``CLOUD-2713 × DSL-36``; ``flow`` is a description in which both bind, of one data item held in one
place; ``composedOf`` names the scenarios from which the flow was put together, or the one that it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from comity.yaml_text import ERRORS, NumberLoader, line_of, plain

__all__ = ["ANY", "CONTRIVED", "FALSE", "FOLDER", "SIGN", "Witness", "WitnessFault", "read_reasons", "read_witnesses", "written"]

Json = dict[str, Any]

FOLDER = "data/conflicts"
"""Where the witnesses are, from the root of the sources."""
SIGN = " × "
"""What stands between the two norms that a flow shows in conflict."""
ANY = "*"
"""What a file of reasons writes in the place of a norm for all norms, or after a folder of laws for all of theirs."""
FALSE = "false-conflicts.yaml"
"""The file of pairs that look like a conflict and are none, each with the reason, by language."""
CONTRIVED = "contrived.yaml"
"""The file of pairs that only a flow made up for the purpose is subject to, each with the reason; they stay conflicts in form."""
_KEYS = {"composedOf", "flow"}


class WitnessFault(ValueError):
    """A file of witnesses that cannot be read or does not hold; says where, why and what to do."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A flow in which two norms bind that cannot both be followed; ``place`` is its file, below the root, and line."""

    norms: tuple[str, str]
    flow: Json
    composed_of: tuple[str, ...]
    file: str
    line: int

    @property
    def place(self) -> str:
        """Where the witness stands."""
        return f"{self.file}:{self.line}"


def read_witnesses(root: Path) -> list[Witness]:
    """Return the witnesses below a folder of sources, in the order of their files. Raises :class:`WitnessFault`."""
    found: dict[frozenset[str], Witness] = {}
    for path in sorted((root / FOLDER).glob("*.yaml")):
        if path.name in (FALSE, CONTRIVED):
            continue
        for witness in _of_file(path, path.relative_to(root).as_posix()):
            twin = found.setdefault(frozenset(witness.norms), witness)
            if twin is not witness:
                raise WitnessFault(f"{witness.place}: {SIGN.join(witness.norms)} has a flow already, at {twin.place}. Keep one of them.")
    return list(found.values())


def read_reasons(root: Path, file: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return the pairs that :data:`FALSE` or :data:`CONTRIVED` names, with the reason by language. Raises :class:`WitnessFault`."""
    path, name = root / FOLDER / file, f"{FOLDER}/{file}"
    if not path.is_file():
        return {}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for key, node, line in _entries(path, name):
        reason = plain(node)
        if not isinstance(reason, dict) or not reason.get("en") or not reason.get("zh"):
            raise WitnessFault(f"{name}:{line}: {SIGN.join(key)} needs the reason, in en and zh, why no realistic flow is subject to both")
        found[key] = reason
    return found


def written(witnesses: list[Witness]) -> str:
    """Return the text of a file of witnesses, sorted by the names of the norms."""
    told = {SIGN.join(w.norms): {"composedOf": list(w.composed_of), "flow": w.flow} for w in sorted(witnesses, key=lambda w: w.norms)}
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, default_flow_style=None, width=140)


def _of_file(path: Path, name: str) -> Iterator[Witness]:
    for norms, node, line in _entries(path, name):
        entry = plain(node)
        if not isinstance(entry, dict) or not entry.keys() <= _KEYS or not isinstance(entry.get("flow"), dict):
            raise WitnessFault(f"{name}:{line}: {SIGN.join(norms)} needs a flow, and has nothing beside it but composedOf")
        yield Witness(norms, entry["flow"], tuple(entry.get("composedOf") or ()), name, line)


def _entries(path: Path, name: str) -> Iterator[tuple[tuple[str, str], yaml.Node, int]]:
    """Yield the entries of a file: the two norms, what is said of them, and the line."""
    try:
        top = yaml.compose(path.read_text(encoding="utf-8"), Loader=NumberLoader)
    except ERRORS as fault:
        raise WitnessFault(f"{name}:{line_of(fault)}: the file is no YAML: {getattr(fault, 'problem', None) or fault}") from None
    if not isinstance(top, yaml.MappingNode):
        raise WitnessFault(f"{name}:1: write one entry for each pair of norms, such as ACT-1{SIGN}LAW-2")
    for key, node in top.value:
        line, norms = key.start_mark.line + 1, str(key.value).split(SIGN)
        if len(norms) != 2 or norms[0] == norms[1]:
            raise WitnessFault(
                f"{name}:{line}: {key.value!r} does not name two norms; write the identifiers of both with{SIGN}between them"
            )
        yield (norms[0], norms[1]), node, line
