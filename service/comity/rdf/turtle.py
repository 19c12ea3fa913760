"""Reading Turtle fast, and telling whether two files say the same."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD

from comity.iris import BASE

Subject: TypeAlias = URIRef | BNode
Object: TypeAlias = URIRef | BNode | Literal
Triple: TypeAlias = tuple[Subject, URIRef, Object]
"""Subject, predicate and object, terms of rdflib."""

#: The lists whose order means nothing in OWL; every other list keeps its order.
SET_LISTS = frozenset({OWL.intersectionOf, OWL.unionOf, OWL.oneOf, OWL.withRestrictions})

_DEEPEST = 100


class Unwritable(ValueError):
    """The triples have no form in house Turtle.

    ``reason`` and ``remedy`` are sentences without their full stop, ``chinese`` both of them in Chinese; ``name`` is a word by
    which the place is found in the file: the label of a blank node or the IRI of a subject.
    """

    def __init__(self, reason: str, remedy: str, name: str, chinese: tuple[str, str]) -> None:
        super().__init__(f"{reason}. {remedy}.")
        self.reason, self.remedy, self.name, self.chinese = reason, remedy, name, chinese


def read(path: Path) -> list[Triple]:
    """Return the triples of a Turtle file; raises SyntaxError, whose text names the line, where it is not Turtle."""
    return read_text(Path(path).read_bytes())


def read_text(text: str | bytes, prefixes: dict[str, str] | None = None) -> list[Triple]:
    """Return the triples of a Turtle text; its prefixes are added to ``prefixes``.

    Raises SyntaxError where it is not Turtle, `Unwritable` at a statement about a statement or a text with a direction.
    """
    known: dict[pyoxigraph.NamedNode | pyoxigraph.BlankNode, Subject] = {}

    def node(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Triple) -> Subject:
        if isinstance(term, pyoxigraph.Triple):
            raise _about_a_statement()
        if term not in known:
            known[term] = BNode(term.value) if isinstance(term, pyoxigraph.BlankNode) else URIRef(term.value)
        return known[term]

    parser = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE, base_iri=BASE)
    out = [
        (node(s), URIRef(p.value), rdflib_term(o) if isinstance(o, pyoxigraph.Literal) else node(o))
        for s, p, o in (quad.triple for quad in parser)
    ]
    if prefixes is not None:
        prefixes |= parser.prefixes
    return out


def rdflib_term(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> Object:
    """Return a term of pyoxigraph as one of rdflib; literals keep their spelling, and a plain text has no datatype.

    Raises `Unwritable` at a statement about a statement or a text with a direction.
    """
    if isinstance(term, pyoxigraph.Triple):
        raise _about_a_statement()
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if term.direction is not None:
        chinese = "文本带有书写方向", "删除书写方向"
        raise Unwritable("a text with a direction of writing", "Leave the direction out", f"@{term.language}--", chinese)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value  # a plain literal and an xsd:string are one thing in RDF 1.1, but not for rdflib
    return Literal(term.value, datatype=None if datatype == str(XSD.string) else URIRef(datatype), normalize=False)


def _about_a_statement() -> Unwritable:
    chinese = "对陈述的陈述", "改为对有 IRI 的事物作出陈述"
    return Unwritable("a statement about a statement", "Say it of a thing with an IRI", "<<", chinese)


def graph_of(triples: Iterable[Triple]) -> Graph:
    """Return the triples as an rdflib graph."""
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


def triples_of(graph: Graph) -> list[Triple]:
    """Return the triples of an rdflib graph. Raises TypeError at one that RDF does not know, such as a literal that is a subject."""
    found: list[Triple] = []
    for s, p, o in graph:
        if not isinstance(s, Subject) or not isinstance(p, URIRef) or not isinstance(o, Object):
            raise TypeError(f"no triple of RDF: {s!r} {p!r} {o!r}")
        found.append((s, p, o))
    return found


class Forest:
    """Triples seen as named subjects with their blank nodes nested inside them.

    ``by_subject`` maps a subject to its (predicate, object) pairs; ``roots`` are the subjects that stand alone.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.by_subject: dict[Subject, list[tuple[URIRef, Object]]] = {}
        used: dict[BNode, int] = {}
        for s, p, o in set(triples):
            self.by_subject.setdefault(s, []).append((p, o))
            if isinstance(o, BNode):
                used[o] = used.get(o, 0) + 1
        for node, times in used.items():
            if times > 1:
                reason = f"the blank node {node.n3()} is used by {times} statements, so it cannot be written inside one of them"
                chinese = f"空白节点 {node.n3()} 被 {times} 项陈述使用，无法写入其中一项之内", "给予 IRI，或者在每处分别写出"
                raise Unwritable(reason, "Give it an IRI, or write it out in each place", node.n3(), chinese)
        self.roots = [s for s in self.by_subject if s not in used]
        inside = set(self.roots)
        for root in self.roots:
            self._descend(root, inside)
        circle = min((s.n3() for s in self.by_subject if s not in inside), default=None)
        if circle is not None:
            chinese = f"空白节点 {circle} 处于空白节点的循环之中", "给予其中之一 IRI"
            raise Unwritable(f"the blank node {circle} stands in a circle of blank nodes", "Give one of them an IRI", circle, chinese)

    def _descend(self, root: Subject, inside: set[Subject]) -> None:
        """Add what is nested in ``root`` to ``inside``; raises `Unwritable` where the nesting is too deep to be read or written."""
        stack: list[tuple[Subject, int]] = [(root, 0)]
        while stack:
            node, depth = stack.pop()
            if depth > _DEEPEST:
                chinese = f"节点嵌套超过 {_DEEPEST} 层", "给予其中若干节点 IRI"
                raise Unwritable(f"nodes nested more than {_DEEPEST} deep", "Give some of them an IRI", str(root), chinese)
            for _, o in self.by_subject.get(node, ()):
                if not isinstance(o, BNode):
                    continue
                cells = self._cells(o)
                inside.update(cells or [o])
                within: list[Object] = [m for cell in cells for m in self._objects(cell, RDF.first)] if cells else [o]
                stack += [(m, depth + 1) for m in within if isinstance(m, BNode)]
                inside.update(m for m in within if isinstance(m, BNode))

    def _objects(self, node: Subject, predicate: URIRef) -> list[Object]:
        return [o for p, o in self.by_subject.get(node, ()) if p == predicate]

    def _cells(self, start: BNode) -> list[BNode] | None:
        """Return the nodes of the RDF list that starts at ``start``, or None if it is no plain list."""
        out: list[BNode] = []
        node: Object = start
        while node != RDF.nil:
            if not isinstance(node, BNode):
                return None
            pairs = self.by_subject.get(node, [])
            if len(pairs) != 2 or {p for p, _ in pairs} != {RDF.first, RDF.rest}:
                return None
            out.append(node)
            (node,) = self._objects(node, RDF.rest)
        return out

    def members(self, node: BNode) -> list[Object] | None:
        """Return the members of the RDF list that starts at ``node``, or None if it is no plain list."""
        cells = self._cells(node)
        return None if cells is None else [self._objects(cell, RDF.first)[0] for cell in cells]

    def meaning(self) -> Counter[tuple[str, bytes]]:
        """Return a value equal for two graphs exactly if they say the same, order in OWL's set lists aside.

        Independent of the writer, so that it can judge the writer's output. Nested nodes are told apart by digests of
        bounded length: nesting their spellings instead would grow without bound.
        """
        return Counter((root.n3() if isinstance(root, URIRef) else "_", self._body(root)) for root in self.roots)

    def _body(self, node: Subject) -> bytes:
        return _digest(sorted(p.n3().encode() + b" " + self._value(p, o) for p, o in self.by_subject.get(node, ())))

    def _value(self, predicate: URIRef | None, term: Object) -> bytes:
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


