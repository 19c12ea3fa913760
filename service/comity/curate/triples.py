"""Reading Turtle fast, and telling whether two files say the same."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD

Triple = tuple  # (subject, predicate, object), terms of rdflib

#: The lists whose order means nothing in OWL; every other list keeps its order.
SET_LISTS = frozenset({OWL.intersectionOf, OWL.unionOf, OWL.oneOf, OWL.withRestrictions})


class NotATree(ValueError):
    """A blank node is shared or closes a circle, so it cannot be written inside its only user. Give it a name."""


def read(path: Path) -> list[Triple]:
    """Return the triples of a Turtle file; raises SyntaxError, whose text names the line, where it is not Turtle."""
    return read_text(Path(path).read_bytes())


def read_text(text: str | bytes, prefixes: dict[str, str] | None = None) -> list[Triple]:
    """Return the triples of a Turtle text; its prefixes are added to ``prefixes``."""
    known: dict[str, URIRef] = {}
    parser = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE, base_iri="https://w3id.org/comity/")
    out = [tuple(_term(t, known) for t in (quad.subject, quad.predicate, quad.object)) for quad in parser]
    if prefixes is not None:
        prefixes |= parser.prefixes
    return out


def _term(term, known: dict):
    value = term.value
    if isinstance(term, pyoxigraph.Literal):
        datatype = term.datatype.value
        if term.language:
            return Literal(value, lang=term.language)
        return Literal(value, datatype=None if datatype == str(XSD.string) else URIRef(datatype), normalize=False)
    if value not in known:
        known[value] = BNode(value) if isinstance(term, pyoxigraph.BlankNode) else URIRef(value)
    return known[value]


def graph_of(triples: Iterable[Triple]) -> Graph:
    """Return the triples as an rdflib graph."""
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


class Forest:
    """Triples seen as named subjects with their blank nodes nested inside them.

    ``by_subject`` maps a subject to its (predicate, object) pairs; ``roots`` are the subjects that stand alone.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.by_subject: dict = {}
        used: dict[BNode, int] = {}
        for s, p, o in set(triples):
            self.by_subject.setdefault(s, []).append((p, o))
            if isinstance(o, BNode):
                used[o] = used.get(o, 0) + 1
        for node, times in used.items():
            if times > 1:
                raise NotATree(f"a blank node is used by {times} statements; give it a name ({self._about(node)})")
        self.roots = [s for s in self.by_subject if s not in used]
        inside = set(self.roots)
        stack = list(self.roots)
        while stack:
            for _, o in self.by_subject.get(stack.pop(), ()):
                if isinstance(o, BNode) and o not in inside:
                    inside.add(o)
                    stack.append(o)
        circle = next((s for s in self.by_subject if s not in inside), None)
        if circle is not None:
            raise NotATree(f"blank nodes form a circle; give one of them a name ({self._about(circle)})")

    def _about(self, node) -> str:
        return ", ".join(f"{p} {o}" for p, o in self.by_subject.get(node, [])[:2])

    def members(self, node) -> list | None:
        """Return the members of the RDF list that starts at ``node``, or None if it is no plain list."""
        out = []
        while node != RDF.nil:
            pairs = self.by_subject.get(node, [])
            found = dict(pairs)
            if not isinstance(node, BNode) or len(pairs) != 2 or set(found) != {RDF.first, RDF.rest}:
                return None
            out.append(found[RDF.first])
            node = found[RDF.rest]
        return out

    def meaning(self) -> Counter:
        """Return a value equal for two graphs exactly if they say the same, order in OWL's set lists aside.

        Independent of the writer, so that it can judge the writer's output. Nested nodes are told apart by digests of
        bounded length: nesting their spellings instead would grow without bound.
        """
        return Counter((root.n3() if isinstance(root, URIRef) else "_", self._body(root)) for root in self.roots)

    def _body(self, node) -> bytes:
        return _digest(sorted(p.n3().encode() + b" " + self._value(p, o) for p, o in self.by_subject.get(node, ())))

    def _value(self, predicate, term) -> bytes:
        if not isinstance(term, BNode):
            return term.n3().encode()
        members = self.members(term)
        if members is None:
            return b"[" + self._body(term)
        parts = [self._value(None, m) for m in members]
        return b"(" + _digest(sorted(parts) if predicate in SET_LISTS else parts)


def _digest(parts: list[bytes]) -> bytes:
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.digest()


def normalised(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples without what Protégé adds, and with literals in the one spelling that it keeps.

    ``owl:NamedIndividual`` says nothing of a thing that has another type or that the file mentions elsewhere, nor
    ``rdfs:Datatype`` of one of XML Schema; ``"a"^^xsd:string`` is ``"a"``. A decimal is written with a point: Protégé
    writes ``"50"^^xsd:decimal`` as an integer. Disjointness stands at the class whose IRI comes first.
    """
    triples = list(triples)
    told = {s for s, p, o in triples if p == RDF.type and o != OWL.NamedIndividual} | {o for _, _, o in triples if isinstance(o, URIRef)}
    for s, p, o in triples:
        if p == RDF.type and ((o == OWL.NamedIndividual and s in told) or (o == RDFS.Datatype and s.startswith(XSD))):
            continue
        if isinstance(o, Literal) and o.datatype == XSD.string:
            yield s, p, Literal(str(o))
        elif isinstance(o, Literal) and o.datatype == XSD.decimal and "." not in o:
            yield s, p, Literal(f"{o}.0", datatype=XSD.decimal, normalize=False)
        elif p == OWL.disjointWith and isinstance(s, URIRef) and isinstance(o, URIRef):
            yield min(s, o), p, max(s, o)
        else:
            yield s, p, o
