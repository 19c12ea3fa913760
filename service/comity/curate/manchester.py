"""The small Manchester syntax in which a law's classes and demands are written.

``parse`` turns text such as ``exporter some (establishedIn some HomePlace)`` into a neutral tree. Nothing is looked up
here: what a key or a code means depends on where it stands, and `comity.curate.resolve` decides that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from comity.spelling import did_you_mean

DATATYPES = ("integer", "decimal", "dateTime", "boolean", "string")
QUANTIFIERS = ("some", "only", "value", "min", "max", "exactly")
KEYWORDS = frozenset(QUANTIFIERS) | {"and", "or", "not"}
COMPARISONS = (">=", "<=", ">", "<")

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<string>"[^"]*")
      | (?P<mark>>=|<=|[()\[\]{},<>])
      | (?P<word>[+-]?[A-Za-z0-9_](?:[A-Za-z0-9_.:/+-]*[A-Za-z0-9_])?)""",
    re.VERBOSE,
)


class ExpressionError(ValueError):
    """A fault in an expression: ``message`` is a sentence, ``at`` the offset, ``line`` and ``column`` count from 1."""

    def __init__(self, text: str, at: int, message: str) -> None:
        self.message, self.at = message, at
        self.line = text.count("\n", 0, at) + 1
        self.column = at - (text.rfind("\n", 0, at) + 1) + 1
        super().__init__(f"line {self.line}, column {self.column}: {message}")


@dataclass(frozen=True)
class Name:
    """A named class, such as ``PersonalData``."""

    name: str
    at: int = 0


@dataclass(frozen=True)
class Value:
    """A bare code, a number, ``true``/``false`` or a quoted reference (``quoted``)."""

    text: str
    quoted: bool = False
    at: int = 0


@dataclass(frozen=True)
class Values:
    """An enumeration, ``{a, b}``."""

    members: tuple[Value, ...]
    at: int = 0


@dataclass(frozen=True)
class Range:
    """A datatype with bounds, ``integer[>= 1, < 10]``; ``bounds`` holds (comparison, lexical form)."""

    datatype: str
    bounds: tuple[tuple[str, str], ...]
    at: int = 0


@dataclass(frozen=True)
class Restriction:
    """``key some X``, ``key min n X`` …: ``value`` is set for the form value; ``filler`` may lack for a cardinality."""

    key: str
    form: str
    filler: Node | None = None
    value: Value | None = None
    number: int | None = None
    at: int = 0


@dataclass(frozen=True)
class And:
    """``A and B``."""

    parts: tuple[Node, ...]
    at: int = 0


@dataclass(frozen=True)
class Or:
    """``A or B``."""

    parts: tuple[Node, ...]
    at: int = 0


@dataclass(frozen=True)
class Not:
    """``not A``."""

    part: Node
    at: int = 0


Node = Name | Values | Range | Restriction | And | Or | Not


def parse(text: str) -> Node:
    """Parse one expression; raises `ExpressionError` with the place, what was expected and the nearest word."""
    return _Parser(text).whole()


class _Parser:
    """Recursive descent, one token ahead."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if not found:
                raise ExpressionError(text, at, f"the character {text[at]!r} has no meaning here")
            if found.lastgroup != "space":
                self.tokens.append((str(found.lastgroup), found.group(), at))
            at = found.end()
        self.tokens.append(("end", "", len(text)))
        self.i = 0

    def error(self, expected: str, hint: str = "") -> ExpressionError:
        kind, word, at = self.tokens[self.i]
        found = "the expression ends" if kind == "end" else f"found `{word}`"
        return ExpressionError(self.text, at, f"expected {expected}, but {found}{hint}")

    @property
    def word(self) -> str:
        return self.tokens[self.i][1]

    @property
    def at(self) -> int:
        return self.tokens[self.i][2]

    def next(self) -> tuple[str, str, int]:
        token = self.tokens[self.i]
        self.i += 1
        return token

    def take(self, mark: str, expected: str | None = None) -> None:
        if self.word != mark:
            raise self.error(expected or f"`{mark}`")
        self.i += 1

    def whole(self) -> Node:
        if len(self.tokens) == 1:
            raise self.error("an expression")
        node = self.disjunction()
        if self.tokens[self.i][0] != "end":
            raise self.error("`and`, `or` or the end of the expression")
        return node

    def disjunction(self) -> Node:
        return self.series("or", Or, lambda: self.series("and", And, self.primary))

    def series(self, word: str, make: Callable[..., Node], operand: Callable[[], Node]) -> Node:
        at, parts = self.at, [operand()]
        while self.word == word:
            self.i += 1
            parts.append(operand())
        return parts[0] if len(parts) == 1 else make(tuple(parts), at)

    def primary(self) -> Node:
        kind, word, at = self.tokens[self.i]
        if word == "not":
            self.i += 1
            return Not(self.primary(), at)
        if word == "(":
            self.i += 1
            inner = self.disjunction()
            self.take(")", "`and`, `or` or `)`")
            return inner
        if word == "{":
            return self.enumeration()
        if kind != "word" or word in KEYWORDS or not word[0].isalpha():
            raise self.error("a class, a key, `not`, `(` or `{`")
        self.i += 1
        if self.word in QUANTIFIERS:
            return self.restriction(word, at)
        if word in DATATYPES:
            return self.range(word, at)
        if word[0].isupper():
            return Name(word, at)
        raise self.error(f"some, only, value, min, max or exactly after the key `{word}`", did_you_mean(self.word, QUANTIFIERS))

    def restriction(self, key: str, at: int) -> Node:
        form = self.next()[1]
        if form in ("some", "only"):
            return Restriction(key, form, self.primary(), at=at)
        if form == "value":
            return Restriction(key, form, value=self.literal(), at=at)
        if not self.word.isdigit():
            raise self.error(f"a whole number after `{form}`")
        number = int(self.next()[1])
        bare = self.tokens[self.i][0] == "end" or self.word in ("and", "or", ")")
        return Restriction(key, form, None if bare else self.primary(), number=number, at=at)

    def literal(self) -> Value:
        kind, word, at = self.tokens[self.i]
        if kind == "string":
            self.i += 1
            return Value(word[1:-1], True, at)
        if kind != "word" or word in KEYWORDS:
            raise self.error("a code, a number, true, false or a quoted reference")
        self.i += 1
        return Value(word, False, at)

    def enumeration(self) -> Node:
        at = self.next()[2]
        members = [self.literal()]
        while self.word == ",":
            self.i += 1
            members.append(self.literal())
        self.take("}", "`,` or `}`")
        return Values(tuple(members), at)

    def range(self, datatype: str, at: int) -> Node:
        bounds = []
        if self.word == "[":
            while self.word in ("[", ","):
                self.i += 1
                comparison = self.word
                if comparison not in COMPARISONS:
                    raise self.error("`>=`, `>`, `<=` or `<`")
                self.i += 1
                bounds.append((comparison, self.literal().text))
            self.take("]", "`,` or `]`")
        return Range(datatype, tuple(bounds), at)
