"""The provisions of an instrument in their order, and what each of them states."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from comity.iris import ELI, IDS, NS
from comity.web.shown import Presenter, Shown, natural
from comity.web.terms import Terms

__all__ = ["Article", "Stated", "articles"]


@dataclass(frozen=True, slots=True)
class Stated:
    """A norm, a sanction, a note and the like that a provision states."""

    link: Shown
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """A provision with its norms, and with whatever else it states."""

    provision: Shown
    norms: list[Stated]
    others: list[Stated]


def articles(store: Store, terms: Terms, presenter: Presenter, instrument: str, lang: str) -> list[Article]:
    """Return the provisions of ``instrument``; none where it is no instrument."""
    if not terms.has(instrument, NS + "jurisdiction"):
        return []
    provisions = _parts(store, instrument, set())
    return [_article(store, terms, presenter, provision, lang) for provision in sorted(provisions, key=natural)]


def _parts(store: Store, whole: str, seen: set[str]) -> set[str]:
    """Return the provisions of a whole, and their parts."""
    for part in _subjects(store, ELI + "is_part_of", whole) - seen:
        seen.add(part)
        _parts(store, part, seen)
    return seen


def _article(store: Store, terms: Terms, presenter: Presenter, provision: str, lang: str) -> Article:
    norms: list[Stated] = []
    others: list[Stated] = []
    for iri in sorted(_subjects(store, NS + "statedIn", provision), key=natural):
        if iri.startswith(IDS):
            (norms if terms.has(iri, NS + "concerns") else others).append(Stated(presenter.link(iri, lang), presenter.name(iri)))
    return Article(presenter.link(provision, lang), norms, others)


def _subjects(store: Store, prop: str, iri: str) -> set[str]:
    quads = store.quads_for_pattern(None, NamedNode(prop), NamedNode(iri), None)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
