"""Everything in the graph that has an address, for search, for lists of words and for naming the nearest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Store

from comity.iris import DCTERMS, IDS, NS, OWL, RDF, SH, SKOS, WIDE_KINDS
from comity.spelling import nearest
from comity.web.shown import natural

_SECTIONS = ("situations", "taxonomy", "facts", "vocabularies", "values", "other")
_KEY_KINDS = {OWL + "ObjectProperty", OWL + "DatatypeProperty"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with an address on this service; ``key`` is what follows ``/id/`` or ``/ns/``."""

    iri: str
    path: str
    key: str
    labels: dict[str, str]
    definitions: dict[str, str]
    identifier: str
    kinds: frozenset[str]
    section: str

    @property
    def label(self) -> str:
        """Return the label in English, else in any language, else the key."""
        return self.labels.get("en") or next(iter(self.labels.values()), self.key)


@dataclass(frozen=True, slots=True)
class Term:
    """A word as the vocabulary page prints it."""

    name: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the vocabulary page."""

    key: str
    terms: list[Term]


class Index:
    """Reads all addresses of ``store`` once, on first use."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Return every thing by IRI, in a stable order."""
        subjects = {
            quad.subject.value
            for prop in (RDF + "type", SKOS + "prefLabel")
            for quad in self._store.quads_for_pattern(None, NamedNode(prop), None, None)
            if isinstance(quad.subject, NamedNode)
        }
        own = sorted((iri for iri in subjects if iri.startswith((IDS, NS))), key=natural)
        return {iri: self._entry(iri) for iri in own}

    def _entry(self, iri: str) -> Entry:
        labels: dict[str, str] = {}
        definitions: dict[str, str] = {}
        identifier, kinds, section = "", set(), "other"
        for quad in self._store.quads_for_pattern(NamedNode(iri), None, None, None):
            prop, value = quad.predicate.value, quad.object
            if isinstance(value, Literal):
                if prop in (SKOS + "prefLabel", SH + "name"):
                    labels.setdefault(value.language or "", value.value)
                elif prop in (SKOS + "definition", SH + "description"):
                    definitions.setdefault(value.language or "", value.value)
                elif prop == DCTERMS + "identifier":
                    identifier = value.value
                elif prop == NS + "taxonomy":
                    section = "taxonomy"
                elif prop == SKOS + "notation" and section == "other":
                    section = "values"
            elif isinstance(value, NamedNode):
                if prop == RDF + "type" and value.value not in WIDE_KINDS:
                    kinds.add(value.value)
                elif prop == NS + "statedIn" and section == "other":
                    section = "situations"
            elif prop == OWL + "equivalentClass" and section == "other":
                listed = next(self._store.quads_for_pattern(value, NamedNode(OWL + "oneOf"), None, None), None)
                section = "situations" if listed is None else "vocabularies"
        if kinds & _KEY_KINDS:
            section = "facts"
        base, path = (IDS, "/id/") if iri.startswith(IDS) else (NS, "/ns/")
        key = iri[len(base) :]
        return Entry(iri, path + key, key, labels, definitions, identifier, frozenset(kinds), section)

    @cached_property
    def keys(self) -> dict[str, str]:
        """Return the IRI of each thing by its key and by its identifier."""
        by_key = {entry.key: iri for iri, entry in self.entries.items()}
        return by_key | {entry.identifier: iri for iri, entry in self.entries.items() if entry.identifier}

    def find(self, text: str, most: int) -> tuple[int, list[Entry]]:
        """Return how many things have every word of ``text`` in key, identifier or label, and the first ``most`` of them."""
        wanted = text.casefold().split()
        if not wanted:
            return 0, []
        hits = [entry for entry in self.entries.values() if all(word in _haystack(entry) for word in wanted)]
        exact = text.strip().casefold()
        hits.sort(key=lambda e: (exact not in (e.key.casefold(), e.identifier.casefold()), not e.path.startswith("/id/"), len(e.key)))
        return len(hits), hits[:most]

    def nearest(self, key: str) -> list[str]:
        """Return up to three keys or identifiers most like ``key``: those of its folder first, else those that contain its words."""
        folder = key.rpartition("/")[0]
        close = [name for name in self.keys if folder and name.startswith(folder + "/")]
        contained = [entry.identifier or entry.key for entry in self.find(key, 3)[1]] if 2 < len(key) <= 100 else []
        return nearest(key, close) or nearest(key, self.keys) or contained

    def sections(self, lang: str) -> list[Section]:
        """Return the words of the vocabulary in ``lang``, by what they are."""
        parts: dict[str, list[Term]] = {key: [] for key in _SECTIONS}
        for entry in self.entries.values():
            if entry.path.startswith("/ns/") and not any(kind.startswith(SH) for kind in entry.kinds):
                label = entry.labels.get(lang) or entry.label
                parts[entry.section].append(Term(entry.key, label, entry.definitions.get(lang) or entry.definitions.get("en", "")))
        return [Section(key, terms) for key, terms in parts.items() if terms]


def _haystack(entry: Entry) -> str:
    return "\n".join((entry.key, entry.identifier, *entry.labels.values())).casefold()
