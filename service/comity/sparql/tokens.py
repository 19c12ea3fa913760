"""The words of SPARQL: IRIs, names, strings, numbers, keywords and signs, each with its place in the text.

The terminals are those of SPARQL 1.1 Query, section 19.8. Unicode escapes are read where the store that runs the query reads
them, in strings and IRIs only. Outside of those a backslash-u is an error, so a keyword cannot be written in disguise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_BASE = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF"
    r"\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_START = _BASE + "_"
_REST = _START + r"0-9\u00B7\u0300-\u036F\u203F-\u2040-"
_PREFIX = rf"[{_BASE}](?:\.*+[{_REST}])*+"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_START}:0-9]|{_PLX})(?:\.*+(?:[{_REST}:]|{_PLX}))*+"
_CHAR = rf"""\\[tbnrf\\"']|{_ESCAPE}"""
_EXPONENT = r"[eE][+-]?[0-9]+"

# In the order in which they are tried; the longest comes first where two could begin alike.
_TERMINALS = {
    "SPACE": r"[ \t\r\n]+",
    "COMMENT": r"#[^\r\n]*",
    "IRIREF": rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_ESCAPE})*>",
    "STRING": (
        rf"'''(?:'{{0,2}}(?:[^'\\]|{_CHAR}))*'''"
        rf'|"""(?:"{{0,2}}(?:[^"\\]|{_CHAR}))*"""'
        rf"|'(?:[^'\\\r\n]|{_CHAR})*'"
        rf'|"(?:[^"\\\r\n]|{_CHAR})*"'
    ),
    "BLANK_NODE_LABEL": rf"_:[{_START}0-9](?:\.*+[{_REST}])*+",
    "PNAME_LN": rf"(?:{_PREFIX})?:{_LOCAL}",
    "PNAME_NS": rf"(?:{_PREFIX})?:",
    "VAR": rf"[?$][{_START}0-9](?:[{_START}0-9\u00B7\u0300-\u036F\u203F-\u2040])*",
    "LANGTAG": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*",
    "DOUBLE": rf"[0-9]+\.[0-9]*{_EXPONENT}|\.?[0-9]+{_EXPONENT}",
    "DECIMAL": r"[0-9]*\.[0-9]+",
    "INTEGER": r"[0-9]+",
    "NIL": r"\([ \t\r\n]*\)",
    "ANON": r"\[[ \t\r\n]*\]",
    "SIGN": r"\^\^|&&|\|\||!=|<=|>=|[=<>!+\-*/(){}\[\].,;|^?]",
    "WORD": r"[A-Za-z][A-Za-z0-9_]*",
}


def _any_of(terminals: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in terminals.items()))


_PATTERN = _any_of(_TERMINALS)
# The same where no prefix can begin.
_WITHOUT_PREFIX = _any_of({**_TERMINALS, "PNAME_LN": f":{_LOCAL}", "PNAME_NS": ":"})
_PREFIX_ALONE = re.compile(_PREFIX)
_KEYWORDS = """
BASE PREFIX SELECT CONSTRUCT DESCRIBE ASK DISTINCT REDUCED AS FROM NAMED WHERE GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET VALUES
UNDEF OPTIONAL GRAPH SERVICE SILENT BIND MINUS UNION FILTER EXISTS NOT IN a TRUE FALSE SEPARATOR
COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT BOUND BNODE CONCAT COALESCE SUBSTR REGEX REPLACE IF RAND NOW UUID STRUUID
STR LANG DATATYPE IRI URI ABS CEIL FLOOR ROUND STRLEN UCASE LCASE ENCODE_FOR_URI YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ
MD5 SHA1 SHA256 SHA384 SHA512 ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC
LANGMATCHES CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLANG STRDT SAMETERM
"""
KEYWORDS = frozenset(_KEYWORDS.split())
"""The keywords of SPARQL 1.1 Query, section 19.8, as :class:`Token` names them."""


class Token(NamedTuple):
    """One word: ``kind`` is the name of its terminal, or the sign or keyword itself in capitals; ``text`` as written."""

    kind: str
    text: str
    start: int


class QuerySyntaxError(Exception):
    """The text is not a SPARQL 1.1 query; the message names line and column."""

    def __init__(self, message: str, text: str, offset: int) -> None:
        self.line = text.count("\n", 0, offset) + 1
        self.column = offset - (text.rfind("\n", 0, offset) + 1) + 1
        super().__init__(f"{message} (line {self.line}, column {self.column}).")


def tokenize(text: str) -> list[Token]:
    """Return the words of ``text`` in order, without spaces and comments. Raises :class:`QuerySyntaxError` where none fits."""
    tokens: list[Token] = []
    for terminal, start, end in _words(text):
        if terminal in ("SPACE", "COMMENT"):
            continue
        kind, word = terminal, text[start:end]
        if kind == "SIGN":
            kind = word
        elif kind == "WORD":
            # `a` is the one keyword whose case counts.
            kind = "a" if word == "a" else word.upper()
        tokens.append(Token(kind, word, start))
    return tokens


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Terminal, beginning and end of each word, spaces and comments too, in time that grows with the length of ``text`` alone.

    What could be a prefix but has no colon at its end ("a.a.a") is other words. A prefix that begins later in the same run would
    have the same end, so none is looked for before it: else each of the words would read on to the end of the run.
    """
    offset = no_prefix_before = 0
    while offset < len(text):
        if offset >= no_prefix_before and (run := _PREFIX_ALONE.match(text, offset)) and not text.startswith(":", run.end()):
            no_prefix_before = run.end()
        match = (_WITHOUT_PREFIX if offset < no_prefix_before else _PATTERN).match(text, offset)
        if match is None:
            raise QuerySyntaxError(f"{text[offset : offset + 12]!r} does not begin any word of SPARQL", text, offset)
        yield str(match.lastgroup), offset, match.end()
        offset = match.end()


def without_comments(text: str) -> str:
    """Return ``text`` with every comment turned into spaces, so that line and column of all else stay the same.

    Raises :class:`QuerySyntaxError` where no word fits.
    """
    parts = (" " * (end - start) if kind == "COMMENT" else text[start:end] for kind, start, end in _words(text))
    return "".join(parts)


def unescape(word: str) -> str:
    """Return ``word`` with its ``\\uXXXX`` and ``\\UXXXXXXXX`` escapes read. Raises ``ValueError`` for one that names no character."""
    plain = re.sub(_ESCAPE, lambda match: chr(int(match.group()[2:], 16)), word)
    plain.encode()  # a lone surrogate is no character; UnicodeEncodeError is a ValueError
    return plain
