"""What is told of one thing, on its page and by ``comity show``: its names, its statements, its logic, what points to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Store

from comity.iris import DCTERMS, ELI, NS, OWL, RDF, RDFS, SH, SKOS, WIDE_KINDS
from comity.web.articles import Article, articles
from comity.web.conflict import TOLD_HERE, ConflictParts, Conflicts
from comity.web.definition import Definition, Definitions
from comity.web.demand import Demand, Demands
from comity.web.expression import Notation
from comity.web.norm import FACTS, SHOWN_ELSEWHERE, NormParts, Norms
from comity.web.provenance import TOLD, sentences, sources
from comity.web.reading import HELD_BY
from comity.web.shown import Presenter, Row, Shown, natural
from comity.web.terms import Terms
from comity.web.tree import Tree, read
from comity.web.words import REVERSED, WORDS

# What the head of the page shows, and what is of use to machines only.
_NOT_LISTED = {
    RDF + "type", SKOS + "prefLabel", SKOS + "definition", RDFS + "label", DCTERMS + "identifier", OWL + "equivalentClass",
    NS + "appliesWhen", NS + "demands", *TOLD,
    SH + "property", SH + "or", SH + "and", SH + "not", SH + "node", SH + "name", SH + "description",
}  # fmt: skip
# Classes that the build makes for its own use, and elements of readings: they repeat what the pages of norms show.
_NOT_REVERSED = {NS + "effectOfNorm", HELD_BY}
_FIRST = (
    NS + "recogniser", NS + "recognised", NS + "recognitionKind", NS + "member", NS + "inBody", NS + "betweenNorm", NS + "onAct",
    NS + "witness", NS + "statedIn", ELI + "is_part_of", DCTERMS + "title", NS + "concerns", NS + "bearer", NS + "exceptionTo",
    NS + "yieldsTo", NS + "replaces", ELI + "date_applicability", ELI + "first_date_entry_in_force", ELI + "date_no_longer_in_force",
)  # fmt: skip
_RANK = {iri: rank for rank, iri in enumerate(_FIRST)}


@dataclass(slots=True)
class Thing:
    """One thing in one language.

    ``logic`` is the situation of a norm, or the thing's own class expression; ``unfolded`` are the names in it,
    ``demand_names`` those in the demand that did not come up before. ``nexus`` is the class of the flows of which the law of a
    norm speaks at all; ``articles`` are the provisions of an instrument. ``verified`` says in sentences how far the thing was
    verified, ``sources`` what was read for it.
    """

    iri: str
    name: str
    title: str
    other_title: str
    kinds: list[Shown]
    identifier: str
    definition: str
    rows: list[Row]
    reversed: list[Row]
    verified: list[str] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    logic: Definition | None = None
    nexus: Definition | None = None
    unfolded: list[Definition] = field(default_factory=list)
    demand: Demand | None = None
    demand_names: list[Definition] = field(default_factory=list)
    norm: NormParts | None = None
    conflict: ConflictParts | None = None
    articles: list[Article] = field(default_factory=list)


class Pages:
    """Reads things out of ``store`` for the pages and for the command line."""

    def __init__(self, store: Store, terms: Terms) -> None:
        self._store, self._terms = store, terms
        notation = Notation(terms)
        self._presenter = Presenter(terms, notation)
        self._definitions = Definitions(store, terms, notation, self._presenter)
        self._demands = Demands(store, terms, notation, self._presenter)
        self._norms = Norms(store, terms, self._presenter)
        self._conflicts = Conflicts(store, terms, self._presenter, self._norms)

    def thing(self, iri: str, lang: str, *, deep: bool = False) -> Thing:
        """Return what is told of ``iri``. The caller has made sure that the graph knows it. ``deep`` unfolds the names of the
        situation and of the demand all the way down, not only those named at once."""
        tree = read(self._store, NamedNode(iri))
        terms = self._terms
        other = "zh" if lang == "en" else "en"
        title, other_title = terms.label(iri, lang), terms.label(iri, other)
        is_norm, is_conflict = NS + "concerns" in tree.properties, NS + "firstSide" in tree.properties
        parts = articles(self._store, terms, self._presenter, iri, lang)
        page = Thing(
            iri=iri,
            name=terms.short(iri),
            title=title,
            other_title=other_title if other_title != title else "",
            kinds=[self._presenter.link(kind, lang) for kind in tree.iris(RDF + "type") if kind.startswith(NS) and kind not in WIDE_KINDS],
            identifier=next(iter(tree.texts(DCTERMS + "identifier").values()), ""),
            definition=self._presenter.text(tree, (SKOS + "definition", SH + "description"), lang),
            rows=self._rows(tree, lang, is_norm, TOLD_HERE if is_conflict else set()),
            reversed=self._reversed(iri, lang, SHOWN_ELSEWHERE if is_norm else {ELI + "is_part_of"} if parts else set()),
            verified=sentences(tree, lang),
            sources=sources(tree, lang, self._presenter),
            norm=self._norms.parts(tree, lang) if is_norm else None,
            conflict=self._conflicts.parts(tree, lang) if is_conflict else None,
            articles=parts,
        )
        self._add_logic(page, tree, lang, deep)
        return page

    def _add_logic(self, page: Thing, tree: Tree, lang: str, deep: bool) -> None:
        for situation in tree.iris(NS + "appliesWhen"):
            page.logic = self._definitions.of(situation, lang)
        if page.logic and (nexus := self._norms.nexus(tree)):
            page.nexus = self._definitions.of(nexus, lang)
        if page.logic is None and OWL + "equivalentClass" in tree.properties:
            page.logic = self._definitions.of(page.iri, lang)
            page.reversed = [*self._definitions.users(page.iri, lang), *page.reversed]
        elif page.norm is None and NamedNode(OWL + "Class") in tree.properties.get(RDF + "type", ()):
            page.reversed = [*self._definitions.users(page.iri, lang), *page.reversed]
        for shape in tree.iris(NS + "demands"):
            page.demand = self._demands.of(shape, lang)
        if NamedNode(SH + "NodeShape") in tree.properties.get(RDF + "type", ()):
            page.demand = self._demands.of(page.iri, lang)
        seen = {page.iri}
        if page.logic:
            seen.add(page.logic.iri)
            page.unfolded = self._definitions.unfold(page.logic.tokens, lang, deep=deep, seen=seen)
        if page.demand:
            named = [token for part in page.demand.parts for token in part.tokens]
            page.demand_names = self._definitions.unfold(named, lang, deep=deep, seen=seen)

    def _rows(self, tree: Tree, lang: str, is_norm: bool, elsewhere: set[str]) -> list[Row]:
        listed = [prop for prop in tree.properties if prop not in _NOT_LISTED | elsewhere and (prop in FACTS or not is_norm)]
        order = {prop: rank for rank, prop in enumerate(FACTS)} if is_norm else _RANK
        listed.sort(key=lambda prop: (order.get(prop, len(order)), prop))
        return [self._presenter.row(prop, tree.properties[prop], lang) for prop in listed]

    def _reversed(self, iri: str, lang: str, shown: set[str]) -> list[Row]:
        found: dict[str, set[str]] = {}
        for quad in self._store.quads_for_pattern(None, None, NamedNode(iri), None):
            if isinstance(quad.subject, NamedNode) and quad.predicate.value not in _NOT_REVERSED | shown:
                found.setdefault(quad.predicate.value, set()).add(quad.subject.value)
        rows = []
        if stated := self._stated_in(found.get(ELI + "is_part_of", set())):
            rows.append(self._presenter.links(WORDS["norms"][lang], None, stated, lang))
        for prop in sorted(found, key=lambda p: (p not in REVERSED, p)):
            heading = REVERSED[prop][lang] if prop in REVERSED else f"← {self._terms.label(prop, lang)}"
            rows.append(self._presenter.links(heading, self._presenter.property_href(prop), sorted(found[prop], key=natural), lang))
        return rows

    def _stated_in(self, provisions: set[str]) -> list[str]:
        """Return the norms that ``provisions`` state, in the order of the provisions."""
        norms: dict[str, None] = {}
        for provision in sorted(provisions, key=natural):
            for quad in self._store.quads_for_pattern(None, NamedNode(NS + "statedIn"), NamedNode(provision), None):
                if isinstance(quad.subject, NamedNode) and self._terms.has(quad.subject.value, NS + "concerns"):
                    norms[quad.subject.value] = None
        return list(norms)
