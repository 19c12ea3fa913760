"""What was found of the profiles of a batch, and which flows have it.

A base is what descriptions share whose texts, days and own figures the law does not tell apart. Which of them have one answer hangs on
the counts that the judgement reads: flows whose counts lie between the same thresholds pass and fail the same tests.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from comity.batch.counts import Columns, cells_of
from comity.check.profiles import Countings

__all__ = ["Base", "Bases", "Found"]

Numbers = npt.NDArray[np.int64]


class Found(NamedTuple):
    """What holds of all flows of a profile: its number in the batch, and what a row says of it; ``fault`` where it cannot be judged."""

    number: int | None
    told: dict[str, Any]
    fault: str | None


class _Lookup(NamedTuple):
    countings: Countings
    found: dict[bytes, int]


class Base:
    """The profiles that share all but their counts. Those judged first are looked at first."""

    __slots__ = ("_lookups", "digest", "thresholds")

    def __init__(self, digest: bytes, thresholds: dict[bytes, list[float]]) -> None:
        self.digest = digest
        self.thresholds = thresholds
        self._lookups: list[_Lookup] = []

    def match(self, figures: Columns, rows: int) -> Numbers:
        """Return for each of some flows the place of what was found of it, -1 where nothing was yet."""
        result = np.full(rows, -1, np.int64)
        for lookup in self._lookups:
            cells = cells_of(lookup.countings, self.thresholds, figures, rows)
            if cells.shape[1] == 0:
                places = np.full(rows, next(iter(lookup.found.values())), np.int64)
            else:
                kinds, which = _distinct(cells)
                places = np.array([lookup.found.get(kind.tobytes(), -1) for kind in kinds], np.int64)[which]
            known = (places >= 0) & ((result < 0) | (places < result))
            result[known] = places[known]
        return result

    def add(self, place: int, countings: Countings, figures: Columns) -> list[int]:
        """Note what was found, at a place among all that was, of a flow with figures, given the counts that were read for it.

        Returns the cells of the counts, with which :meth:`put` notes the same later.
        """
        cells: list[int] = cells_of(countings, self.thresholds, figures, 1)[0].tolist()
        self.put(place, countings, cells)
        return cells

    def put(self, place: int, countings: Countings, cells: Iterable[int]) -> None:
        """Note what was found, given the cells of its counts."""
        key = np.asarray([*cells], np.int64).tobytes()
        for lookup in self._lookups:
            if lookup.countings == countings:
                lookup.found.setdefault(key, place)
                return
        self._lookups.append(_Lookup(countings, {key: place}))


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


def _distinct(cells: Numbers) -> tuple[Numbers, Numbers]:
    """Return the distinct rows of a table of small numbers, and which of them each row is."""
    first = cells[0]
    if (cells == first).all():
        return cells[:1], np.zeros(len(cells), np.int64)
    kinds, which = np.unique(cells, axis=0, return_inverse=True)
    return kinds, which.reshape(-1)