def normalised(triples: Iterable[Triple] | Graph) -> Iterator[Triple]:
    """Yield the triples without what OWL tools add, and with literals in the one spelling that Protégé keeps.

    ``owl:NamedIndividual`` says nothing of a thing that has another type or that the file mentions elsewhere, nor
    ``rdfs:Datatype`` of one of XML Schema, nor ``rdf:List`` of a node of a list; ``"a"^^xsd:string`` is ``"a"``. A
    decimal is written with a point: Protégé writes ``"50"^^xsd:decimal`` as an integer. Disjointness stands at the
    class whose IRI comes first.
    """
    triples = triples_of(triples) if isinstance(triples, Graph) else list(triples)
    told = {s for s, p, o in triples if p == RDF.type and o != OWL.NamedIndividual} | {o for _, _, o in triples if isinstance(o, URIRef)}
    cells = {s for s, p, _ in triples if p == RDF.first} | {RDF.nil}
    empty_types: dict[Object, Callable[[Subject], bool]] = {
        OWL.NamedIndividual: told.__contains__,
        RDFS.Datatype: lambda s: s.startswith(str(XSD)),
        RDF.List: cells.__contains__,
    }
    for s, p, o in triples:
        if p == RDF.type and o in empty_types and empty_types[o](s):
            continue
        if isinstance(o, Literal) and o.datatype == XSD.string:
            yield s, p, Literal(str(o))
        elif isinstance(o, Literal) and o.datatype == XSD.decimal and "." not in o:
            yield s, p, Literal(f"{o}.0", datatype=XSD.decimal, normalize=False)
        elif p == OWL.disjointWith and isinstance(s, URIRef) and isinstance(o, URIRef):
            yield min(s, o), p, max(s, o)
        else:
            yield s, p, o
