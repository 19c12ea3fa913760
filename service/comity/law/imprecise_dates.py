"""Dates known only to the month or the year: which of them leave a norm open on the day asked, and the words for that.

No fact of the flow could close such a gap, so that nothing is asked for; the reason of the finding names the date instead.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.law.application import Application
from comity.law.norm import Norm

__all__ = ["Undated", "undated"]

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Undated:
    """A norm of which it is not known whether it was in force on the day asked, and the dates that leave it open."""

    norm: Norm
    start: str | None
    until: str | None

    def words(self) -> Words:
        """Return the clause that names the dates, such as "in force from some day in 2020-06, which is not known"."""
        en = [f"from some day in {self.start}"] * (self.start is not None) + [f"until some day in {self.until}"] * (self.until is not None)
        zh = [f"自{_zh(self.start)}某日起施行"] * (self.start is not None) + [f"施行至{_zh(self.until)}某日"] * (self.until is not None)
        return {"en": f"in force {' and '.join(en)} (the exact day is not known)", "zh": f"{'、'.join(zh)}（具体日期不详）"}


def undated(application: Application, norm: Norm) -> list[Undated]:
    """Return what the dates leave open of a norm: of itself, and of the live norms that would defeat it."""
    epoch = application.epoch
    if epoch.undated.isdisjoint((norm.number, *norm.exceptions)):  # as nearly always
        return []
    concerned = [norm, *(other for other in application.program.defeaters(norm) if application.is_live(other))]
    return [Undated(each, *each.span.open_ends(epoch.day)) for each in concerned if each.number in epoch.undated]


def _zh(text: str | None) -> str:
    year, _, month = (text or "").partition("-")
    return f"{year}年{int(month)}月" if month else f"{year}年"
