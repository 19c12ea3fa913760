"""House Turtle: one spelling for every graph, so that a change of three facts is a diff of a few lines.

A named subject has one statement a line, in a fixed order; anonymous nodes are written inside their only user, as
`comity.rdf.turtle_layout` lays them out. There are no comments. Members of OWL's set lists are sorted, names before
nested nodes; every other list keeps its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF

from comity.rdf import order
from comity.rdf import turtle_layout as layout
from comity.rdf.turtle import SET_LISTS, Forest, Object, Subject, Triple, normalised

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$")


def format_graph(graph: Graph | Iterable[Triple], base_prefixes: dict[str, str] | None = None) -> str:
    """Return the graph as house Turtle.

    ``base_prefixes`` (prefix → namespace) are the prefixes that may be used; the default knows the project's. Prefixes
    of the instruments named in the graph are added, and only used ones are written. Raises `triples.Unwritable`.
    """
    return _Writer(normalised(graph), base_prefixes).text()


class _Writer:
    def __init__(self, triples: Iterable[Triple], base_prefixes: dict[str, str] | None) -> None:
        self.forest = Forest(triples)
        terms = (t for s, pairs in self.forest.by_subject.items() for t in (s, *(x for pair in pairs for x in pair)))
        iris = {str(t) for t in terms if isinstance(t, URIRef)}
        self.prefixes = order.prefixes_for(iris, base_prefixes)
        self.by_length = sorted(((ns, p) for p, ns in self.prefixes.items()), key=lambda pair: -len(pair[0]))
        self.used: set[str] = set()
        self.names: dict[str, str] = {}

    def text(self) -> str:
        by_subject = self.forest.by_subject
        named = [s for s in self.forest.roots if isinstance(s, URIRef)]
        named.sort(key=lambda s: order.subject_key(str(s), by_subject[s]))
        blocks = [f"{self.name(s)}\n{layout.statement_lines(self.statements(s), 4)} ." for s in named]
        unnamed = [layout.node(self.statements(s)) for s in self.forest.roots if isinstance(s, BNode)]
        unnamed.sort(key=layout.one_line)
        blocks += [f"{layout.value_lines(n, 0, 0, 2)} ." for n in unnamed]
        head = "".join(f"@prefix {p}: <{self.prefixes[p]}> .\n" for p in sorted(self.used))
        return "\n".join(filter(None, [head, "\n\n".join(blocks) + "\n" if blocks else ""]))

    def statements(self, subject: Subject) -> list[tuple[str, layout.Value]]:
        rows = []
        for predicate, obj in self.forest.by_subject.get(subject, ()):
            value = self.value(predicate, obj)
            verb = "a" if predicate == RDF.type else self.name(predicate)
            rows.append(((order.predicate_key(predicate), self.place(obj, value)), verb, value))
        rows.sort(key=lambda row: row[0])
        return [(verb, value) for _, verb, value in rows]

    @staticmethod
    def place(term: Object, value: layout.Value) -> tuple[object, ...]:
        """Return the place of an object among its like: names, then literals by language, then nested nodes.

        It looks at the one-line text, so that it does not depend on how deep a node stands.
        """
        spelled = order.natural(layout.one_line(value))
        if isinstance(term, Literal):
            return 1, order.LANGUAGES.get(term.language, 2) if term.language else -1, spelled
        return (2 if isinstance(term, BNode) else 0), 0, spelled

    def value(self, predicate: URIRef | None, obj: Object) -> layout.Value:
        if isinstance(obj, Literal):
            return layout.literal(str(obj), obj.language, str(obj.datatype) if obj.datatype else None, self.name)
        if obj == RDF.nil:
            return layout.members(())
        if isinstance(obj, URIRef):
            return self.name(obj)
        listed = self.forest.members(obj)
        if listed is None:
            return layout.node(self.statements(obj))
        values = [(member, self.value(None, member)) for member in listed]
        if predicate in SET_LISTS:
            values.sort(key=lambda pair: self.place(*pair))
        return layout.members(value for _, value in values)

    def name(self, iri: str) -> str:
        if iri not in self.names:
            self.names[iri] = self._name(str(iri))
        return self.names[iri]

    def _name(self, iri: str) -> str:
        for space, prefix in self.by_length:
            if iri.startswith(space) and (_LOCAL.match(local := iri[len(space) :])):
                self.used.add(prefix)
                return f"{prefix}:{local}"
        return URIRef(iri).n3()
