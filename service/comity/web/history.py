"""The history of a norm on a line of days: its law, the versions that it replaced and those that replaced it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from comity.iris import DCTERMS, ELI, NS
from comity.logic.timeline import day_bounds
from comity.web.shown import Presenter, Shown
from comity.web.terms import Terms
from comity.web.words import WORDS

__all__ = ["Event", "history"]

_OF_LAW = (
    (DCTERMS + "issued", "instrument_issued"),
    (ELI + "first_date_entry_in_force", "instrument_begins"),
    (ELI + "date_no_longer_in_force", "instrument_ends"),
)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day, which may be known to the month or the year only; ``version`` is the norm of which it tells."""

    on: str
    says: str
    version: Shown | None
    now: bool


def history(store: Store, terms: Terms, presenter: Presenter, norm: str, instrument: str | None, lang: str) -> list[Event]:
    """Return the events of ``norm`` and of the law that states it, the earliest first."""
    earlier = _chain(norm, lambda iri: _objects(store, iri))
    later = _chain(norm, lambda iri: _subjects(store, iri))
    versions = [(iri, "history_earlier") for iri in earlier] + [(norm, "history_this")] + [(iri, "history_later") for iri in later]
    events = [_version(terms, presenter, iri, word, norm, lang) for iri, word in versions]
    if instrument:
        name = terms.label(instrument, lang)
        for prop, word in _OF_LAW:
            if day := terms.first(instrument, prop):
                events.append(Event(day, WORDS[word][lang].format(name=name), None, False))
    return sorted(events, key=lambda event: (day_bounds(event.on)[0].isoformat() if event.on else "", event.version is not None))


def _version(terms: Terms, presenter: Presenter, iri: str, word: str, norm: str, lang: str) -> Event:
    since, until = terms.first(iri, ELI + "date_applicability"), terms.first(iri, ELI + "date_no_longer_in_force")
    days = "history_closed" if since and until else "history_open" if since else "history_ended" if until else "history_undated"
    told = WORDS["told"][lang].format(what=WORDS[word][lang], how=WORDS[days][lang].format(since=since, until=until))
    return Event(since or "", told, presenter.link(iri, lang) if iri != norm else None, iri == norm)


def _chain(start: str, step: Callable[[str], set[str]]) -> list[str]:
    """Return what is reached from ``start`` by one step and another, without it."""
    found: list[str] = []
    waiting = [start]
    while waiting:
        for iri in sorted(step(waiting.pop(0))):
            if iri != start and iri not in found:
                found.append(iri)
                waiting.append(iri)
    return found


def _objects(store: Store, iri: str) -> set[str]:
    quads = store.quads_for_pattern(NamedNode(iri), NamedNode(NS + "replaces"), None, None)
    return {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}


def _subjects(store: Store, iri: str) -> set[str]:
    quads = store.quads_for_pattern(None, NamedNode(NS + "replaces"), NamedNode(iri), None)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
