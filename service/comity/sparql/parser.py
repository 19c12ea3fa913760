"""Reads a SPARQL 1.1 query by its grammar: one pass, no recursion, no backtracking, so time grows with the text alone."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from comity.sparql.grammar import END, query_table
from comity.sparql.tokens import QuerySyntaxError, Token, tokenize

MAX_DEPTH = 200
_EXPECTED_SHOWN = 12
_SPOKEN = {
    "VAR": "a variable",
    "IRIREF": "an IRI",
    "PNAME_LN": "an IRI",
    "PNAME_NS": "an IRI",
    "STRING": "a string",
    "BLANK_NODE_LABEL": "a blank node",
    "ANON": "a blank node",
    "NIL": "()",
    **{f"{kind}{sign}": "a number" for kind in ("INTEGER", "DECIMAL", "DOUBLE") for sign in ("", "_POSITIVE", "_NEGATIVE")},
}
_OPENING, _CLOSING = frozenset("{(["), frozenset("})]")


class Node(NamedTuple):
    """A part of the query that the rule ``rule`` of the grammar read, as its words."""

    rule: str
    tokens: list[Token]


def parse(text: str, wanted: Collection[str]) -> list[Node]:
    """The parts of the query ``text`` that were read by the rules named in ``wanted``, in the order in which they begin.

    Raises :class:`QuerySyntaxError`, with line and column, where ``text`` is not a SPARQL 1.1 query or nests brackets deeper than
    ``MAX_DEPTH``. What the standard says outside the grammar (the scope of blank nodes and variables) is left to the store.
    """
    table = query_table()
    tokens = tokenize(text)
    # What is still to be read, the next on top; an integer says that the part of that number ends here.
    agenda: list[str | int] = [END, "QueryUnit"]
    parts: list[tuple[str, int, int]] = []
    position = depth = 0
    while agenda:
        symbol = agenda.pop()
        if isinstance(symbol, int):
            rule, begin, _ = parts[symbol]
            parts[symbol] = (rule, begin, position)
            continue
        ahead = tokens[position].kind if position < len(tokens) else END
        row = table.get(symbol)
        if row is None:
            if symbol != ahead:
                raise _unexpected(text, tokens, position, [symbol])
            depth += (ahead in _OPENING) - (ahead in _CLOSING)
            if depth > MAX_DEPTH:
                raise QuerySyntaxError(f"The query nests brackets deeper than {MAX_DEPTH} levels", text, tokens[position].start)
            position += 1
        elif ahead not in row:
            raise _unexpected(text, tokens, position, list(row))
        else:
            if symbol in wanted:
                agenda.append(len(parts))
                parts.append((symbol, position, position))
            agenda.extend(reversed(row[ahead]))
    return [Node(rule, tokens[begin:end]) for rule, begin, end in parts]


def _unexpected(text: str, tokens: list[Token], position: int, expected: list[str]) -> QuerySyntaxError:
    names = sorted({_SPOKEN.get(name, name) for name in expected})
    shown = ", ".join(names[:_EXPECTED_SHOWN]) + (" or another word" if len(names) > _EXPECTED_SHOWN else "")
    if position >= len(tokens):
        return QuerySyntaxError(f"The query ends where it needs {shown}", text, len(text))
    found = tokens[position]
    return QuerySyntaxError(f"{found.text[:40]!r} stands where the query needs {shown}", text, found.start)
