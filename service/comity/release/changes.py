"""What differs between two editions of the law that is held: laws, norms, recognitions, conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from comity.law.program_text import ProgramText
from comity.logic.expression import Expression, parts_of

__all__ = ["ASPECTS", "Changed", "LawChanges", "changes"]

Json = Mapping[str, Any]

ASPECTS: dict[str, tuple[str, ...]] = {
    "days": ("from", "until"),
    "kind": ("kind", "governs"),
    "who": ("bearer", "perItem", "nexus"),
    "situation": ("when", "situation"),
    "demand": ("demand", "alternatives", "deadline", "timing", "leadTime"),
    "exceptions": ("exceptions", "exceptionsMustBeShown", "resort"),
    "place": ("provisions", "instrument"),
    "reading": ("position", "question"),
    "sanctions": ("sanctions", "reconciledBy", "underminedBy"),
    "name": ("label",),
    "leavesOut": ("leavesOut",),
}
"""What may change of a norm, and in which keys of the compiled norm it stands."""

_OF_RECOGNITIONS: dict[str, tuple[str, ...]] = {
    "days": ("from", "until", "signed"),
    "standing": ("status", "inForce", "opens"),
    "scope": ("scope", "tested", "everywhere"),
    "who": ("by", "of", "through"),
    "place": ("instruments", "citation"),
    "name": ("label",),
}
_OF_INSTRUMENTS: dict[str, tuple[str, ...]] = {
    "days": ("from", "until"),
    "kind": ("kind", "binding"),
    "who": ("jurisdiction",),
    "name": ("label",),
}


@dataclass(frozen=True)
class Changed:
    """A thing of which something changed: its name, how it is now, how it was, and what changed of it (keys of :data:`ASPECTS`)."""

    name: str
    now: Json
    before: Json
    aspects: tuple[str, ...]


@dataclass
class Sort:
    """What came, what went and what changed of one sort of things, each by its name."""

    came: dict[str, Json] = field(default_factory=dict)
    went: dict[str, Json] = field(default_factory=dict)
    changed: list[Changed] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.changed)


@dataclass(frozen=True)
class LawChanges:
    """What differs between two editions; falsy where nothing does."""

    instruments: Sort
    norms: Sort
    recognitions: Sort
    conflicts: Sort

    def __bool__(self) -> bool:
        return any((self.instruments, self.norms, self.recognitions, self.conflicts))


def changes(before: ProgramText, after: ProgramText) -> LawChanges:
    """Return what differs between two compiled programs.

    The situation or the demand of a norm has changed too where a class did on which it rests. Conflicts that no realistic flow shows are
    left out.
    """
    old, new = (_resting(program) for program in (before, after))
    return LawChanges(
        _sort(before["instruments"], after["instruments"], _OF_INSTRUMENTS),
        _sort(
            _norms(before, old),
            _norms(after, new),
            {**ASPECTS, "situation": ("when", "rests"), "demand": (*ASPECTS["demand"], "restsDemand")},
        ),
        _sort(_by(before["recognition"]["rows"]), _by(after["recognition"]["rows"]), _OF_RECOGNITIONS),
        _sort(_conflicts(before), _conflicts(after), {}),
    )


def _sort(before: Mapping[str, Any], after: Mapping[str, Any], aspects: Mapping[str, tuple[str, ...]]) -> Sort:
    found = Sort()
    for name in sorted({*before, *after}):
        if name not in before:
            found.came[name] = after[name]
        elif name not in after:
            found.went[name] = before[name]
        elif moved := tuple(
            aspect for aspect, keys in aspects.items() if any(before[name].get(key) != after[name].get(key) for key in keys)
        ):
            found.changed.append(Changed(name, after[name], before[name], moved))
    return found


def _norms(program: ProgramText, resting: Any) -> dict[str, Json]:
    return {
        norm["id"]: {**norm, "rests": resting(["is", norm["when"]]), "restsDemand": resting(norm["demand"])} for norm in program["norms"]
    }


def _by(rows: Any) -> dict[str, Json]:
    return {row["id"]: row for row in rows}


def _conflicts(program: ProgramText) -> dict[str, Json]:
    return {pair["iri"].rpartition("/")[2]: pair for pair in program["conflicts"] if not pair.get("formal")}


def _resting(program: ProgramText) -> Any:
    """Return a function that gives the classes on which an expression rests, with what they say, the deepest included."""
    classes: Mapping[str, Expression] = program["classes_compiled"]

    def resting(expression: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        waiting = [expression] if expression else []
        while waiting:
            for part in parts_of(waiting.pop()):
                name = part[1] if part[0] == "is" and len(part) > 1 else None
                if isinstance(name, str) and name in classes and name not in found:
                    found[name] = classes[name]
                    waiting.append(classes[name])
        return found

    return resting
