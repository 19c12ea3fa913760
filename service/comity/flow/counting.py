"""Counts over the items of a class: which figures of a flow they rest on, and the bounds that these give."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from comity.flow.schema import Schema
from comity.law.program_text import DerivedRule
from comity.logic.kleene import Truth
from comity.logic.node import Node

__all__ = ["Counter", "Counting", "Figure", "Range", "lacking"]

Range = tuple[float, float]
Figure = Any
"""What names a figure: the pointer at which it is stated, or its number in a profile."""

_UNSTATED: Range = (0, math.inf)


class Counting(NamedTuple):
    """How a count is read off the figures of a flow.

    ``items`` has for each item that may belong its figures and, if it surely belongs, its floors: figures whose sum is surely
    counted; ``whole`` says that nothing but these items is counted; ``totals`` has for each stated total that bears on the
    count its figure and whether it is the same count, or a wider one. ``sums`` has the figures of totals that together take
    in what is counted: one that leaves kinds of data out, and one for each of these kinds. ``None`` stands for a figure that
    is not stated.
    """

    items: tuple[tuple[tuple[Figure, ...], tuple[tuple[Figure, ...], ...]], ...]
    whole: bool
    totals: tuple[tuple[Figure | None, bool], ...]
    sums: tuple[tuple[Figure, ...], ...] = ()

    @classmethod
    def of(cls, plain: Sequence[Any]) -> Counting:
        """Return a counting from its parts as JSON gives them, in lists."""
        items, whole, totals, sums = plain
        return cls(
            tuple((tuple(figures), tuple(map(tuple, floors))) for figures, floors in items),
            whole,
            tuple((figure, same) for figure, same in totals),
            tuple(map(tuple, sums)),
        )

    def bounds(self, read: Callable[[Figure], Range]) -> Range:
        """Return the bounds of the count, given what reads a figure.

        Each person is counted once, so the items that surely belong give their largest count as the lower bound and the
        sum of all that may belong as the upper one; a count wider than this flow has no upper bound of its own. A stated
        total of the same data, unit, scope and window replaces the bounds; one of wider data, or one that does not say
        that exempt flows were taken out, lowers the upper bound only.
        """
        low: float = 0
        high: float = 0 if self.whole else math.inf
        for figures, floors in self.items:
            high += max((read(figure)[1] for figure in figures), default=math.inf)
            for floor in floors:
                low = max(low, sum(read(figure)[0] for figure in floor))
        high = max(low, high)  # more people may be told by place than are told to be there
        for figure, same in self.totals:
            least, most = _UNSTATED if figure is None else read(figure)
            if same:
                low = max(low, least)
                high = max(low, most)
            else:
                high = max(low, min(high, most))
        for figures in self.sums:  # whoever is counted is in one of the parts, and may be in more
            high = max(low, min(high, sum(read(figure)[1] for figure in figures)))
        return low, high

    @property
    def rests_on_figures(self) -> bool:
        """Say whether any stated figure bears on the count; if none does, its bounds are always the same."""
        return any(figures or any(floors) for figures, floors in self.items) or any(figure is not None for figure, _ in self.totals)

    def placed(self, number: Callable[[Figure], Figure]) -> Counting:
        """Return the same with every figure named anew."""
        return Counting(
            tuple((tuple(map(number, figures)), tuple(tuple(map(number, floor)) for floor in floors)) for figures, floors in self.items),
            self.whole,
            tuple((None if figure is None else number(figure), same) for figure, same in self.totals),
            tuple(tuple(map(number, figures)) for figures in self.sums),
        )


class Counter:
    """Takes the counts of one description, and keeps how each rests on its figures: ``taken``, by the pointers of their facts.

    A count may be taken again when silence was read as none; the last one taken is that of the description as it was read.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._supposes = False
        self.taken: dict[str, list[Counting]] = {}

    def supposing(self) -> Counter:
        """Return what takes the counts of the same description where something else is supposed of it: none of these is its last."""
        other = Counter(self._schema)
        other._supposes, other.taken = True, self.taken
        return other

    def bounds(self, rule: DerivedRule, flow: Node, parts: Sequence[tuple[Node, Truth]], counts: Callable[[Node], bool] | None) -> Range:
        """Return the bounds of a count over the items of a class; ``parts`` are the items with the truth of their membership.

        ``counts`` says of the people of one place whether all of them surely count; without it, all people of an item do.
        """
        counting, figures = _counting(rule, flow, parts, counts, self._schema)
        taken = self.taken.setdefault(f"{flow.path}/{rule['key']}", [])
        taken.insert(0 if self._supposes else len(taken), counting)
        return counting.bounds(figures.__getitem__)


