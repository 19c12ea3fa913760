"""Trees as JSON-LD with an inline context; nothing has to be fetched to read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from pyoxigraph import Literal, NamedNode

from comity.iris import PREFIXES, RDF, XSD
from comity.web.tree import Tree, Value, compact


def write(trees: Iterable[Tree]) -> bytes:
    """Return the ``trees`` as one JSON-LD document, compacted with the prefixes in use."""
    used: set[str] = set()
    nodes = [_node(tree, used) for tree in trees]
    context = {prefix: PREFIXES[prefix] for prefix in sorted(used)}
    if len(nodes) == 1:
        return orjson.dumps({"@context": context, **nodes[0]})
    return orjson.dumps({"@context": context, "@graph": nodes})


def _node(tree: Tree, used: set[str]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _iri(tree.iri, used)} if tree.iri else {}
    for prop, values in tree.properties.items():
        if prop == RDF + "type":
            node["@type"] = [_iri(value.value, used) for value in values if isinstance(value, NamedNode)]
        else:
            written = [_value(value, used) for value in values]
            node[_iri(prop, used)] = written[0] if len(written) == 1 else written
    return node


def _value(value: Value, used: set[str]) -> Any:
    if isinstance(value, NamedNode):
        return {"@id": _iri(value.value, used)}
    if isinstance(value, tuple):
        return {"@list": [_value(item, used) for item in value]}
    if isinstance(value, Tree):
        return {"@id": _iri(value.iri, used)} if value.iri else _node(value, used)
    return _literal(value, used)


def _literal(value: Literal, used: set[str]) -> Any:
    datatype = value.datatype.value
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if datatype == XSD + "string":
        return value.value
    if datatype == XSD + "boolean" and value.value in ("true", "false"):
        return value.value == "true"
    return {"@value": value.value, "@type": _iri(datatype, used)}


def _iri(iri: str, used: set[str]) -> str:
    name = compact(iri)
    if name is None:
        return iri
    used.add(name[0])
    return ":".join(name)
