"""From shapes to profiles: which flows of a block the law tells apart by their figures and their days, and which it does not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from comity.batch.counts import Column, Floats, Numbers, codes
from comity.batch.describing import Describer
from comity.batch.profiles import Base, Bases
from comity.batch.shapes import Shape, Shaped, parts_of_day
from comity.check.checker import Ask, Checker
from comity.flow.json_text import NotJson
from comity.flow.problems import DescriptionError
from comity.logic.node import by_content

__all__ = ["Group", "Grouper", "Single"]

# This number and those after it stand for the figures in the gaps of a shape while it is looked at. A figure that stands in the text of
# the shape is written in another way than digits, or has more of them.
_MARK = 900_000_000_000_000
_MOST_PAIRS = 64
_ROOM = 2**62


class Group(NamedTuple):
    """Flows of one base: their places in the block, their figures in canonical order, the text of the first of some of them."""

    base: Base
    places: Numbers
    figures: list[Column]
    shape: Shape | None
    text: str

    def some(self, chosen: Numbers) -> Group:
        """Return some of the flows, by their places in the group."""
        figures = [(_some(low, chosen), _some(high, chosen)) for low, high in self.figures]
        return self._replace(places=self.places[chosen], figures=figures)


class Single(NamedTuple):
    """A flow that cannot be read: its place in the block, and why."""

    place: int
    fault: str


class _Plan(NamedTuple):
    """How flows of a shape are told apart: the gap of each figure, or its bounds where it stands in the text; what compares it."""

    figures: list[int | tuple[float, float]]
    limits: list[list[float] | None]
    day: int | None
    by_day: bool
    alike: list[list[tuple[int, int]]]
    bases: dict[int, Base]


class Grouper:
    """Groups the flows of blocks by base."""

    def __init__(self, checker: Checker, ask: Ask, describer: Describer, bases: Bases) -> None:
        self._checker, self._ask, self._describer, self._bases = checker, ask, describer, bases
        self._profiles = checker.profiles
        self._plans: dict[tuple[int, bool], _Plan | None] = {}
        self._known: dict[int, Shape] = {}
        self._epochs: dict[int, int] = {}

    def groups(self, shaped: Shaped, gaps: bool) -> Iterator[Group | Single]:
        """Yield the flows of a block in groups."""
        if shaped.known is not self._known:
            self._plans.clear()
            self._known = shaped.known
        order = np.argsort(shaped.shapes, kind="stable")
        kinds, starts = np.unique(shaped.shapes[order], return_index=True)
        for kind, those in zip(kinds.tolist(), np.split(order, starts[1:])):
            shape, places = shaped.known[kind], those
            if shaped.whole:
                apart = np.array([place in shaped.whole for place in places.tolist()], bool)
                for place in places[apart].tolist():
                    yield self._single(place, shaped.whole[place], gaps)
                places = places[~apart]
            if not len(places):
                continue
            values = [column[places] for column in shaped.values[: len(shape.keys)]]
            if (kind, gaps) not in self._plans:
                self._plans[kind, gaps] = self._plan(shape, [int(column[0]) for column in values], gaps)
            plan = self._plans[kind, gaps]
            if plan is None:
                for number, place in enumerate(places.tolist()):
                    text = shape.filled([int(column[number]) for column in values])
                    yield self._single(place, text, gaps) if shape.is_sound else Single(place, "the flow holds a control character")
            else:
                yield from self._split(plan, shape, places, values, gaps)

    def _split(self, plan: _Plan, shape: Shape, places: Numbers, values: list[Numbers], gaps: bool) -> Iterator[Group | Single]:
        code = self._codes(plan, values, len(places))
        if not plan.figures and plan.day is None:
            parts = [(0, np.arange(len(places)))]
        elif (code == code[0]).all():
            parts = [(int(code[0]), np.arange(len(places)))]
        else:
            order = np.argsort(code, kind="stable")
            kinds, starts = np.unique(code[order], return_index=True)
            parts = list(zip(kinds.tolist(), np.split(order, starts[1:])))
        for kind, rows in parts:
            base = plan.bases.get(kind)
            if base is None or kind < 0:
                text = shape.filled([int(column[rows[0]]) for column in values])
                alone = self._single(int(places[rows[0]]), text, gaps)
                if isinstance(alone, Single) or kind < 0:
                    yield alone
                    for row in rows[1:].tolist():
                        yield self._single(int(places[row]), shape.filled([int(column[row]) for column in values]), gaps)
                    continue
                base = plan.bases[kind] = alone.base
            figures: list[Column] = []
            for source in plan.figures:
                if isinstance(source, tuple):
                    figures.append(source)
                else:
                    column = values[source][rows].astype(np.float64)
                    figures.append((column, column))
            yield Group(base, places[rows], figures, shape, "")

    def _codes(self, plan: _Plan, values: list[Numbers], rows: int) -> Numbers:
        """Return a number for each flow that is the same where the law does not tell their days and figures apart; below 0 for no day."""
        columns: list[tuple[Numbers, int]] = []
        for source, limits in zip(plan.figures, plan.limits):
            if limits is not None and isinstance(source, int):
                columns.append((codes(limits, values[source]), 2 * len(limits) + 1))
        for pairs in plan.alike:
            same = np.ones(rows, bool)
            for one, other in pairs:
                same &= values[one] == values[other]
            columns.append((same.astype(np.int64), 2))
        result, room = np.zeros(rows, np.int64), 1
        if plan.day is not None:
            stated, room = values[plan.day], date.max.toordinal()
            if (stated == stated[0]).all():
                result = np.full(rows, self._when(int(stated[0]), plan.by_day), np.int64)
            else:
                days, which = np.unique(stated, return_inverse=True)
                result = np.array([self._when(day, plan.by_day) for day in days.tolist()], np.int64)[which.reshape(-1)]
        none = result < 0
        for column, width in columns:
            if room > _ROOM // width:  # as good as never: so many figures with thresholds in one flow
                _, which = np.unique(np.stack([result, column], axis=1), axis=0, return_inverse=True)
                result, room = which.reshape(-1).astype(np.int64), rows + 1
                plan.bases.clear()  # these numbers hold for this block only
            else:
                result, room = result * width + column, room * width
        result[none] = -1
        return result

    def _when(self, digits: int, by_day: bool) -> int:
        """Return the epoch of a day, or the day itself where flows name dates; -1 for what is no day."""
        try:
            day = date(*parts_of_day(digits))
        except ValueError:
            return -1
        if by_day:
            return day.toordinal()
        if digits not in self._epochs:
            self._epochs[digits] = self._checker.program.timeline.epoch(day)
        return self._epochs[digits]

    def _plan(self, shape: Shape, first: list[int], gaps: bool) -> _Plan | None:
        """Look at a shape: ``None`` where each of its flows has to be read alone."""
        days = [number for number, key in enumerate(shape.keys) if key == "asOf"]
        if not shape.is_sound or (len(days) != 1 and not self._describer.has_day):
            return None
        marked = [value if key == "asOf" else _MARK + number for number, (key, value) in enumerate(zip(shape.keys, first))]
        try:
            description = self._describer.description(shape.filled(marked), gaps)
            asked = self._checker.question(description, self._ask).asked
        except (NotJson, DescriptionError):
            return None
        if asked is None:
            return None
        stated = asked.stated
        figures = [_gap(value, bounds) for value, bounds in zip(stated.values, stated.ranges)]
        alike = list(_alike(description))
        if len(alike) > _MOST_PAIRS:
            return None
        limits = [self._profiles.thresholds.get(key) for key in stated.keys]
        day = None if self._describer.has_day else days[0]
        return _Plan(figures, limits, day, isinstance(asked.key[2], date), alike, {})

    def _single(self, place: int, text: str, gaps: bool) -> Group | Single:
        """Return one flow, read by itself."""
        try:
            description = self._describer.description(text, gaps)
            question = self._checker.question(description, self._ask)
        except NotJson as fault:
            return Single(place, str(fault).replace(" at line 1, column ", " at column "))
        except DescriptionError as fault:
            return Single(place, str(fault))
        if isinstance(description, dict) and "variants" in description:
            return Single(place, "variants have a table of verdicts and not one; write each as a flow of its own")
        asked = question.asked
        key: Any = ("whole", question.canonical) if asked is None else asked.key
        figures: list[Column] = [] if asked is None else [*asked.stated.ranges]
        digest = hashlib.blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        return Group(self._bases.base(digest), np.array([place], np.int64), figures, None, text)


def _some(part: Floats | float, chosen: Numbers) -> Floats | float:
    return part[chosen] if isinstance(part, np.ndarray) else part


def _gap(value: Any, bounds: tuple[float, float]) -> int | tuple[float, float]:
    return value - _MARK if type(value) is int and value >= _MARK else bounds


def _alike(description: dict[str, Any]) -> Iterator[list[tuple[int, int]]]:
    """Yield the pairs of gaps that have to be equal for two data items of a leg to say the same, for each two that may."""
    legs = description.get("legs", [description])
    for leg in legs if isinstance(legs, list) else []:
        items = leg.get("dataItems") if isinstance(leg, dict) else None
        if not isinstance(items, list) or len(items) < 2:
            continue
        for places in by_content([_emptied(item) for item in items]):
            for one, other in combinations(places, 2):
                yield list(zip(_marks(items[one]), _marks(items[other]), strict=True))


def _emptied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _emptied(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_emptied(inner) for inner in value]
    return _MARK if type(value) is int and value >= _MARK else value


def _marks(item: Any) -> list[int]:
    """Return the gaps of an item, in the order of its canonical text."""
    if isinstance(item, dict):
        return [mark for key in sorted(item) for mark in _marks(item[key])]
    if isinstance(item, list):
        return [mark for inner in item for mark in _marks(inner)]
    return [item - _MARK] if type(item) is int and item >= _MARK else []
