"""Counts of many flows at once: the bounds that :class:`comity.flow.counting.Counting` gives for one flow, for columns of figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from comity.check.profiles import Countings
from comity.flow.counting import Counting, Figure, Range
from comity.flow.figures import cell

__all__ = ["Column", "Columns", "Counts", "Floats", "Numbers", "codes", "corners"]

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Column = tuple[Floats | float, Floats | float]
"""The lower and the upper bounds of one figure: of each flow, or the same for all."""

Columns = Sequence[Column]


def codes(limits: list[float], values: Numbers | Floats | float) -> Numbers:
    """Say of each number between which thresholds, or on which, it lies."""
    if isinstance(values, np.ndarray):
        least, most = (cell((end, end), limits)[0] for end in (values.min().item(), values.max().item()))
        if least == most:  # as nearly always: all lie between the same two
            return np.full(len(values), least, np.int64)
    found = np.searchsorted(limits, values, "left") + np.searchsorted(limits, values, "right")
    return np.asarray(found, np.int64)


def corners(figures: Columns) -> tuple[list[Range], list[Range]]:
    """Return the least and the most of each figure."""
    least, most = [], []
    for low, high in figures:
        if isinstance(low, np.ndarray):
            ends = low.min().item(), low.max().item()
            others = ends if high is low else (np.min(high).item(), np.max(high).item())
            least.append((ends[0], others[0]))
            most.append((ends[1], others[1]))
        else:
            least.append((low, high))
            most.append((low, high))
    return least, most


class Counts:
    """The counts that a judgement read, each with the numbers with which the law compares it."""

    def __init__(self, countings: Countings, thresholds: dict[bytes, list[float]]) -> None:
        self.countings = countings
        limits = {pointer: thresholds[pointer.rpartition("/")[2].encode()] for pointer in countings}
        # In the order of their names: two judgements that read the same counts one after the other in another order are alike.
        self._counts = [(count, limits[pointer]) for pointer, taken in sorted(countings.items()) for count in taken]

    def cells(self, figures: Sequence[Range]) -> tuple[int, ...]:
        """Return the cells of the counts of one flow: where they are the same, so is every test of a count."""
        read = figures.__getitem__
        return tuple(part for count, limits in self._counts for part in cell(count.bounds(read), limits))

    def table(self, figures: Columns, rows: int) -> Numbers:
        """Return the cells of the counts of many flows, one row for each."""
        columns = [codes(limits, bound) for count, limits in self._counts for bound in _bounds(count, figures)]
        return np.stack([np.broadcast_to(column, rows) for column in columns], axis=1)


def _bounds(count: Counting, figures: Columns) -> Column:
    """Return what :meth:`comity.flow.counting.Counting.bounds` does, step by step as there."""

    def low_of(figure: Figure) -> Any:
        return figures[figure][0]

    def high_of(figure: Figure) -> Any:
        return figures[figure][1]

    low: Any = 0.0
    high: Any = 0.0 if count.whole else math.inf
    for units, floors in count.items:
        most: Any = math.inf
        for place, figure in enumerate(units):
            most = high_of(figure) if place == 0 else np.maximum(most, high_of(figure))
        high = high + most
        for floor in floors:
            low = np.maximum(low, sum((low_of(figure) for figure in floor), 0.0))
    high = np.maximum(low, high)
    for figure, same in count.totals:
        least, most = (0.0, math.inf) if figure is None else (low_of(figure), high_of(figure))
        if same:
            low = np.maximum(low, least)
            high = np.maximum(low, most)
        else:
            high = np.maximum(low, np.minimum(high, most))
    for parts in count.sums:
        high = np.maximum(low, np.minimum(high, sum((high_of(figure) for figure in parts), 0.0)))
    return low, high
