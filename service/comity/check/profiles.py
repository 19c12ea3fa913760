"""Profiles: descriptions that differ in figures only, and in figures that no threshold tells apart, have one answer.

A profile is the description without its figures, the epoch in which its day lies, and the cells of its figures and of the
counts that its answer read: between which thresholds of the law they lie. The answer of a profile is kept as a template; its
figures are filled in from the description. Nothing is approximated: every test of a figure compares it with a threshold, so
that figures in the same cells pass and fail the same tests.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

from comity.check.answer_template import Template, may_hold_gaps
from comity.flow.counting import Counting
from comity.flow.figures import FigureReader, Stated, cell
from comity.flow.schema import Schema
from comity.flow.values import Refusal, ValueReader
from comity.law.program import Program
from comity.logic.node import by_content
from comity.logic.thresholds import thresholds

__all__ = ["Asked", "Countings", "Judged", "Profiles", "fill"]

Countings = dict[str, list[Counting]]
"""The counts that an answer read, by the pointers of their facts; one may be taken again when silence was read as none."""

_MOST_TEMPLATES = 64  # of one profile; figures that wander over every threshold must not crowd out the rest


class Asked(NamedTuple):
    """A description as the profiles see it: what it shares with others of its profile, and its own figures."""

    key: tuple[tuple[Any, ...], bytes, int | date, tuple[tuple[int, int], ...], tuple[Any, ...]]
    stated: Stated


class Judged(NamedTuple):
    """What was found of all descriptions of a profile: the counts that were read, the answer with gaps, the counts that fill them."""

    countings: Countings
    template: Template
    shown: list[Counting]

    def packed(self) -> tuple[dict[str, Any], bytes]:
        """Return the same as plain JSON and bytes, to be sent from one process to another."""
        header, body = self.template.packed()
        return {"countings": self.countings, "shown": self.shown, **header}, body

    @classmethod
    def unpacked(cls, header: dict[str, Any], body: bytes) -> Judged:
        """Return what :meth:`packed` packed."""
        countings = {pointer: [Counting.of(count) for count in taken] for pointer, taken in header["countings"].items()}
        return cls(countings, Template.unpacked(header, body), [Counting.of(count) for count in header["shown"]])


class _Profile:
    """The answers to descriptions of one key, by the cells of the counts that were read."""

    __slots__ = ("countings", "size", "templates")

    def __init__(self) -> None:
        self.countings: Countings = {}
        self.templates: dict[tuple[tuple[int, int], ...], tuple[Template, list[Counting]]] = {}
        self.size = 0


class Profiles:
    """The profiles seen of late, up to a number of bytes of templates; safe to share between threads.

    ``thresholds`` has for the key of each figure or count the numbers with which the law compares it.
    """

    def __init__(self, schema: Schema, program: Program, most_bytes: int) -> None:
        self._reader = FigureReader(schema)
        self._timeline = program.timeline
        # A figure that is compared with another stated figure, and not with a threshold, belongs to no profile.
        self._compared = [f'"{rule["ofKey"]}":'.encode() for rule in program.arithmetic if rule["op"] == "op-within"]
        tests = [*program.data["classes_compiled"].values(), *(norm["demand"] for norm in program.data["norms"])]
        self.thresholds = {key.encode(): limits for key, limits in thresholds(tests).items()}
        self._most_bytes = most_bytes
        self._size = 0
        self._kept: OrderedDict[Any, _Profile] = OrderedDict()
        self._lock = Lock()

    def asked(self, description: Any, canonical: bytes, ask: tuple[Any, ...]) -> Asked | None:
        """Return the description without its figures, and how its answer is wanted (``ask``).

        ``None`` where it cannot be read, its text could be taken for a gap, or its figures are compared with one another.
        """
        if not isinstance(description, dict) or not may_hold_gaps(canonical) or any(key in canonical for key in self._compared):
            return None
        try:
            day = ValueReader.day(description.get("asOf"), "/asOf")
            when: int | date = day
            if not self._reader.has_dates(canonical):
                when = self._timeline.epoch(day)
                canonical = canonical.replace(f'"asOf":"{description["asOf"]}"'.encode(), b'"asOf":""', 1)
            stated = self._reader.read(canonical)
        except Refusal:
            return None
        limits = self.thresholds
        cells = tuple(cell(bounds, limits[key]) for key, bounds in zip(stated.keys, stated.ranges) if key in limits)
        return Asked((ask, stated.around, when, cells, _items_alike(description)), stated)

    def answer(self, head: bytes, asked: Asked) -> bytes | None:
        """Return the answer of the description's profile with its figures, after its head, if the profile was seen."""
        with self._lock:
            profile = self._kept.get(asked.key)
            if profile is None:
                return None
            self._kept.move_to_end(asked.key)
            found = profile.templates.get(self._cells(profile.countings, asked.stated))
        return None if found is None else fill(head, *found, asked.stated)

    def keep(self, asked: Asked, judged: Judged) -> None:
        """Keep what was found of the description's profile."""
        countings, template, shown = judged
        with self._lock:
            profile = self._kept.pop(asked.key, None) or _Profile()
            self._size -= profile.size
            wider = {pointer: list(dict.fromkeys([*profile.countings.get(pointer, ()), *taken])) for pointer, taken in countings.items()}
            wider = profile.countings | wider
            if wider != profile.countings or len(profile.templates) >= _MOST_TEMPLATES:
                profile.countings, profile.templates, profile.size = wider, {}, len(asked.key[1])
            cells = self._cells(profile.countings, asked.stated)
            if cells not in profile.templates:  # another thread may have been first
                profile.templates[cells] = template, shown
                profile.size += template.size
            self._size += profile.size
            self._kept[asked.key] = profile
            while self._size > self._most_bytes:
                self._size -= self._kept.popitem(last=False)[1].size

    def _cells(self, countings: Countings, stated: Stated) -> tuple[tuple[int, int], ...]:
        read = stated.ranges.__getitem__
        limits = self.thresholds
        return tuple(
            cell(count.bounds(read), limits[pointer.rpartition("/")[2].encode()]) for pointer, taken in countings.items() for count in taken
        )

    @property
    def figure_keys(self) -> frozenset[str]:
        """The keys of the figures that a profile leaves out."""
        return self._reader.keys

    def numbers(self, description: Any) -> dict[str, int]:
        """Return the number of each figure of a description that was read, by its pointer."""
        return {pointer: number for number, pointer in enumerate(self._reader.pointers(description))}


def _items_alike(description: dict[str, Any]) -> tuple[Any, ...]:
    """Return which data items of each leg say the same: they are judged once, and figures decide which do."""
    legs = description.get("legs", [description])
    items = [leg.get("dataItems") for leg in legs if isinstance(leg, dict)] if isinstance(legs, list) else []
    return tuple(tuple(map(tuple, by_content(stated))) for stated in items if isinstance(stated, list) and len(stated) > 1)


def fill(head: bytes, template: Template, shown: list[Counting], stated: Stated) -> bytes:
    """Return an answer: its head, and a template with the stated figures, and the counts that rest on them, in its gaps."""
    read = stated.ranges.__getitem__
    return template.fill(head, [*stated.values, *(count.bounds(read) for count in shown)])
