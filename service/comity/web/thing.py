"""What the page of one thing shows: its names, its statements, its logic, and what points to it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Store

from comity.web.expression import Notation, Tokens
from comity.web.terms import Terms
from comity.web.tree import DCTERMS, ELI, FOAF, OWL, RDF, RDFS, SH, SKOS, XSD, C, Tree, Value, read
from comity.web.words import REVERSED, WORDS

_MOST_LINKS = 200
# What the head of the page shows, and what is of use to machines only.
_NOT_LISTED = {
    RDF + "type", SKOS + "prefLabel", SKOS + "definition", RDFS + "label", DCTERMS + "identifier", OWL + "equivalentClass",
    C + "appliesWhen", C + "demands", SH + "property", SH + "or", SH + "and", SH + "not", SH + "node", SH + "name", SH + "description",
}  # fmt: skip
# Classes that the build makes for its own use; they repeat what the page shows.
_NOT_REVERSED = {C + "effectOfNorm"}
_FIRST = (
    C + "recogniser", C + "recognised", C + "recognitionKind", C + "member", C + "inBody", C + "betweenNorm", C + "onAct", C + "witness",
    C + "statedIn", ELI + "is_part_of", DCTERMS + "title", C + "concerns", C + "bearer", C + "exceptionTo", C + "yieldsTo", C + "replaces",
    ELI + "date_applicability", ELI + "first_date_entry_in_force", ELI + "date_no_longer_in_force",
)  # fmt: skip
_RANK = {iri: rank for rank, iri in enumerate(_FIRST)}


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as a page prints it; ``outside`` marks a link that leaves the service."""

    text: str
    href: str | None = None
    lang: str | None = None
    outside: bool = False
    tokens: tuple = ()
    page: str | None = None
    until: str | None = None
    json: bool = False


@dataclass(slots=True)
class Row:
    """A property with its values; ``hidden`` counts those left out of a long list."""

    label: str
    href: str | None
    values: list[Shown]
    hidden: int = 0


@dataclass(slots=True)
class Alternative:
    """One way to meet a demand."""

    label: str
    tokens: Tokens


@dataclass(slots=True)
class Thing:
    """The page of one thing in one language."""

    iri: str
    title: str
    other_title: str
    kinds: list[Shown]
    identifier: str
    definition: str
    rows: list[Row]
    reversed: list[Row]
    situation: Shown | None = None
    situation_definition: str = ""
    expression: Tokens = field(default_factory=list)
    demand: Shown | None = None
    demand_tokens: Tokens = field(default_factory=list)
    alternatives: list[Alternative] = field(default_factory=list)


