"""Values of the graph as a page or a terminal shows them: a text in one language, where it leads, and rows of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from comity.iris import DCTERMS, ELI, FOAF, IDS, NS, RDF, XSD
from comity.web.expression import Notation, Token
from comity.web.terms import Terms
from comity.web.tree import Tree, Value
from comity.web.words import WORDS

MOST_LINKS = 200
"""How many values of a long row are shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as it is printed; ``outside`` marks a link that leaves the service, ``page`` is the official page, ``name`` the
    identifier or short name of a thing in a list of things."""

    text: str
    href: str | None = None
    lang: str | None = None
    outside: bool = False
    tokens: tuple[Token, ...] = ()
    page: str | None = None
    until: str | None = None
    json: bool = False
    name: str = ""


@dataclass(slots=True)
class Row:
    """A property with its values; ``hidden`` counts those left out of a long list."""

    label: str
    href: str | None
    values: list[Shown]
    hidden: int = 0


class Presenter:
    """Turns values and properties into what is shown, with the names that ``terms`` gives."""

    def __init__(self, terms: Terms, notation: Notation) -> None:
        self._terms, self._notation = terms, notation

    def value(self, value: Value, lang: str) -> Shown:
        """Return one value in ``lang``."""
        if isinstance(value, NamedNode):
            return self.link(value.value, lang)
        if isinstance(value, Literal):
            if value.datatype.value == XSD + "boolean":
                return Shown(WORDS["yes" if value.value in ("true", "1") else "no"][lang])
            if value.datatype.value == RDF + "JSON":
                return Shown(json.dumps(json.loads(value.value), ensure_ascii=False, indent=2), json=True)
            other = value.language if value.language and value.language != lang else None
            return Shown(value.value, _web(value.value), other, outside=True)
        if isinstance(value, tuple):
            return Shown(", ".join(self.value(item, lang).text for item in value))
        return Shown("", tokens=tuple(self._notation.owl(value)))

    def link(self, iri: str, lang: str) -> Shown:
        """Return the thing ``iri`` by its label, with its official page and its last day where it has them."""
        text = self._terms.label(iri, lang) if self._terms.is_known(iri) else iri
        href = self._terms.href(iri)
        outside = bool(href and not href.startswith(f"{self._terms.root}/"))
        until = self._terms.first(iri, ELI + "date_no_longer_in_force")
        return Shown(text, href, outside=outside, page=_web(self._terms.first(iri, FOAF + "page")), until=until)

    def links(self, label: str, href: str | None, iris: list[str], lang: str) -> Row:
        """Return a row of the things ``iris``, cut where it grows too long."""
        named = [replace(self.link(iri, lang), name=self.name(iri)) for iri in iris[:MOST_LINKS]]
        return Row(label, href, named, max(0, len(iris) - MOST_LINKS))

    def name(self, iri: str) -> str:
        """Return what people call ``iri``: the identifier of a norm and the like, else the short name."""
        own = iri.startswith(IDS) and self._terms.first(iri, DCTERMS + "identifier")
        return own or self._terms.short(iri)

    def row(self, prop: str, values: list[Value], lang: str) -> Row:
        """Return the row of the property ``prop`` with its ``values``."""
        kept = preferred(values, lang)
        shown = [self.value(value, lang) for value in kept[:MOST_LINKS]]
        return Row(self._terms.label(prop, lang), self.property_href(prop), shown, max(0, len(kept) - MOST_LINKS))

    def cited(self, prop: str, citations: list[tuple[str, str | None]], lang: str) -> Row:
        """Return the row of ``prop`` with citations, each its words and the address where it can be read."""
        shown = [Shown(words, _web(address), outside=True) for words, address in citations]
        return Row(self._terms.label(prop, lang), self.property_href(prop), shown)

    def property_href(self, prop: str) -> str | None:
        """Return where the property is described, for the words of this graph."""
        return self._terms.href(prop) if prop.startswith(NS) else None

    def text(self, tree: Tree, props: tuple[str, ...], lang: str) -> str:
        """Return the text under the first of ``props`` that ``tree`` has, in ``lang`` where there is one, else in another language."""
        for prop in props:
            if texts := tree.texts(prop):
                return texts.get(lang) or texts.get("en") or next(iter(texts.values()))
        return ""


def natural(iri: str) -> list[tuple[int, str]]:
    """Return a sort key that puts article 9 before article 38."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", iri)]


def preferred(values: list[Value], lang: str) -> list[Value]:
    """Return ``values`` without the texts in other languages where there is one in ``lang``."""
    if any(isinstance(v, Literal) and v.language == lang for v in values):
        values = [v for v in values if not (isinstance(v, Literal) and v.language and v.language != lang)]
    return sorted(values, key=lambda v: natural(v.value) if isinstance(v, NamedNode) else [])


def _web(text: str | None) -> str | None:
    """Return ``text`` if it is the address of a web page; nothing else may become a link."""
    return text if text and text.startswith(("https://", "http://")) and " " not in text else None
