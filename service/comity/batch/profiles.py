"""What was found of the profiles of a batch, and which flows have it.

A base is what descriptions share whose texts, days and own figures the law does not tell apart. Which of them have one answer hangs on
the counts that the judgement reads: flows whose counts lie between the same thresholds pass and fail the same tests.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from comity.batch.counts import Columns, Counts, Numbers, corners
from comity.check.profiles import Countings

__all__ = ["Base", "Bases", "Found"]


class Found(NamedTuple):
    """What holds of all flows of a profile: its number in the batch, and what a row says of it; ``fault`` where it cannot be judged."""

    number: int | None
    told: dict[str, Any]
    fault: str | None


class Base:
    """The profiles that share all but their counts. Those judged first are looked at first."""

    __slots__ = ("_lookups", "digest", "thresholds")

    def __init__(self, digest: bytes, thresholds: dict[bytes, list[float]]) -> None:
        self.digest = digest
        self.thresholds = thresholds
        self._lookups: list[tuple[Counts, dict[tuple[int, ...], int]]] = []

    def match(self, figures: Columns, rows: int) -> Numbers:
        """Return for each of some flows the place of what was found of it, -1 where nothing was yet."""
        result = np.full(rows, -1, np.int64)
        least, most = corners(figures) if self._lookups else ([], [])
        for counts, found in self._lookups:
            cells = counts.cells(least)
            # No count falls where a figure rises, so that all flows lie where the least and the most of all figures lie.
            if cells == counts.cells(most):
                place = found.get(cells, -1)
                if place >= 0:
                    result[(result < 0) | (place < result)] = place
                continue
            kinds, which = np.unique(counts.table(figures, rows), axis=0, return_inverse=True)
            places = np.array([found.get(tuple(kind), -1) for kind in kinds.tolist()], np.int64)[which.reshape(-1)]
            better = (places >= 0) & ((result < 0) | (places < result))
            result[better] = places[better]
        return result

    def add(self, place: int, countings: Countings, figures: Columns) -> list[int]:
        """Note what was found, at a place among all that was, of a flow with figures, given the counts that were read for it.

        Returns the cells of the counts, with which :meth:`put` notes the same later.
        """
        cells = Counts(countings, self.thresholds).cells(corners(figures)[0])
        self.put(place, countings, cells)
        return [*cells]

    def put(self, place: int, countings: Countings, cells: Iterable[int]) -> None:
        """Note what was found, given the cells of its counts."""
        for counts, found in self._lookups:
            if counts.countings == countings:
                found.setdefault(tuple(cells), place)
                return
        self._lookups.append((Counts(countings, self.thresholds), {tuple(cells): place}))


class Bases:
    """All bases of a batch by the digests of what they share, and all that was found."""

    def __init__(self, thresholds: dict[bytes, list[float]]) -> None:
        self._thresholds = thresholds
        self._bases: dict[bytes, Base] = {}
        self.found: list[Found] = []

    def base(self, digest: bytes) -> Base:
        """Return the base of a digest, a new one if it was not seen."""
        base = self._bases.get(digest)
        if base is None:
            base = self._bases[digest] = Base(digest, self._thresholds)
        return base
