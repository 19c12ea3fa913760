"""What a stranger's query may do: read the graphs of this dataset, and nothing else.

The text is parsed before anything runs. Federation (``SERVICE``), updates and graphs from outside the dataset are refused by what
they are in the grammar, not by how they are spelt: a comment, a string or an IRI may hold any of those words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urljoin

from comity.sparql import refusals
from comity.sparql.parser import parse
from comity.sparql.refusals import Refused
from comity.sparql.tokens import QuerySyntaxError, Token, tokenize, unescape, without_comments

_FORMS = {"SelectQuery": "select", "AskQuery": "ask", "ConstructQuery": "construct", "DescribeQuery": "describe"}
_WANTED = {*_FORMS, "BaseDecl", "PrefixDecl", "DefaultGraphClause", "NamedGraphClause", "ServiceGraphPattern"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_PROLOGUE = {"BASE", "PREFIX", "IRIREF", "PNAME_NS"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NEAREST = 3
# Each relative BASE lengthens the base, and all that follows is joined to it.
_LONGEST_JOINED = 4096


@dataclass(frozen=True)
class Query:
    """A query that may run.

    ``form`` is ``select``, ``ask``, ``construct`` or ``describe``. ``default_graphs`` and ``named_graphs`` are the dataset that the
    request or the query asks for, both ``None`` where neither does. ``prefixes`` are the query's own, to write its result with.
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
    """Read ``text`` and say what it asks for, or raise :class:`Refused` with the reason.

    ``graphs`` are the named graphs of the dataset. ``default_graphs`` and ``named_graphs`` come from the protocol's parameters and, as
    the protocol demands, replace the query's own ``FROM``; both are checked. Relative IRIs are read against ``base_iri``.
    """
    try:
        nodes = parse(text, _WANTED)
    except QuerySyntaxError as error:
        if _is_update(text):
            raise refusals.update() from None
        raise refusals.malformed(str(error), line=error.line, column=error.column) from None
    base, prefixes = base_iri, {}
    own: dict[str, list[str]] = {"DefaultGraphClause": [], "NamedGraphClause": []}
    form = ""
    for node in nodes:
        if node.rule == "ServiceGraphPattern":
            raise refusals.federation(text.count("\n", 0, node.tokens[0].start) + 1)
        if node.rule == "BaseDecl":
            base = _absolute(base, _iri(node.tokens[1]))
        elif node.rule == "PrefixDecl":
            prefixes[node.tokens[1].text[:-1]] = _absolute(base, _iri(node.tokens[2]))
        elif node.rule in own:
            own[node.rule].append(_resolve(node.tokens[-1], base, prefixes))
        elif node.rule in _FORMS:
            form = _FORMS[node.rule]
    given = [_absolute(base_iri, graph) for graph in default_graphs], [_absolute(base_iri, graph) for graph in named_graphs]
    asked = own["DefaultGraphClause"], own["NamedGraphClause"]
    for graph in (*given[0], *given[1], *asked[0], *asked[1]):
        if graph not in graphs:
            raise _outside(graph, graphs)
    default, named = given if any(given) else asked
    stated = bool(default or named)
    return Query(
        without_comments(text),
        form,
        tuple(dict.fromkeys(default)) if stated else None,
        tuple(dict.fromkeys(named)) if stated else None,
        prefixes,
    )


def _is_update(text: str) -> bool:
    """Whether the first word after the prologue begins an update; a text that has no words is none."""
    try:
        words = tokenize(text)
    except QuerySyntaxError:
        return False
    return next((word.kind for word in words if word.kind not in _PROLOGUE), "") in _UPDATES


def _iri(token: Token) -> str:
    try:
        return unescape(token.text[1:-1])
    except ValueError:
        raise refusals.malformed(f"{token.text[:80]} escapes a character that does not exist.") from None


def _absolute(base: str, iri: str) -> str:
    """``iri`` itself where it has a scheme, else joined to ``base``, with the empty fragment that ``urljoin`` would drop.

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
    """The IRI that ``token`` writes, in full or by a prefix."""
    if token.kind == "IRIREF":
        return _absolute(base, _iri(token))
    prefix, _, local = token.text.partition(":")
    if prefix not in prefixes:
        raise refusals.malformed(f"The prefix {prefix!r} is not declared; add PREFIX {prefix}: <…> at the top of the query.")
    return prefixes[prefix] + local.replace("\\", "")


def _outside(graph: str, graphs: Collection[str]) -> Refused:
    shown = graph.encode("utf-8", "replace").decode()[:200]
    return refusals.unknown_graph(shown, get_close_matches(shown, graphs, _NEAREST))
