"""What changes in the law between two days: norms by instrument, recognitions, memberships, and the conflicts that come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from comity.logic.timeline import day_bounds
from comity.web.links import Links
from comity.web.shown import natural
from comity.web.words import WORDS

__all__ = ["ChangeDay", "Group", "changes_by_day", "norm_events"]

Json = Mapping[str, Any]
_MOST = 40
"""How many things of one group are named."""


@dataclass(slots=True)
class Group:
    """What begins or ends on a day under one heading, such as the norms of an instrument; ``more`` counts what is not named."""

    event: str
    heading: str
    href: str
    number: int
    things: list[tuple[str, str, str]] = field(default_factory=list)
    more: int = 0


@dataclass(slots=True)
class ChangeDay:
    """A day as the law writes it, maybe a month or a year only, with what begins and what ends on it."""

    on: str
    to_come: bool
    groups: list[Group]


def norm_events(norms: Iterable[Json], start: date, end: date, is_wanted: Callable[[Json, date], bool]) -> Iterator[tuple[str, str, Json]]:
    """Yield the days, the events and the norms that begin or end after one day and up to another, of those that are wanted."""
    for norm in norms:
        for event, text in (("begins", norm.get("from")), ("ends", norm.get("until"))):
            if text and start < day_bounds(text)[0] <= end and is_wanted(norm, day_bounds(text)[0]):
                yield text, event, norm


def changes_by_day(
    norms: Iterable[tuple[str, str, Json]], others: Iterable[Json], instruments: Mapping[str, Json], today: date, links: Links, lang: str
) -> list[ChangeDay]:
    """Return what changes, by day: the norms by instrument, then the recognitions and memberships (``others``)."""
    found: dict[str, dict[tuple[int, str, str], list[tuple[str, str, str]]]] = defaultdict(lambda: defaultdict(list))
    for on, event, norm in norms:
        line = (norm["label"].get(lang, norm["id"]), links.to(f"/id/{norm['id']}"), norm.get("identifier", ""))
        found[on][0, event, norm["instrument"]].append(line)
    for change in others:
        rank, key, line = _other(change, links, lang)
        found[change["on"]][rank, change["event"], key].append(line)
    return [
        ChangeDay(on, day_bounds(on)[0] > today, [_group(key, lines, instruments, links, lang) for key, lines in sorted(found[on].items())])
        for on in sorted(found)
    ]


def _other(change: Json, links: Links, lang: str) -> tuple[int, str, tuple[str, str, str]]:
    if "recognition" in change:
        row = change["recognition"]
        return 1, "changed_recognitions", (row["label"].get(lang, row["id"]), links.to("/id/" + row["iri"].partition("/id/")[2]), row["id"])
    body, member = (change["membership"][side] for side in ("body", "member"))
    names = {name: part["label"].get(lang, part["code"]) for name, part in (("body", body), ("member", member))}
    return 2, "changed_memberships", (WORDS["member_in"][lang].format(**names), links.to("/search", q=body["code"]), "")


def _group(key: tuple[int, str, str], lines: list[tuple[str, str, str]], instruments: Mapping[str, Json], links: Links, lang: str) -> Group:
    rank, event, name = key
    heading = WORDS[name][lang] if rank else instruments[name]["label"].get(lang, name)
    lines = sorted(lines, key=lambda line: natural(line[1]))
    return Group(event, heading, "" if rank else links.to(f"/id/{name}"), len(lines), lines[:_MOST], max(0, len(lines) - _MOST))
