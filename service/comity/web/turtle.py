"""Trees as Turtle: one subject a block, anonymous nodes in brackets, lists in parentheses, only the prefixes in use."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from comity.web.tree import PREFIXES, RDF, XSD, Tree, Value, compact

_SHORTHAND = {XSD + "integer", XSD + "boolean", XSD + "decimal"}


def write(trees: Iterable[Tree]) -> str:
    """The ``trees`` as one Turtle document. The same trees always give the same text."""
    used: set[str] = set()
    blocks = [_subject(tree, used) for tree in trees]
    heads = [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in sorted(used)]
    return "\n".join(heads) + "\n\n" + "\n\n".join(blocks) + "\n"


def block(tree: Tree) -> str:
    """The statements of one ``tree`` as Turtle, without the prefixes that they use."""
    return _subject(tree, set())


def _subject(tree: Tree, used: set[str]) -> str:
    head = _iri(tree.iri, used) if tree.iri else "[]"
    return f"{head}\n{_statements(tree, used, 1)} ."


def _statements(tree: Tree, used: set[str], level: int) -> str:
    indent = "    " * level
    lines: list[str] = []
    for prop, values in tree.properties.items():
        name = "a" if prop == RDF + "type" else _iri(prop, used)
        lines.extend(f"{indent}{name} {_value(value, used, level)}" for value in values)
    return " ;\n".join(lines)


def _value(value: Value, used: set[str], level: int) -> str:
    if isinstance(value, NamedNode):
        return _iri(value.value, used)
    if isinstance(value, Literal):
        return _literal(value, used)
    if isinstance(value, tuple):
        return f"( {' '.join(_value(item, used, level) for item in value)} )" if value else "()"
    if value.iri:
        return _iri(value.iri, used)
    if not value.properties:
        return "[]"
    return f"[\n{_statements(value, used, level + 1)}\n{'    ' * level}]"


def _literal(value: Literal, used: set[str]) -> str:
    datatype = value.datatype.value
    if datatype in _SHORTHAND and _is_plain(value.value, datatype):
        return value.value
    text = str(value)
    if value.language or datatype == XSD + "string":
        return text
    quoted = text[: text.rindex("^^")]
    return f"{quoted}^^{_iri(datatype, used)}"


def _is_plain(text: str, datatype: str) -> bool:
    if datatype.endswith("boolean"):
        return text in ("true", "false")
    digits = text.lstrip("+-")
    if datatype.endswith("decimal"):
        whole, dot, part = digits.partition(".")
        return bool(dot) and part.isdecimal() and (not whole or whole.isdecimal())
    return digits.isdecimal()


def _iri(iri: str, used: set[str]) -> str:
    name = compact(iri)
    if name is None:
        return str(NamedNode(iri))
    used.add(name[0])
    return ":".join(name)
