"""Names, codes and addresses of the graph's things, as a page shows them."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Store

from comity.iris import DCTERMS, IDS, NS, RDF, RDFS, SH, SKOS

_LABELS = tuple(NamedNode(iri) for iri in (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", SH + "name"))
_TYPE = NamedNode(RDF + "type")
_NOTATION = NamedNode(SKOS + "notation")


class Terms:
    """Reads labels and codes from ``store`` and remembers them. Safe to share between threads."""

    def __init__(self, store: Store, root: str = "") -> None:
        self._store = store
        self.root = root
        self.label = lru_cache(maxsize=16_384)(self._label)
        self.code = lru_cache(maxsize=16_384)(self._code)

    def _label(self, iri: str, lang: str) -> str:
        """Return the label of ``iri`` in ``lang``, else in another language, else its short name."""
        node = NamedNode(iri)
        for prop in _LABELS:
            texts = {
                q.object.language or "": q.object.value
                for q in self._store.quads_for_pattern(node, prop, None, None)
                if isinstance(q.object, Literal)
            }
            for wanted in (lang, "en", "zh", *sorted(texts)):
                if wanted in texts:
                    return texts[wanted]
        return self.short(iri)

    def _code(self, iri: str) -> str:
        """Return what stands for ``iri`` in an expression: its notation, else its local name."""
        for quad in self._store.quads_for_pattern(NamedNode(iri), _NOTATION, None, None):
            if isinstance(quad.object, Literal):
                return quad.object.value
        return self.short(iri)

    def first(self, iri: str, prop: str) -> str | None:
        """Return the value of ``prop`` that sorts first, as text; None where there is none."""
        found = [quad.object for quad in self._store.quads_for_pattern(NamedNode(iri), NamedNode(prop), None, None)]
        return min((term.value for term in found if isinstance(term, NamedNode | Literal)), default=None)

    def has(self, iri: str, prop: str) -> bool:
        """Return whether the graph gives ``iri`` a value of ``prop``."""
        return next(self._store.quads_for_pattern(NamedNode(iri), NamedNode(prop), None, None), None) is not None

    def is_a(self, iri: str, kind: str) -> bool:
        """Return whether the graph gives ``iri`` the type ``kind``."""
        return next(self._store.quads_for_pattern(NamedNode(iri), _TYPE, NamedNode(kind), None), None) is not None

    def is_known(self, iri: str) -> bool:
        """Return whether the graph says anything about ``iri``, which need not be an IRI at all."""
        try:
            node = NamedNode(iri)
        except ValueError:  # the store knows best which characters an IRI may have
            return False
        return next(self._store.quads_for_pattern(node, None, None, None), None) is not None

    def short(self, iri: str) -> str:
        """Return ``iri`` without the part that is common to things or words of the graph."""
        for base in (IDS, NS):
            if iri.startswith(base):
                return iri[len(base) :]
        return iri.rsplit("#", maxsplit=1)[-1].rsplit("/", maxsplit=1)[-1] or iri

    def href(self, iri: str) -> str | None:
        """Return where a reader finds ``iri``: on this service for our own, outside for a web page, None for anything else."""
        if iri.startswith(IDS):
            return f"{self.root}/id/{iri[len(IDS) :]}"
        if iri.startswith(NS):
            return f"{self.root}/ns/{iri[len(NS) :]}"
        return iri if iri.startswith(("https://", "http://")) else None
