"""Classes with their expressions, the names inside them unfolded, and who uses a class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, NamedNode, Store

from comity.iris import NS, OWL, SKOS
from comity.web.expression import Notation, Token
from comity.web.shown import Presenter, Row, natural
from comity.web.terms import Terms
from comity.web.tree import Tree, read
from comity.web.words import WORDS

# What tells how a class or a fact comes about where no class expression does.
_GENERATED = (NS + "territoryOf", NS + "membersOf", NS + "recognitionsFrom", NS + "recognitionKind")
_DERIVED = NS + "derivedBy"


@dataclass(slots=True)
class Definition:
    """A class (or a derived fact) with its label, its definition in words and in Manchester syntax."""

    iri: str
    name: str
    label: str
    definition: str
    href: str | None
    tokens: list[Token] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    leaves_out: str = ""


class Definitions:
    """Reads definitions out of ``store``."""

    def __init__(self, store: Store, terms: Terms, notation: Notation, presenter: Presenter) -> None:
        self._store, self._terms, self._notation, self._presenter = store, terms, notation, presenter

    def of(self, iri: str, lang: str) -> Definition:
        """Return the definition of ``iri``; its tokens are empty where the graph gives no class expression."""
        tree = read(self._store, NamedNode(iri))
        return Definition(
            iri=iri,
            name=self._terms.short(iri),
            label=self._terms.label(iri, lang),
            definition=self._presenter.text(tree, (SKOS + "definition",), lang),
            href=self._terms.href(iri),
            tokens=self._expression(tree),
            sources=[self._presenter.row(p, tree.properties[p], lang) for p in (*_GENERATED, NS + "statedIn") if p in tree.properties],
            leaves_out=self._presenter.text(tree, (NS + "leavesOut",), lang),
        )

    def _expression(self, tree: Tree) -> list[Token]:
        for expression in tree.properties.get(OWL + "equivalentClass", ()):
            return self._notation.owl(expression)
        return []

    def unfold(self, tokens: Iterable[Token], lang: str, *, deep: bool, seen: set[str]) -> list[Definition]:
        """Return the definitions of the names in ``tokens``, in the order in which they are read; with ``deep`` also of the names in
        these, and so on. What is in ``seen`` is left out, and what is found is added to it."""
        found: list[Definition] = []
        waiting = [list(tokens)]
        while waiting:
            for iri in [token.iri for token in waiting.pop(0) if token.iri]:
                if iri in seen or not self._can_be_unfolded(iri):
                    continue
                seen.add(iri)
                definition = self.of(iri, lang)
                found.append(definition)
                if deep:
                    waiting.append(definition.tokens)
        return found

    def _can_be_unfolded(self, iri: str) -> bool:
        props = (OWL + "equivalentClass", *_GENERATED, _DERIVED)
        return any(self._terms.has(iri, prop) for prop in props)

    def users(self, iri: str, lang: str) -> list[Row]:
        """Who uses the class ``iri`` inside an expression: the classes so defined, and the norms with such a demand."""
        classes: set[str] = set()
        norms: set[str] = set()
        for name in self._named_above(NamedNode(iri)) - {iri}:
            demanding = [q.subject.value for q in self._store.quads_for_pattern(None, NamedNode(NS + "demands"), NamedNode(name), None)
                         if isinstance(q.subject, NamedNode)]  # fmt: skip
            norms.update(demanding)
            if not demanding and not self._terms.has(name, NS + "effectOfNorm"):
                classes.add(name)
        rows = []
        for key, found in (("demanding_norms", norms), ("using_classes", classes)):
            if found:
                rows.append(self._presenter.links(WORDS[key][lang], None, sorted(found, key=natural), lang))
        return rows

    def _named_above(self, start: NamedNode) -> set[str]:
        """Return the named things in whose anonymous parts ``start`` stands."""
        found: set[str] = set()
        seen: set[BlankNode] = set()
        waiting: list[NamedNode | BlankNode] = [start]
        while waiting:
            for quad in self._store.quads_for_pattern(None, None, waiting.pop(), None):
                if isinstance(quad.subject, BlankNode) and quad.subject not in seen:
                    seen.add(quad.subject)
                    waiting.append(quad.subject)
                elif isinstance(quad.subject, NamedNode) and isinstance(quad.object, BlankNode):
                    found.add(quad.subject.value)
        return found
