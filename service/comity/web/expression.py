"""Class expressions and demands in a notation that reads like Protégé's Manchester syntax, as tokens with links.

A long conjunction or alternative is broken over lines; the page prints the tokens as they come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from comity.iris import OWL, RDF, SH, XSD
from comity.web.terms import Terms
from comity.web.tree import Tree, Value

_WIDTH = 72
_CARDINALITY = {
    "minQualifiedCardinality": "min", "maxQualifiedCardinality": "max", "qualifiedCardinality": "exactly",
    "minCardinality": "min", "maxCardinality": "max", "cardinality": "exactly",
}  # fmt: skip
_FACETS = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text; ``iri`` where it names something; ``kind`` is word, name or text."""

    text: str
    kind: str = "text"
    iri: str | None = None


Tokens = list[Token]


class Notation:
    """Writes expressions with the names that ``terms`` gives."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def owl(self, value: Value, indent: int = 0) -> Tokens:
        """Return a class expression or data range. Whatever is outside OWL's common part is shown as ``…``."""
        if isinstance(value, NamedNode):
            return [self._name(value.value)]
        if not isinstance(value, Tree):
            return [_text("…")]
        if value.iri:
            return [self._name(value.iri)]
        for prop, word in (("intersectionOf", "and"), ("unionOf", "or")):
            if members := _members(value, OWL + prop):
                return joined([self.owl(member, indent + 4) for member in members], word, indent)
        if inner := value.properties.get(OWL + "complementOf"):
            return [_word("not "), *grouped(self.owl(inner[0], indent + 4))]
        if members := _members(value, OWL + "oneOf"):
            return braced([self._value(member) for member in members])
        if OWL + "onDatatype" in value.properties:
            return self._datatype(value)
        if OWL + "onProperty" in value.properties:
            return self._restriction(value, indent)
        return [_text("…")]

    def _restriction(self, value: Tree, indent: int) -> Tokens:
        prop = value.properties[OWL + "onProperty"][0]
        name = self._name(prop.value) if isinstance(prop, NamedNode) else _text("…")
        for key, word in (("someValuesFrom", "some"), ("allValuesFrom", "only")):
            if filler := value.properties.get(OWL + key):
                return [name, _word(f" {word} "), *grouped(self.owl(filler[0], indent + 4))]
        if filler := value.properties.get(OWL + "hasValue"):
            return [name, _word(" value "), *self._value(filler[0])]
        for key, word in _CARDINALITY.items():
            if number := value.properties.get(OWL + key):
                filler = value.properties.get(OWL + "onClass") or value.properties.get(OWL + "onDataRange") or []
                tail = [_text(" "), *grouped(self.owl(filler[0], indent + 4))] if filler else []
                return [name, _word(f" {word} "), *self._value(number[0]), *tail]
        return [name]

    def _datatype(self, value: Tree) -> Tokens:
        facets = [
            (prop.removeprefix(XSD), bound)
            for facet in _members(value, OWL + "withRestrictions") if isinstance(facet, Tree)
            for prop, values in facet.properties.items() for bound in values
        ]  # fmt: skip
        order = list(_FACETS)
        facets.sort(key=lambda facet: order.index(facet[0]) if facet[0] in _FACETS else len(order))  # the lower bound first
        bounds = [[_text(f"{_FACETS.get(name, name)} "), *self._value(bound)] for name, bound in facets]
        inside = [token for number, bound in enumerate(bounds) for token in ([_text(", ")] if number else []) + bound]
        base = value.properties[OWL + "onDatatype"][0]
        return [_text(base.value.removeprefix(XSD) if isinstance(base, NamedNode) else "…"), _text("["), *inside, _text("]")]

    def shape(self, shape: Tree, indent: int = 0) -> Tokens:
        """Return what a SHACL shape demands. A shape that is named elsewhere appears by its name."""
        own = [braced([self._value(value)]) for value in shape.properties.get(SH + "hasValue", ())]
        parts = own + self._constraints(shape, indent)
        return joined(parts, "and", indent) if parts else [_text("…")]

    def _constraints(self, shape: Tree, indent: int) -> list[Tokens]:
        parts: list[Tokens] = []
        get = shape.properties.get
        parts += [[self._name(v.value)] for v in get(SH + "class", ()) if isinstance(v, NamedNode)]
        parts += [braced([self._value(v) for v in members]) for members in get(SH + "in", ()) if isinstance(members, tuple)]
        parts += [[_text(f"{sign} "), *self._value(v)] for facet, sign in _FACETS.items() for v in get(SH + facet, ())]
        parts += [grouped(self._inner(v, indent)) for v in get(SH + "node", ())]
        parts += [[_word("not "), *grouped(self._inner(v, indent))] for v in get(SH + "not", ())]
        for prop, word in (("and", "and"), ("or", "or"), ("xone", "or else")):
            for members in get(SH + prop, ()):
                if isinstance(members, tuple):
                    parts.append(grouped(joined([self._inner(m, indent + 4) for m in members], word, indent + 4)))
        for inner in get(SH + "property", ()):
            parts += self._property(inner, indent) if isinstance(inner, Tree) else [self.owl(inner)]
        return parts

    def _inner(self, value: Value, indent: int) -> Tokens:
        return self.shape(value, indent) if isinstance(value, Tree) and not value.iri else self.owl(value)

    def _property(self, prop: Tree, indent: int) -> list[Tokens]:
        get = prop.properties.get
        key = self._path(get(SH + "path", ()))
        filler = self._constraints(prop, indent + 4)
        parts: list[Tokens] = []
        for qualified in get(SH + "qualifiedValueShape", ()):
            least, most = _number(get(SH + "qualifiedMinCount")), _number(get(SH + "qualifiedMaxCount"))
            inner = grouped(self._inner(qualified, indent + 4))
            if least == 1:
                parts.append([*key, _word(" some "), *inner])
            elif least:
                parts.append([*key, _word(f" min {least} "), *inner])
            if most == 0:
                parts.append([_word("not "), _text("("), *key, _word(" some "), *inner, _text(")")])
            elif most is not None:
                parts.append([*key, _word(f" max {most} "), *inner])
        parts += [[*key, _word(" value "), *self._value(v)] for v in get(SH + "hasValue", ())]
        least, most = _number(get(SH + "minCount")), _number(get(SH + "maxCount"))
        if filler:
            parts.append([*key, _word(" some " if least else " only "), *grouped(joined(filler, "and", indent + 4))])
        elif least:
            parts.append([*key, _word(" stated" if least == 1 else f" min {least}")])
        if most == 0:
            parts.append([_word("no "), *key])
        return parts or [key]

    def _path(self, paths: Iterable[Value]) -> Tokens:
        for path in paths:
            if isinstance(path, NamedNode):
                return [self._name(path.value)]
            if isinstance(path, tuple):
                steps = [[self._name(step.value)] for step in path if isinstance(step, NamedNode)]
                return [token for n, step in enumerate(steps) for token in ([_text(" / ")] if n else []) + step]
        return [_text("…")]

    def _value(self, value: Value) -> Tokens:
        if isinstance(value, NamedNode):
            return [Token(self._terms.code(value.value), "name", value.value)]
        if isinstance(value, Literal):
            return [_text(value.value)]
        return self.owl(value)

    def _name(self, iri: str) -> Token:
        if iri.startswith((XSD, OWL, RDF)):
            return _text(iri.rsplit("#", maxsplit=1)[-1])
        return Token(self._terms.short(iri), "name", iri)