class Pages:
    """Reads things out of ``store`` for the pages."""

    def __init__(self, store: Store, terms: Terms) -> None:
        self._store, self._terms = store, terms
        self._notation = Notation(terms)

    def thing(self, iri: str, lang: str) -> Thing:
        """The page of ``iri``. The caller has made sure that the graph knows it."""
        tree = read(self._store, NamedNode(iri))
        terms = self._terms
        other = "zh" if lang == "en" else "en"
        title, other_title = terms.label(iri, lang), terms.label(iri, other)
        page = Thing(
            iri=iri,
            title=title,
            other_title=other_title if other_title != title else "",
            kinds=[self._shown(NamedNode(kind), lang) for kind in tree.iris(RDF + "type") if kind.startswith(C)],
            identifier=next(iter(tree.texts(DCTERMS + "identifier").values()), ""),
            definition=_in(tree.texts(SKOS + "definition") or tree.texts(SH + "description"), lang),
            rows=self._rows(tree, lang),
            reversed=self._reversed(iri, lang),
        )
        self._add_logic(page, tree, lang)
        return page

    def _add_logic(self, page: Thing, tree: Tree, lang: str) -> None:
        for situation in tree.iris(C + "appliesWhen"):
            inner = read(self._store, NamedNode(situation))
            page.situation = Shown(self._terms.short(situation), self._terms.href(situation))
            page.situation_definition = _in(inner.texts(SKOS + "definition"), lang)
            page.expression = self._defined_as(inner)
        if not page.expression:
            page.expression = self._defined_as(tree)
        for shape in tree.iris(C + "demands"):
            page.demand = Shown(self._terms.short(shape), self._terms.href(shape))
            self._add_demand(page, read(self._store, NamedNode(shape)), lang)
        if NamedNode(SH + "NodeShape") in tree.properties.get(RDF + "type", ()):
            self._add_demand(page, tree, lang)

    def _add_demand(self, page: Thing, shape: Tree, lang: str) -> None:
        for members in shape.properties.get(SH + "or", ()):
            if isinstance(members, tuple) and len(shape.properties.get(SH + "property", ())) == 0:
                trees = [m if isinstance(m, Tree) else read(self._store, m) for m in members if isinstance(m, Tree | NamedNode)]
                page.alternatives = [Alternative(_in(m.texts(SH + "name"), lang), self._notation.shape(m)) for m in trees]
                return
        page.demand_tokens = self._notation.shape(shape)

    def _defined_as(self, tree: Tree) -> Tokens:
        for expression in tree.properties.get(OWL + "equivalentClass", ()):
            return self._notation.owl(expression)
        return []

    def _rows(self, tree: Tree, lang: str) -> list[Row]:
        rows = []
        for prop in sorted(tree.properties, key=lambda iri: (_RANK.get(iri, len(_RANK)), iri)):
            if prop in _NOT_LISTED:
                continue
            values = _preferred(tree.properties[prop], lang)
            shown = [self._shown(value, lang) for value in values[:_MOST_LINKS]]
            rows.append(Row(self._terms.label(prop, lang), self._property_href(prop), shown, max(0, len(values) - _MOST_LINKS)))
        return rows

    def _property_href(self, prop: str) -> str | None:
        return self._terms.href(prop) if prop.startswith(C) else None

    def _reversed(self, iri: str, lang: str) -> list[Row]:
        found: dict[str, set[str]] = {}
        for quad in self._store.quads_for_pattern(None, None, NamedNode(iri), None):
            if isinstance(quad.subject, NamedNode) and quad.predicate.value not in _NOT_REVERSED:
                found.setdefault(quad.predicate.value, set()).add(quad.subject.value)
        rows = []
        if stated := self._stated_in(found.get(ELI + "is_part_of", set())):
            rows.append(Row(WORDS["norms"][lang], None, [self._shown(NamedNode(norm), lang) for norm in stated]))
        for prop in sorted(found, key=lambda p: (p not in REVERSED, p)):
            subjects = sorted(found[prop], key=natural)
            shown = [self._shown(NamedNode(subject), lang) for subject in subjects[:_MOST_LINKS]]
            heading = REVERSED[prop][lang] if prop in REVERSED else f"← {self._terms.label(prop, lang)}"
            rows.append(Row(heading, self._property_href(prop), shown, max(0, len(subjects) - _MOST_LINKS)))
        return rows

    def _stated_in(self, provisions: set[str]) -> list[str]:
        """The norms that ``provisions`` state, in the order of the provisions."""
        norms: dict[str, None] = {}
        for provision in sorted(provisions, key=natural):
            for quad in self._store.quads_for_pattern(None, NamedNode(C + "statedIn"), NamedNode(provision), None):
                if isinstance(quad.subject, NamedNode) and self._terms.first(quad.subject.value, C + "concerns"):
                    norms[quad.subject.value] = None
        return list(norms)

    def _shown(self, value: Value, lang: str) -> Shown:
        if isinstance(value, NamedNode):
            iri = value.value
            own = self._terms.is_known(iri)
            text = self._terms.label(iri, lang) if own else iri
            href = self._terms.href(iri)
            outside = bool(href and not href.startswith(f"{self._terms.root}/"))
            until = self._terms.first(iri, ELI + "date_no_longer_in_force")
            return Shown(text, href, outside=outside, page=_web(self._terms.first(iri, FOAF + "page")), until=until)
        if isinstance(value, Literal):
            if value.datatype.value == XSD + "boolean":
                return Shown(WORDS["yes" if value.value in ("true", "1") else "no"][lang])
            if value.datatype.value == RDF + "JSON":
                return Shown(json.dumps(json.loads(value.value), ensure_ascii=False, indent=2), json=True)
            other = value.language if value.language and value.language != lang else None
            return Shown(value.value, _web(value.value), other, outside=True)
        if isinstance(value, tuple):
            return Shown(", ".join(self._shown(item, lang).text for item in value))
        return Shown("", tokens=tuple(self._notation.owl(value)))


def natural(iri: str) -> list[tuple[int, str]]:
    """A sort key that puts article 9 before article 38."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", iri)]


def _preferred(values: list[Value], lang: str) -> list[Value]:
    """``values`` without the texts in other languages where there is one in ``lang``."""
    if any(isinstance(v, Literal) and v.language == lang for v in values):
        values = [v for v in values if not (isinstance(v, Literal) and v.language and v.language != lang)]
    return sorted(values, key=lambda v: natural(v.value) if isinstance(v, NamedNode) else [])


def _in(texts: dict[str, str], lang: str) -> str:
    return texts.get(lang) or texts.get("en") or next(iter(texts.values()), "")


def _web(text: str | None) -> str | None:
    """``text`` if it is the address of a web page; nothing else may become a link."""
    return text if text and text.startswith(("https://", "http://")) and " " not in text else None
