"""What a stranger's query may do: read the graphs of this dataset, and nothing else.

The words of the text are looked at before anything runs, so that federation (``SERVICE``), updates and graphs from outside the
dataset are refused wherever they stand, while a comment, a string or an IRI may hold any of those words. Whether the words make a
query is left to the store, which reads some that are written together ("trueSERVICE") as two; a word that is none of SPARQL is
therefore refused as well. The processes that run queries have no way out of the machine even so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urljoin

from comity.iris import PREFIXES
from comity.sparql import refusals
from comity.sparql.refusals import Refused
from comity.sparql.tokens import KEYWORDS, QuerySyntaxError, Token, tokenize, unescape, without_comments
from comity.spelling import nearest

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_NAMES = ("IRIREF", "PNAME_LN", "PNAME_NS")
_OPENING, _CLOSING = ("{", "(", "["), ("}", ")", "]")
MAX_DEPTH = 200
"""How deep brackets may be nested: the store reads one within the other by recursion."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NEAREST = 3
# Each relative BASE lengthens the base, and all that follows is joined to it.
_LONGEST_JOINED = 4096


@dataclass(frozen=True)
class Query:
    """A query that may run.

    ``form`` is ``select``, ``ask``, ``construct`` or ``describe``. ``default_graphs`` and ``named_graphs`` are the dataset that the
    request or the query asks for, both ``None`` where neither does. ``prefixes`` are the query's own, and those of the project that it uses
    without declaring them.
    """

    text: str
    form: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    prefixes: dict[str, str]


def inspect(
    text: str,
    graphs: Collection[str],
    *,
    base_iri: str,
    default_graphs: Iterable[str] = (),
    named_graphs: Iterable[str] = (),
) -> Query:
    """Say what ``text`` asks for, or raise :class:`Refused` with the reason.

    ``graphs`` are the named graphs of the dataset. ``default_graphs`` and ``named_graphs`` come from the protocol's parameters and, as
    the protocol demands, replace the query's own ``FROM``; both are checked. Relative IRIs are read against ``base_iri``.
    """
    try:
        tokens = tokenize(text)
        base, prefixes, start = _prologue(tokens, base_iri)
        prefixes |= _assumed(tokens, prefixes)
        form = tokens[start].kind if start < len(tokens) else ""
        if form in _UPDATES:
            raise refusals.update()
        _check_words(text, tokens)
        if form not in _FORMS:
            offset = tokens[start].start if start < len(tokens) else len(text)
            raise QuerySyntaxError(f"A query begins with {', '.join(_FORMS)}, after BASE and PREFIX", text, offset)
        _check_prefixes(text, tokens, prefixes)
    except QuerySyntaxError as error:
        raise refusals.malformed(str(error), line=error.line, column=error.column) from None
    asked: tuple[list[str], list[str]] = ([], [])
    for number, token in enumerate(tokens):
        if token.kind == "FROM":
            is_named = _kind(tokens, number + 1) == "NAMED"
            if _kind(tokens, number + 1 + is_named) in _NAMES:
                asked[is_named].append(_resolve(tokens[number + 1 + is_named], base, prefixes))
    given = [_absolute(base_iri, graph) for graph in default_graphs], [_absolute(base_iri, graph) for graph in named_graphs]
    for graph in (*given[0], *given[1], *asked[0], *asked[1]):
        if graph not in graphs:
            raise _outside(graph, graphs)
    default, named = given if any(given) else asked
    stated = bool(default or named)
    return Query(
        without_comments(text),
        form.lower(),
        tuple(dict.fromkeys(default)) if stated else None,
        tuple(dict.fromkeys(named)) if stated else None,
        prefixes,
    )


def _prologue(tokens: list[Token], base_iri: str) -> tuple[str, dict[str, str], int]:
    """Return the base and the prefixes that hold in the query, and the number of the first word after their declarations."""
    base, prefixes, position = base_iri, dict[str, str](), 0
    while True:
        if _kind(tokens, position) == "BASE" and _kind(tokens, position + 1) == "IRIREF":
            base = _absolute(base, _iri(tokens[position + 1]))
            position += 2
        elif _kind(tokens, position) == "PREFIX" and [_kind(tokens, position + n) for n in (1, 2)] == ["PNAME_NS", "IRIREF"]:
            prefixes[tokens[position + 1].text[:-1]] = _absolute(base, _iri(tokens[position + 2]))
            position += 3
        else:
            return base, prefixes, position


