"""The index of instruments: path, title, how many provisions and norms, and the dates of force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from comity.iris import ELI, IDS, NS
from comity.spelling import nearest
from comity.web.shown import natural
from comity.web.terms import Terms

__all__ = ["Instrument", "UnknownPlace", "instruments"]

_JURISDICTION, _PART_OF_PLACE, _STATED_IN = NamedNode(NS + "jurisdiction"), NamedNode(NS + "partOf"), NamedNode(NS + "statedIn")
_COVERAGE = NS + "coverageState"  # a statement of what is held of the law of a place has a jurisdiction too, and is no instrument
_PART_OF_TEXT = NamedNode(ELI + "is_part_of")


class UnknownPlace(ValueError):
    """A place or body that the graph does not know, or of which it has no instrument."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument: ``articles`` counts its provisions in the graph; a date is None where none is known."""

    path: str
    title: str
    jurisdiction: str
    articles: int
    norms: int
    since: str | None
    until: str | None


def instruments(store: Store, terms: Terms, lang: str, place: str | None = None) -> list[Instrument]:
    """Return the instruments in the order of their paths; with ``place`` (a code, a label or an IRI) those of that place or
    body and of its parts. Raises :class:`UnknownPlace`."""
    homes: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, _JURISDICTION, None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode) and not terms.has(quad.subject.value, _COVERAGE):
            homes.setdefault(quad.subject.value, set()).add(quad.object.value)
    if place is not None:
        wanted = _places(store, terms, place, set().union(*homes.values()))
        homes = {iri: found for iri, found in homes.items() if found & wanted}
    return [_instrument(store, terms, iri, homes[iri], lang) for iri in sorted(homes, key=natural)]


def _instrument(store: Store, terms: Terms, iri: str, homes: set[str], lang: str) -> Instrument:
    provisions = _below(store, _PART_OF_TEXT, [iri]) - {iri}
    norms = {norm for provision in provisions for norm in _subjects(store, _STATED_IN, provision) if terms.has(norm, NS + "concerns")}
    return Instrument(
        path=terms.short(iri),
        title=terms.label(iri, lang),
        jurisdiction=", ".join(sorted(map(terms.code, homes))),
        articles=len(provisions),
        norms=len(norms),
        since=terms.first(iri, ELI + "first_date_entry_in_force"),
        until=terms.first(iri, ELI + "date_no_longer_in_force"),
    )


def _places(store: Store, terms: Terms, name: str, known: set[str]) -> set[str]:
    """Return the place or body called ``name`` and its parts, as far as they are among ``known``, which have instruments."""
    wanted = name.strip().casefold()
    parts: dict[str, set[str]] = {iri: _below(store, _PART_OF_PLACE, [iri]) for iri in known}
    above = {quad.object.value for iri in known for quad in store.quads_for_pattern(NamedNode(iri), _PART_OF_PLACE, None, None)
             if isinstance(quad.object, NamedNode)}  # fmt: skip
    names: dict[str, str] = {}
    for iri in sorted(known | above):
        parts.setdefault(iri, _below(store, _PART_OF_PLACE, [iri]))
        for spelling in (iri, terms.short(iri), terms.short(iri).replace("/", ":"), terms.code(iri), *_labels(terms, iri)):
            names.setdefault(spelling.casefold(), iri)
    if wanted in names:
        return parts[names[wanted]] & known
    codes = sorted({terms.code(iri) for iri in known})
    close = nearest(name.strip(), [*codes, *(label for iri in sorted(known) for label in _labels(terms, iri))])
    meant = f" Nearest: {', '.join(close)}." if close else ""
    known_codes = f"Places and bodies with instruments: {', '.join(codes)}."
    raise UnknownPlace(f"there is no instrument of {name[:60]!r} in the graph.{meant} {known_codes}")


def _labels(terms: Terms, iri: str) -> list[str]:
    return [terms.label(iri, lang) for lang in ("en", "zh")]


def _below(store: Store, prop: NamedNode, start: Iterable[str]) -> set[str]:
    """Return ``start`` and all that is part of it, at whatever depth."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        iri = waiting.pop()
        if iri not in found:
            found.add(iri)
            waiting.extend(_subjects(store, prop, iri))
    return found


def _subjects(store: Store, prop: NamedNode, iri: str) -> set[str]:
    quads = store.quads_for_pattern(None, prop, NamedNode(iri), None)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(IDS)}
