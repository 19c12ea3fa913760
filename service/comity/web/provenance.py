"""How far an entry was verified, in plain words, from what the graph says that was read for it."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from comity.iris import NS
from comity.web.shown import Presenter, Row
from comity.web.tree import Tree
from comity.web.words import WORDS

VERIFIED_AGAINST, READ_IN_COPY, READ_IN_SECONDARY = NS + "verifiedAgainst", NS + "readInCopy", NS + "readInSecondary"
#: What was read, in the order in which a page shows it.
_SOURCES = (VERIFIED_AGAINST, READ_IN_COPY, READ_IN_SECONDARY)
_DAY, _PART, _STATUS = NS + "verifiedOn", NS + "unverifiedPart", NS + "reviewStatus"
#: Every property that `sentences` and `sources` tell; the page does not list them again.
TOLD = frozenset((*_SOURCES, _DAY, _PART, _STATUS))


def sentences(tree: Tree, lang: str) -> list[str]:
    """Return how far the thing of ``tree`` was verified, one sentence each; none for a thing that no source is asked of."""
    if not TOLD & tree.properties.keys():
        return []
    statuses = {status.removeprefix(NS + "review-") for status in tree.iris(_STATUS)}
    how = _how(tree, "unverified" in statuses)
    day = next(iter(tree.texts(_DAY).values()), "")
    told = [WORDS[how + "_on" if day and how != "read_not" else how][lang].format(day=day)]
    if "contested" in statuses:
        told.append(WORDS["read_contested"][lang])
    parts = tree.texts(_PART)
    if parts:
        told.append(WORDS["read_without"][lang].format(part=parts.get(lang) or next(iter(parts.values()))))
    return told


def sources(tree: Tree, lang: str, presenter: Presenter) -> list[Row]:
    """Return what was read for the thing of ``tree``; a citation is its words, with a link to its address."""
    rows = []
    for prop in _SOURCES:
        texts = sorted(value.value for value in tree.properties.get(prop, ()) if isinstance(value, Literal | NamedNode))
        cited = [(text, text) if prop == READ_IN_COPY else citation(text) for text in texts]
        if cited:
            rows.append(presenter.cited(prop, cited, lang))
    return rows


def citation(text: str) -> tuple[str, str | None]:
    """Return the words of a citation and the address at its end, None where it ends with none.

    >>> citation("Act on Data, text of 2020, https://example.org/act")
    ('Act on Data, text of 2020', 'https://example.org/act')
    """
    words, comma, last = text.rpartition(", ")
    return (words, last) if comma and last.startswith(("https://", "http://")) and " " not in last else (text, None)


def _how(tree: Tree, unverified: bool) -> str:
    if tree.properties.get(VERIFIED_AGAINST):
        if unverified:
            return "read_in_part"
        return "read_copy" if tree.properties.get(READ_IN_COPY) else "read_official"
    return "read_secondary" if tree.properties.get(READ_IN_SECONDARY) else "read_not"
