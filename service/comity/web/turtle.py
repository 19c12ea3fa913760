"""Trees as Turtle, laid out as the files of the graph are (`comity.rdf.turtle_layout`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from comity.iris import PREFIXES, RDF
from comity.rdf import turtle_layout as layout
from comity.web.tree import Tree, Value, compact


def write(trees: Iterable[Tree]) -> str:
    """Return the ``trees`` as one Turtle document. The same trees always give the same text."""
    used: set[str] = set()
    blocks = [_subject(tree, used) for tree in trees]
    heads = [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in sorted(used)]
    return "\n".join(heads) + "\n\n" + "\n\n".join(blocks) + "\n"


def block(tree: Tree) -> str:
    """Return the statements of one ``tree`` as Turtle, without the prefixes that they use."""
    return _subject(tree, set())


def _subject(tree: Tree, used: set[str]) -> str:
    head = _iri(tree.iri, used) if tree.iri else "[]"
    return f"{head}\n{layout.statement_lines(_statements(tree, used), 4)} ."


def _statements(tree: Tree, used: set[str]) -> Iterator[tuple[str, layout.Value]]:
    for prop, values in tree.properties.items():
        verb = "a" if prop == RDF + "type" else _iri(prop, used)
        yield from ((verb, _value(value, used)) for value in values)


def _value(value: Value, used: set[str]) -> layout.Value:
    if isinstance(value, NamedNode):
        return _iri(value.value, used)
    if isinstance(value, Literal):
        return layout.literal(value.value, value.language, value.datatype.value, lambda datatype: _iri(datatype, used))
    if isinstance(value, tuple):
        return layout.members(_value(item, used) for item in value)
    return _iri(value.iri, used) if value.iri else layout.node(_statements(value, used))


def _iri(iri: str, used: set[str]) -> str:
    name = compact(iri)
    if name is None:
        return str(NamedNode(iri))
    used.add(name[0])
    return ":".join(name)
