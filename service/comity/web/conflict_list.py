"""Conflicts in numbers and in a list: legal orders by legal orders and by kinds, and a sentence for each conflict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from comity.web.links import Links
from comity.web.words import WORDS

__all__ = ["Cell", "Line", "Table", "by_kinds", "by_orders", "is_between", "lines"]

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table: what it counts in words, and where the things that it counts are listed."""

    number: int
    says: str
    href: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of numbers: the heads of its columns, and rows of a head and cells; a cell without anything to count is ``None``."""

    columns: list[tuple[str, str]]
    rows: list[tuple[str, str, list[Cell | None]]]


@dataclass(frozen=True, slots=True)
class Line:
    """One conflict in a list: its page, between whose laws it stands, where the two norms are written, and a sentence."""

    href: str
    orders: str
    places: str
    sentence: str
    kind: str
    settled: bool
    formal: bool


def by_orders(found: Sequence[Json], labels: dict[str, str], links: Links, lang: str) -> Table:
    """Return how many of the conflicts stand between any two legal orders."""
    counted = Counter(pair for conflict in found for pair in _pairs(conflict))
    codes = sorted({code for pair in counted for code in pair})

    def cell(one: str, other: str) -> Cell | None:
        number = counted[min(one, other), max(one, other)]
        if not number or one == other:
            return None
        says = WORDS["count_of"][lang].format(one=labels[one], other=labels[other], n=number)
        return Cell(number, says, links.again(between=f"{one},{other}", page=None))

    return Table([(code, labels[code]) for code in codes], [(a, labels[a], [cell(a, b) for b in codes]) for a in codes])


def by_kinds(found: Sequence[Json], labels: dict[str, str], links: Links, lang: str) -> Table:
    """Return in how many conflicts of each kind each legal order stands."""
    kinds = dict(sorted((conflict["kind"]["code"], conflict["kind"]["label"][lang]) for conflict in found))
    counted = Counter((order, conflict["kind"]["code"]) for conflict in found for order in _orders(conflict))
    codes = sorted({order for order, _ in counted})

    def cell(order: str, kind: str) -> Cell | None:
        number = counted[order, kind]
        says = WORDS["count_of"][lang].format(one=labels[order], other=kinds[kind], n=number)
        return Cell(number, says, links.again(between=order, kind=kind, page=None)) if number else None

    def whole(order: str) -> Cell:
        number = sum(1 for conflict in found if order in _orders(conflict))
        says = WORDS["count_of"][lang].format(one=labels[order], other=WORDS["total"][lang], n=number)
        return Cell(number, says, links.again(between=order, page=None))

    return Table([*kinds.items()], [(a, labels[a], [*(cell(a, kind) for kind in kinds), whole(a)]) for a in codes])


def is_between(conflict: Json, orders: Sequence[str]) -> bool:
    """Say whether a conflict stands between two legal orders, or touches the one that is given; with none every conflict fits."""
    if len(orders) < 2:
        return set(orders) <= _orders(conflict)
    return (min(orders), max(orders)) in _pairs(conflict)


def lines(found: Iterable[Json], explain: Callable[[str], Json | None], labels: dict[str, str], links: Links, lang: str) -> list[Line]:
    """Return conflicts in a line each; ``explain`` says what either side says."""
    return [_line(conflict, explain(conflict["id"]) or {}, labels, links, lang) for conflict in found]


def _line(conflict: Json, told: Json, labels: dict[str, str], links: Links, lang: str) -> Line:
    first, second = (side["norms"][0] for side in conflict["sides"])
    says = [said[lang] for said in told.get("says", ())] or [norm["label"][lang] for norm in (first, second)]
    return Line(
        href=links.to("/id/" + conflict["id"]),
        orders=" ⇄ ".join(", ".join(labels[code] for code in side["legalOrders"]) for side in conflict["sides"]),
        places=" ⇄ ".join(norm["provision"]["label"][lang] for norm in (first, second)),
        sentence=WORDS["against_it"][lang].format(one=says[0], other=says[1]),
        kind=conflict["kind"]["label"][lang],
        settled=conflict["settled"],
        formal=conflict["formal"],
    )


def _orders(conflict: Json) -> set[str]:
    return {order for side in conflict["sides"] for order in side["legalOrders"]}


def _pairs(conflict: Json) -> set[tuple[str, str]]:
    one, other = (side["legalOrders"] for side in conflict["sides"])
    return {(min(a, b), max(a, b)) for a, b in product(one, other) if a != b}