def joined(parts: list[Tokens], word: str, indent: int) -> Tokens:
    """Return ``parts`` with ``word`` between them: on one line where they fit, else one to a line."""
    if len(parts) == 1:
        return parts[0]
    loose = [grouped(part) if any(t.kind == "word" and t.text.strip() in ("and", "or") for t in _outer(part)) else part for part in parts]
    length = sum(len(token.text) for part in loose for token in part) + len(word) * len(loose)
    broken = length > _WIDTH or any("\n" in token.text for part in loose for token in part)
    gap = "\n" + " " * indent if broken else " "
    return [token for n, part in enumerate(loose) for token in ([_text(gap), _word(f"{word} ")] if n else []) + part]


def grouped(tokens: Tokens) -> Tokens:
    """Return ``tokens`` in parentheses unless they are a single name, a list or are in parentheses already."""
    if len(tokens) <= 1 or tokens[0].text == "{" or (tokens[0].text == "(" and _outer(tokens) == []):
        return tokens
    if tokens[1].text == "[":
        return tokens
    return [_text("("), *tokens, _text(")")]


def braced(items: list[Tokens]) -> Tokens:
    """Return ``items`` as a list in braces."""
    inside = [token for n, item in enumerate(items) for token in ([_text(", ")] if n else []) + item]
    return [_text("{"), *inside, _text("}")]


def _outer(tokens: Tokens) -> Tokens:
    """Return the tokens that stand in no parentheses."""
    depth, outer = 0, []
    for token in tokens:
        if token.text == ")":
            depth -= 1
        elif token.text == "(":
            depth += 1
        elif depth == 0:
            outer.append(token)
    return outer


def _members(value: Tree, prop: str) -> tuple[Value, ...]:
    for found in value.properties.get(prop, ()):
        if isinstance(found, tuple):
            return found
    return ()


def _number(values: list[Value] | None) -> int | None:
    if values and isinstance(values[0], Literal) and values[0].value.isdecimal():
        return int(values[0].value)
    return None


def _word(text: str) -> Token:
    return Token(text, "word")


def _text(text: str) -> Token:
    return Token(text)
