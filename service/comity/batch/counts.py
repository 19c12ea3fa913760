"""Counts of many flows at once: the bounds that :class:`comity.flow.counting.Counting` gives for one flow, for columns of figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from comity.check.profiles import Countings
from comity.flow.counting import Counting, Figure

__all__ = ["Column", "Columns", "Floats", "cells_of", "codes"]

Floats = npt.NDArray[np.float64]
Column = tuple[Floats | float, Floats | float]
"""The lower and the upper bounds of one figure: of each flow, or the same for all."""

Columns = Sequence[Column]


def codes(limits: Sequence[float], values: Floats | float) -> npt.NDArray[np.int64]:
    """Say of each number between which thresholds, or on which, it lies."""
    edges = np.asarray(limits, np.float64)
    found = np.searchsorted(edges, values, "left") + np.searchsorted(edges, values, "right")
    return np.asarray(found, np.int64)


def cells_of(countings: Countings, thresholds: dict[bytes, list[float]], figures: Columns, rows: int) -> npt.NDArray[np.int64]:
    """Return the cells of the counts of each flow, one row for each; they are the same where every test of a count is."""
    columns = []
    for pointer, taken in countings.items():
        limits = thresholds[pointer.rpartition("/")[2].encode()]
        for count in taken:
            for bound in _bounds(count, figures):
                columns.append(np.broadcast_to(codes(limits, bound), rows))
    return np.stack(columns, axis=1) if columns else np.zeros((rows, 0), np.int64)


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
