"""Time: spans of force, and the epochs in which nothing changes."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from comity.logic.kleene import Truth, all_of

__all__ = ["Span", "Timeline", "day_bounds"]


@lru_cache(maxsize=8192)  # the same few thousand dates are asked about again and again
def day_bounds(text: str) -> tuple[date, date]:
    """Return the first and the last day that a date may be, where it is known only to the month or the year."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return day, day
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], calendar.monthrange(*parts)[1])
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


class Span(NamedTuple):
    """The time in which a thing is in force: from its first day, until (exclusive) the first day without it."""

    start: str | None
    until: str | None

    def holds_on(self, day: date) -> Truth:
        """Say whether the thing is in force on *day*; unknown between the bounds of an imprecise date."""
        return all_of((self._begun(day), self._not_ended(day)))

    def open_ends(self, day: date) -> tuple[str | None, str | None]:
        """Return the start and the end, as far as they are too imprecise to say whether *day* comes before or after."""
        return self.start if self._begun(day) is None else None, self.until if self._not_ended(day) is None else None

    def _begun(self, day: date) -> Truth:
        if self.start is None:
            return True
        first, last = day_bounds(self.start)
        return True if day >= last else False if day < first else None

    def _not_ended(self, day: date) -> Truth:
        if self.until is None:
            return True
        first, last = day_bounds(self.until)
        return True if day < first else False if day >= last else None

    def edges(self) -> list[date]:
        """Return the days on which the answer of :meth:`holds_on` may change."""
        days: list[date] = []
        for text in (self.start, self.until):
            if text is not None:
                days.extend(set(day_bounds(text)))
        return days


class Timeline:
    """The epochs: maximal runs of days on which the same things are in force."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.edges = sorted({edge for span in spans for edge in span.edges()})

    def epoch(self, day: date) -> int:
        """Return the number of the epoch that holds *day*."""
        return bisect_right(self.edges, day)

    def first_day(self, epoch: int) -> date:
        """Return a day of the epoch by which everything dated can be decided."""
        return self.edges[epoch - 1] if epoch else (self.edges[0] - timedelta(days=1) if self.edges else date.min)
