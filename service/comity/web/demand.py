"""What a norm demands: the parts or the alternatives of its shape, each in words and as an expression."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from comity.iris import NS, SH
from comity.web.expression import Notation, Token
from comity.web.sentence import Sentences
from comity.web.shown import Presenter
from comity.web.terms import Terms
from comity.web.tree import Tree, Value, read

# What a shape says of itself; everything else that it says is part of the demand.
_CONSTRAINTS = (SH + "property", SH + "or", SH + "and", SH + "xone", SH + "not", SH + "node", SH + "class", SH + "in", SH + "hasValue")


@dataclass(slots=True)
class Part:
    """One part of a demand, or one way to meet it: in words and as an expression."""

    words: str
    tokens: list[Token]


@dataclass(slots=True)
class Demand:
    """The demand of a norm. ``any_of`` says that one of the ``parts`` is enough; otherwise all of them are asked for."""

    iri: str
    name: str
    href: str | None
    any_of: bool
    parts: list[Part]
    shape: Tree
    leaves_out: str = ""


class Demands:
    """Reads demands out of ``store``."""

    def __init__(self, store: Store, terms: Terms, notation: Notation, presenter: Presenter) -> None:
        self._store, self._terms, self._notation, self._presenter = store, terms, notation, presenter
        self._sentences = Sentences(terms)

    def of(self, iri: str, lang: str) -> Demand:
        """Return the demand that the shape ``iri`` states."""
        shape = read(self._store, NamedNode(iri))
        any_of, parts = self._split(shape)
        shown = [Part(self._sentences.shape(part, lang), self._notation.shape(part)) for part in parts]
        leaves_out = self._presenter.text(shape, (NS + "leavesOut",), lang)
        return Demand(iri, self._terms.short(iri), self._terms.href(iri), any_of, shown, shape, leaves_out)

    def _split(self, shape: Tree) -> tuple[bool, list[Tree]]:
        constraints = [(prop, value) for prop in _CONSTRAINTS for value in shape.properties.get(prop, ())]
        if len(constraints) == 1:
            prop, members = constraints[0]
            if isinstance(members, tuple) and prop in (SH + "or", SH + "and"):
                return prop == SH + "or", [self._tree(member) for member in members]
        return False, [Tree().add(prop, value) for prop, value in constraints]

    def _tree(self, member: Value) -> Tree:
        if isinstance(member, NamedNode):
            return read(self._store, member)
        return member if isinstance(member, Tree) else Tree()
