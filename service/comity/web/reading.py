"""A norm's second reading as its page shows it: each element of the text beside what holds it, or why it is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Store

from comity.iris import DCTERMS, NS, PROV
from comity.web.shown import Presenter, Shown, natural
from comity.web.tree import Tree, read
from comity.web.words import WORDS

#: How a reading points to its norm and an element to what holds it; a page shows them from the norm only.
READING_OF, HELD_BY = NS + "readingOf", NS + "heldBy"


@dataclass(slots=True)
class ElementLine:
    """One element of a provision, what holds it, and why it is left out where nothing does."""

    says: str
    held: list[Shown]
    left: str


@dataclass(slots=True)
class SecondReading:
    """The reading of a norm: a sentence on when and in what it was read, the text, whether it is stale, the elements."""

    made: str
    edition: Shown
    read_in: str
    stale: bool
    elements: list[ElementLine]


def second_reading(store: Store, presenter: Presenter, norm: str, lang: str) -> SecondReading | None:
    """Return the reading of the norm in ``lang``, None where it has none."""
    found = [quad.subject for quad in store.quads_for_pattern(None, NamedNode(READING_OF), NamedNode(norm), None)]
    named = sorted((term for term in found if isinstance(term, NamedNode)), key=lambda term: term.value)
    return _reading(store, presenter, read(store, named[0]), lang) if named else None


def _reading(store: Store, presenter: Presenter, tree: Tree, lang: str) -> SecondReading:
    day = _first(tree, PROV + "generatedAtTime")[:10]
    how = next(iter(tree.iris(NS + "readAs"))).removeprefix(NS + "read-")
    address = next(iter(tree.iris(DCTERMS + "source")), None)
    elements = [read(store, NamedNode(iri)) for iri in sorted(tree.iris(NS + "element"), key=natural)]
    return SecondReading(
        made=WORDS[f"second_reading_{how}"][lang].format(day=day),
        edition=Shown(_first(tree, NS + "edition"), address, outside=True),
        read_in=_first(tree, NS + "readIn"),
        stale=_first(tree, NS + "currentReading") == "false",
        elements=[_element(element, presenter, lang) for element in elements],
    )


def _element(tree: Tree, presenter: Presenter, lang: str) -> ElementLine:
    said = presenter.text(tree, (NS + "says",), lang)
    return ElementLine(
        said, [_holder(value, presenter, lang) for value in tree.properties.get(HELD_BY, [])], presenter.text(tree, (NS + "leftOut",), lang)
    )


def _holder(value: object, presenter: Presenter, lang: str) -> Shown:
    if isinstance(value, NamedNode):
        return replace(presenter.link(value.value, lang), name=presenter.name(value.value))
    name = value.value if isinstance(value, Literal) else ""
    return Shown(WORDS[f"holder_{name}"][lang] if f"holder_{name}" in WORDS else name)


def _first(tree: Tree, prop: str) -> str:
    return min((value.value for value in tree.properties.get(prop, ()) if isinstance(value, Literal)), default="")
