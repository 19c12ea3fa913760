"""What in a query may have kept rows away without being an error: words that the graph does not have, dates that cannot be compared."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

import pyoxigraph as ox

from comity.iris import IDS, NS, RDF
from comity.sparql.guard import Query
from comity.sparql.tokens import Token, tokenize
from comity.spelling import nearest

__all__ = ["Hint", "hints"]

Hint = dict[str, str]
"""A sentence in English (``en``) and Chinese (``zh``)."""

# The dates that the law states, some of which are known to the month or the year only; c:earliest and c:latest are days.
_STATED = re.compile(r"(?:date_|first_date_|issued$|signatureOn$)")
_COMPARISONS = ("<", ">", "<=", ">=")
_MOST = 8


def hints(store: ox.Store, query: Query, words: Collection[str] | None = None) -> list[Hint]:
    """Return what may be amiss in a query that ran; the nearest is sought among the IRIs ``words``, by default all of the store."""
    tokens = tokenize(query.text)
    return [*_unknown(store, query, tokens, words), *_dates(tokens)][:_MOST]


def _unknown(store: ox.Store, query: Query, tokens: list[Token], words: Collection[str] | None) -> Iterator[Hint]:
    """Tell of the words and things of this graph that it does not have."""
    missing = [(text, iri) for text, iri in _named(query, tokens).items() if iri.startswith((NS, IDS)) and not _is_known(store, iri)]
    if not missing:
        return
    known = list(words) if words is not None else _all_of(store)
    for text, iri in missing:
        base = NS if iri.startswith(NS) else IDS
        near = nearest(iri[len(base) :], [word[len(base) :] for word in known if word.startswith(base)])
        prefix = text[: -len(iri[len(base) :])] if text.endswith(iri[len(base) :]) else ""
        named = ", ".join(prefix + name for name in near)
        yield {
            "en": f"The graph has nothing called {text}." + (f" Nearest: {named}." if near else ""),
            "zh": f"图谱中没有 {text}。" + (f"最接近的：{named}。" if near else ""),
        }


def _named(query: Query, tokens: list[Token]) -> dict[str, str]:
    """Return the IRIs that the query writes, by how it writes them; names of graphs and prefixes are none."""
    found: dict[str, str] = {}
    for number, token in enumerate(tokens):
        before = tokens[number - 1].kind if number else ""
        if token.kind == "PNAME_LN":
            prefix, _, local = token.text.partition(":")
            found[token.text] = query.prefixes.get(prefix, "") + local.replace("\\", "")
        elif token.kind == "IRIREF" and before not in ("PNAME_NS", "BASE", "FROM", "NAMED", "GRAPH"):
            found[token.text] = token.text[1:-1]
    return found


def _is_known(store: ox.Store, iri: str) -> bool:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return True  # no IRI: the store has told so itself
    found = (
        store.quads_for_pattern(node, None, None, None),
        store.quads_for_pattern(None, node, None, None),
        store.quads_for_pattern(None, None, node, None),
    )
    return any(next(quads, None) is not None for quads in found)


def _all_of(store: ox.Store) -> list[str]:
    quads = store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), None, None)
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return sorted(iri for iri in subjects if iri.startswith((NS, IDS)))


def _dates(tokens: list[Token]) -> Iterator[Hint]:
    """Tell of stated dates that are compared: one known to the month or the year compares with no day, and its row is lost."""
    stated = {
        after.text[1:]: word.text
        for word, after in pairwise(tokens)
        if after.kind == "VAR" and word.kind == "PNAME_LN" and _STATED.match(word.text.partition(":")[2])
    }
    compared = {
        side.text[1:]
        for number, token in enumerate(tokens)
        if token.kind in _COMPARISONS
        for side in (*tokens[number - 1 : number], *tokens[number + 1 : number + 2])
        if side.kind == "VAR"
    }
    for variable in sorted(stated.keys() & compared):
        yield {
            "en": f"?{variable} is compared, and {stated[variable]} may be known to the month or the year only: such a row drops out. "
            "Compare c:earliest and c:latest, which are days.",
            "zh": f"查询比较了 ?{variable}，而 {stated[variable]} 可能仅知年月或年份，此类行会被漏掉。"
            "请比较 c:earliest 与 c:latest，二者均精确到日。",
        }