def _counting(
    rule: DerivedRule, flow: Node, parts: Sequence[tuple[Node, Truth]], counts: Callable[[Node], bool] | None, schema: Schema
) -> tuple[Counting, dict[Figure, Range]]:
    """Return how a count over the items of a class is read, and the figures that it reads by their pointers."""
    figures: dict[Figure, Range] = {}

    def noted(node: Node, key: str) -> Figure:
        pointer = f"{node.path}/{key}"
        figures[pointer] = node[key]
        return pointer

    def floor(item: Node, unit: str) -> tuple[Figure, ...]:
        """Return the figures whose sum surely counts: where people are told by place, of those places only whose people all count."""
        if counts is None or unit != "persons" or not item.get("personsByPlace"):
            return (noted(item, unit),) if unit in item else ()
        return tuple(noted(people, unit) for people in item["personsByPlace"] if unit in people and counts(people))

    items = tuple(
        (
            tuple(noted(item, unit) for unit in rule["units"] if unit in item),
            tuple(floor(item, unit) for unit in rule["units"]) if truth is True else (),
        )
        for item, truth in parts
        if truth is not False
    )
    totals = []
    alike = [total for total in flow.get("totals") or () if _counts_alike(total, rule)]
    for total in alike:
        counted, left_out = total.get("counted", frozenset()), total.get("notCounted", frozenset())
        if not (isinstance(counted, frozenset) and isinstance(left_out, frozenset)):
            continue  # a total of which it is not told what it counts bears on no count
        same = counted == frozenset(rule["counted"]) and left_out == frozenset(rule["notCounted"])
        exact = same and (not rule["withoutExempt"] or "exemptFlowsRemoved" in total)
        if same or _covers(counted, left_out, rule, schema):
            totals.append((noted(total, "count") if "count" in total else None, exact))
    sums = tuple(tuple(noted(total, "count") for total in parts_of_it) for parts_of_it in _sums(alike, rule, schema))
    return Counting(items, rule["scope"] == "thisFlow" and "dataItems" in flow, tuple(totals), sums), figures


def _counts_alike(total: Node, rule: DerivedRule) -> bool:
    """Say whether a total counts in a unit, over the flows and in a window of the rule."""
    return _one(total, "unit") in rule["units"] and _one(total, "countedOver") == rule["scope"] and _one(total, "window") in rule["windows"]


def lacking(total: Node, rule: DerivedRule) -> list[str]:
    """Return what a stated total still lacks to be the count of a rule; nothing where it is a total of something else."""
    told = total.get("counted") == frozenset(rule["counted"]) and total.get("notCounted", frozenset()) == frozenset(rule["notCounted"])
    if not (told and _counts_alike(total, rule)):
        return []
    return [key for key in ("count", *["exemptFlowsRemoved"] * rule["withoutExempt"]) if key not in total]


def _sums(alike: Sequence[Node], rule: DerivedRule, schema: Schema) -> Iterator[list[Node]]:
    """Yield the totals that together take in what is counted: one that leaves kinds of data out, and one for each kind."""
    stated = [total for total in alike if "count" in total and _is_closed(total, "counted") and _is_closed(total, "notCounted")]
    whole = {next(iter(total["counted"])): total for total in stated if len(total["counted"]) == 1 and not total["notCounted"]}
    for total in stated:
        missing = total["notCounted"] - frozenset(rule["notCounted"])
        if missing and missing <= whole.keys() and _covers(total["counted"], frozenset(), rule, schema):
            yield [total, *(whole[code] for code in sorted(missing))]


def _is_closed(total: Node, key: str) -> bool:
    return isinstance(total.get(key), frozenset)


def _one(node: Node, key: str) -> Any:
    return next(iter(node.get(key) or ()), None)


def _covers(counted: frozenset[str], left_out: frozenset[str], rule: DerivedRule, schema: Schema) -> bool:
    wide = all(counted & {code, *schema.ancestors.get(code, ())} for code in rule["counted"])
    return wide and left_out <= frozenset(rule["notCounted"])
