"""From what a curator types to a thing of the graph: an identifier, an IRI, a path, a class name, a prefixed name."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Store

from comity.iris import DCTERMS, IDS, NS, PREFIXES
from comity.web.index import Index
from comity.web.terms import Terms

__all__ = ["UnknownName", "find"]


class UnknownName(ValueError):
    """Nothing in the graph is called so; ``nearest`` are the most alike names."""

    def __init__(self, name: str, nearest: list[str]) -> None:
        meant = f" Nearest: {', '.join(nearest)}." if nearest else ""
        super().__init__(f"the graph has nothing called {name[:120]!r}.{meant}")
        self.nearest = nearest


def find(store: Store, terms: Terms, name: str) -> str:
    """Return the IRI that ``name`` stands for. Raises :class:`UnknownName`."""
    text = name.strip()
    identified = [quad.subject.value for quad in store.quads_for_pattern(None, NamedNode(DCTERMS + "identifier"), Literal(text), None)
                  if isinstance(quad.subject, NamedNode)]  # fmt: skip
    if identified:  # a class may bear the identifier of the provision that it reads
        return min(identified, key=lambda iri: (not terms.has(iri, NS + "concerns"), iri))
    for iri in _spelled(store, text):
        if _is_iri(iri) and terms.is_known(iri):
            return iri
    raise UnknownName(text, Index(store).nearest(text.removeprefix("c:").removeprefix(IDS).removeprefix(NS)))


def _spelled(store: Store, text: str) -> Iterator[str]:
    """Return the IRIs that ``text`` may abbreviate."""
    if text.startswith(("http://", "https://")):
        yield text
        return
    path = text.removeprefix("/")
    yield from (IDS + path.removeprefix("id/"), NS + path.removeprefix("ns/"))
    prefix, colon, local = text.partition(":")
    if not colon:
        return
    if prefix in PREFIXES:
        yield PREFIXES[prefix] + local
    for quad in store.quads_for_pattern(None, NamedNode(NS + "jurisdiction"), None, None):
        instrument = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        key = instrument.removeprefix(IDS)
        if prefix in (key.rpartition("/")[2], key.replace("/", "-")):  # as house Turtle calls an instrument
            yield f"{instrument}/{local}"


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