def _assumed(tokens: list[Token], prefixes: dict[str, str]) -> dict[str, str]:
    """Return the prefixes of the project that the words use and the query does not declare."""
    used = {token.text.partition(":")[0] for token in tokens if token.kind in ("PNAME_LN", "PNAME_NS")}
    return {name: PREFIXES[name] for name in sorted(used & PREFIXES.keys() - prefixes.keys())}


def _check_prefixes(text: str, tokens: list[Token], prefixes: dict[str, str]) -> None:
    """Refuse a name whose prefix nobody has declared; PREFIX itself stands before a name that it declares."""
    for number, token in enumerate(tokens):
        if token.kind not in ("PNAME_LN", "PNAME_NS") or (number and tokens[number - 1].kind == "PREFIX"):
            continue
        prefix = token.text.partition(":")[0]
        if prefix not in prefixes:
            near = nearest(prefix, PREFIXES)
            meant = f", or write {' or '.join(f'{name}:' for name in near)}" if near else ""
            message = f"The prefix {prefix[:40]!r} is not declared; add PREFIX {prefix[:40]}: <…> at the top{meant}"
            raise QuerySyntaxError(message, text, token.start)


def _check_words(text: str, tokens: list[Token]) -> None:
    """Refuse federation, words that SPARQL does not have, and nesting deeper than the store's parser can go."""
    depth = 0
    for number, token in enumerate(tokens):
        if token.kind == "SERVICE":
            raise refusals.federation(text.count("\n", 0, token.start) + 1)
        if token.kind[0].isalpha() and token.text.upper() == token.kind.upper() and token.kind not in KEYWORDS:
            raise QuerySyntaxError(f"{token.text[:40]!r} is no word of SPARQL", text, token.start)
        if token.kind == "!" and _kind(tokens, number + 1) == "!":
            raise QuerySyntaxError("No '!' may follow another", text, token.start)
        depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        if depth > MAX_DEPTH:
            raise QuerySyntaxError(f"The query nests brackets deeper than {MAX_DEPTH} levels", text, token.start)


def _kind(tokens: list[Token], number: int) -> str:
    return tokens[number].kind if number < len(tokens) else ""


def _iri(token: Token) -> str:
    try:
        return unescape(token.text[1:-1])
    except ValueError:
        raise refusals.malformed(f"{token.text[:80]} escapes a character that does not exist.") from None


def _absolute(base: str, iri: str) -> str:
    """Return ``iri`` itself where it has a scheme, else joined to ``base``, with the empty fragment that ``urljoin`` would drop.

    Raises :class:`Refused` for what is no IRI, and for one that joining makes longer than ``_LONGEST_JOINED`` characters.
    """
    if _SCHEME.match(iri):
        return iri
    try:
        joined = urljoin(base, iri) + "#" * iri.endswith("#")
    except ValueError:  # "//[" is no authority
        raise refusals.malformed(f"<{iri[:80]}> is not an IRI.") from None
    if len(joined) > _LONGEST_JOINED:
        text = f"<{iri[:80]}> joined to its base is longer than {_LONGEST_JOINED} characters; shorten the BASE, or write the IRI in full."
        raise refusals.malformed(text)
    return joined


def _resolve(token: Token, base: str, prefixes: dict[str, str]) -> str:
    """Return the IRI that ``token`` writes, in full or by a prefix."""
    if token.kind == "IRIREF":
        return _absolute(base, _iri(token))
    prefix, _, local = token.text.partition(":")
    if prefix not in prefixes:
        raise refusals.malformed(f"The prefix {prefix!r} is not declared; add PREFIX {prefix}: <…> at the top of the query.")
    return prefixes[prefix] + local.replace("\\", "")


def _outside(graph: str, graphs: Collection[str]) -> Refused:
    shown = graph.encode("utf-8", "replace").decode()[:200]
    return refusals.unknown_graph(shown, get_close_matches(shown, graphs, _NEAREST))
