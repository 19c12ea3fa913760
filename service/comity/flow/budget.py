"""How much one description may ask for: what it costs to judge grows with its legs, items, parties and lists, not with its bytes.

Each bound is checked while the description is read, so that a short text that asks for much is refused before any norm is weighed.
"""

from __future__ import annotations

from collections.abc import Iterable

from comity.flow.problems import Problem, problem
from comity.logic.node import Node, by_content

__all__ = ["MOST_ENTRIES", "MOST_OBJECTS", "MOST_WORK", "Budget", "OverBudget"]

MOST_OBJECTS = 2_000
"""Objects in one description: legs, items, parties, holdings, grounds and all the rest."""
MOST_ENTRIES = 5_000
"""Entries in all lists of codes, places and references of one description."""
MOST_WORK = 96
"""Units of work for one description; ``docs/flow-description.md`` has the table of what costs how much."""

_LEG, _ITEM, _PARTY = 3, 1, 1 / 25  # in the proportion of the milliseconds that each takes where nothing is said of it


class OverBudget(Exception):
    """A description that asks for too much; ``fault`` names what."""

    def __init__(self, fault: Problem) -> None:
        super().__init__(fault["message"]["en"])
        self.fault = fault


class Budget:
    """What is left for one description. Every method raises :class:`OverBudget` once that is used up."""

    def __init__(self) -> None:
        self._objects = MOST_OBJECTS
        self._entries = MOST_ENTRIES

    def spend_object(self, pointer: str) -> None:
        """Count one object that is read at a pointer."""
        self._objects -= 1
        if self._objects < 0:
            raise _refused(
                pointer,
                f"the description holds more than {MOST_OBJECTS:,} objects; merge what is alike or send several descriptions",
                f"描述中的对象超过 {MOST_OBJECTS:,} 个；请合并同类项或分次提交",
            )

    def spend_entries(self, count: int, pointer: str) -> None:
        """Count the entries of one list of values."""
        self._entries -= count
        if self._entries < 0:
            raise _refused(
                pointer,
                f"the lists of the description hold more than {MOST_ENTRIES:,} values; name only those that the flow needs",
                f"描述中各列表的值合计超过 {MOST_ENTRIES:,} 个；请只写该流动所需的值",
            )

    @staticmethod
    def check_work(legs: Iterable[Node], parties: int) -> None:
        """Refuse legs, items and parties that together make too many judgements; items that say the same count once."""
        legs = list(legs)
        items = [len(by_content([item.raw for item in leg.get("dataItems") or ()])) for leg in legs]
        work = sum(_LEG + _ITEM * max(0, count - 1) + _PARTY * parties for count in items)
        if work <= MOST_WORK:
            return
        pointer = "/legs" if len(legs) > 1 else "/dataItems"
        raise _refused(
            pointer,
            f"{len(legs)} legs with {sum(items)} different data items and {parties} parties are {work:.0f} units of work, and one "
            f"description may ask for {MOST_WORK} (a leg {_LEG}, a further item {_ITEM}, 25 parties on a leg 1); merge items that are "
            "alike or send several descriptions",
            f"{len(legs)} 个环节、{sum(items)} 个不同的数据项和 {parties} 个主体合计 {work:.0f} 个工作单位，而一份描述最多为 {MOST_WORK} 个"
            f"（每个环节 {_LEG}，每增加一个数据项 {_ITEM}，每个环节每 25 个主体 1）；请合并同类数据项或分次提交",
        )


def _refused(pointer: str, en: str, zh: str) -> OverBudget:
    return OverBudget(problem(pointer, en, zh))
