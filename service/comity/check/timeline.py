"""When the answer to one description changes: the days, past and announced, on which a verdict becomes another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from comity.law.application import may_hold
from comity.law.outcome import Outcome
from comity.law.program import News, Program
from comity.law.verdict import gravest_described, overall
from comity.logic.timeline import day_bounds

__all__ = ["changes", "days_to_look_at"]

Json = dict[str, Any]

_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


def days_to_look_at(program: Program, description: Any, start: date, until: date) -> list[date]:
    """Return the days from *start* to *until* on which the law changes, and those on which, or after which, a stated date comes."""
    stated = {day for text in _texts(description) if _DATE.fullmatch(text) for day in _around(text)}
    found = {day for day in {*program.timeline.edges, *stated} if start < day <= until}
    return [start, *sorted(found)]


def changes(program: Program, description: Any, days: list[date], judge: Callable[[date], list[Outcome] | None]) -> Json:
    """Return what holds on the first of *days* (``start``), and each later one of them on which a verdict becomes another.

    ``judge`` returns the outcomes of the legs on a day, or ``None`` on one on which the description cannot be judged: such days are
    passed over. A change names the laws whose verdict changes and their norms that do.
    """
    edges, words = set(program.timeline.edges), _words(program, description)
    found: Json = {"start": None, "changes": []}
    before: list[Outcome] | None = None
    known = program.epoch(days[0])  # the last epoch of which it is known what it says of the description
    for day in days:
        epoch = program.epoch(day)
        if before is not None and day in edges and not _may_change(before, epoch.news(known), words):
            known = epoch
            continue
        after = judge(day)
        if after is None:
            continue
        known = epoch
        if before is None:
            found["start"] = {"on": day.isoformat(), **_overall(after)}
        else:
            moved = _moved(program, before, after)
            if moved or _overall(before) != _overall(after):
                found["changes"].append({"on": day.isoformat(), **_overall(after), "instruments": moved})
        before = after
    return found


def _may_change(before: list[Outcome], news: News, words: frozenset[str]) -> bool:
    """Say whether what is new on a day may bear on a description that speaks of some places."""
    return news.things or bool(news.places & words) or any(_may_matter(before, number) for number in news.norms)


def _may_matter(outcomes: list[Outcome], number: int) -> bool:
    """Say whether a norm whose force changes may hold of a leg: then the day is judged anew."""
    for outcome in outcomes:
        application = outcome.application
        norm = application.program.norms[number]
        if may_hold([norm.scope(node, application) for node in application.nodes(norm)]):
            return True
    return False


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _around(text: str) -> set[date]:
    """Return the days on which a stated date, maybe known only to the month or the year, begins, and has passed."""
    try:
        first, last = day_bounds(text)
    except ValueError:  # a number that looks like a date
        return set()
    return {first, last + timedelta(days=1)}


def _words(program: Program, description: Any) -> frozenset[str]:
    """Return the codes of places that a description may speak of."""
    names = program.data["schema"].get("placeNames", {})
    texts = set(_texts(description))
    return frozenset(texts | {names[text.casefold()] for text in texts if text.casefold() in names})


def _overall(outcomes: list[Outcome]) -> Json:
    return {
        "verdict": overall((outcome.verdict for outcome in outcomes), conflicts=False),
        "asDescribed": gravest_described(outcome.as_described for outcome in outcomes),
    }


def _moved(program: Program, before: list[Outcome], after: list[Outcome]) -> list[Json]:
    """Return the laws whose verdict on a leg differs, with the norms whose status does."""
    found: list[Json] = []
    for leg, (old, new) in enumerate(zip(before, after, strict=True)):
        for instrument in sorted(old.verdicts.keys() | new.verdicts.keys()):
            was, now = (outcome.verdicts.get(instrument, "not-regulated") for outcome in (old, new))
            if was == now:
                continue
            shown: Json = {"instrument": instrument, "title": program.data["instruments"][instrument]["label"], "from": was, "to": now}
            statuses = [_statuses(outcome, instrument) for outcome in (old, new)]
            norms = sorted(norm for norm in statuses[0].keys() | statuses[1].keys() if statuses[0].get(norm) != statuses[1].get(norm))
            shown["norms"] = [
                {"norm": norm, "from": statuses[0].get(norm, "not-applicable"), "to": statuses[1].get(norm, "not-applicable")}
                for norm in norms
            ]
            found.append(shown | ({"leg": leg} if len(before) > 1 else {}))
    return found


def _statuses(outcome: Outcome, instrument: str) -> dict[str, str]:
    return {ruling.norm.id: ruling.status for ruling in outcome.by_instrument.get(instrument, ())}
