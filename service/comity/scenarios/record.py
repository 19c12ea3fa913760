"""What is kept of an answer to tell whether a change of law moved it: verdicts, norms, classes, conflicts, what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from comity.check.checker import Checker
from comity.flow.problems import DescriptionError

__all__ = ["ABSENT", "REFUSED", "FlowName", "Instrument", "Leg", "Part", "Record", "record", "record_of"]

Json = dict[str, Any]

REFUSED = "refused"
"""The verdict of a record where the law knows no such flow: the description names a value or a fact that is not there."""

ABSENT = {
    "verdict": "not-regulated",
    "instrument": "not-regulated",
    "norm": "not-applicable",
    "class": "absent",
    "conflict": "absent",
    "asked": "absent",
}
"""What an answer that is silent about a part says of it, by the kind of the part."""


class FlowName(NamedTuple):
    """A flow: the file that holds it (from the folder of the flows, without suffix) and its name in that file."""

    file: str
    name: str

    def __str__(self) -> str:
        return f"{self.file}: {self.name}" if self.name else self.file


class Part(NamedTuple):
    """A part of an answer: the leg (from 0; -1 for the answer over all), the kind (a key of :data:`ABSENT`), and its name."""

    leg: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """The verdict of an instrument and the statuses of its norms.

    A status names what exempts the norm, and the data items where the norm is judged for each: ``exempted[ACT-5](0,2)``.
    A norm that differs by data item has several, parted by spaces.
    """

    verdict: str
    norms: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leg:
    """What is kept of the answer on one leg.

    ``classes`` are the reported classes that hold, with what they hold of; ``conflicts`` pairs of norms; ``asked`` pointers to facts.
    """

    verdict: str
    instruments: dict[str, Instrument] = field(default_factory=dict)
    classes: frozenset[str] = frozenset()
    conflicts: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    def parts(self, number: int) -> Iterator[tuple[Part, str]]:
        """Yield what the leg says of each part."""
        for iri, instrument in self.instruments.items():
            yield Part(number, "instrument", iri), instrument.verdict
            for norm, status in instrument.norms.items():
                yield Part(number, "norm", norm), status
        for kind, names in (("class", self.classes), ("conflict", self.conflicts), ("asked", self.asked)):
            yield from ((Part(number, kind, name), "present") for name in names)


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of an answer: the verdict over all, and the legs in their order (none if the flow was refused)."""

    verdict: str
    legs: tuple[Leg, ...] = ()

    def parts(self) -> dict[Part, str]:
        """Return what the answer says of each part of it."""
        found = {Part(-1, "verdict", "overall"): self.verdict}
        for number, leg in enumerate(self.legs):
            found.update(leg.parts(number))
            if len(self.legs) > 1:
                found[Part(number, "verdict", f"leg {number}")] = leg.verdict
        return found


def record_of(checker: Checker, description: Any) -> Record:
    """Return the record of what a checker answers to a description, which it may refuse."""
    try:
        return record(checker.check(description, plan=False))
    except DescriptionError:
        return Record(REFUSED)


def record(answer: Json) -> Record:
    """Return what is kept of an answer."""
    return Record(answer["verdict"], tuple(_leg(leg) for leg in answer.get("legs", [answer])))


def _leg(leg: Json) -> Leg:
    norms: dict[str, dict[str, dict[str, str]]] = {}
    for finding in leg["findings"]:
        statuses = norms.setdefault(finding["instrument"], {}).setdefault(finding["norm"], {})
        by = f"[{','.join(sorted(finding['exemptedBy']))}]" if finding.get("exemptedBy") else ""
        statuses[finding["status"] + by] = _items(finding)
    instruments = {
        entry["instrument"]: Instrument(
            entry["verdict"],
            {
                norm: " ".join(f"{status}{items}" for status, items in sorted(statuses.items()))
                for norm, statuses in sorted(norms.get(entry["instrument"], {}).items())
            },
        )
        for entry in sorted(leg["instruments"], key=lambda entry: str(entry["instrument"]))
    }
    held = frozenset(f"{entry['class']} on {entry['on']}" for entry in leg["classes"] if entry["holds"])
    pairs = frozenset(" ".join(sorted(norm["norm"] for norm in conflict["norms"])) for conflict in leg["conflicts"])
    return Leg(leg["verdict"], instruments, held, pairs, frozenset(entry["pointer"] for entry in leg["missing"]))


def _items(finding: Json) -> str:
    """Return the numbers of the data items that a finding is about, in brackets; nothing if it is about the flow."""
    items = finding.get("items")
    return f"({','.join(item.rpartition('/')[2] for item in items)})" if items else ""
