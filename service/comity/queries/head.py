"""The head of a query: what it asks in English and Chinese, and the values that it takes.

A query begins with comments. The first line is its question, the lines after it say what is counted and what is left out; lines that
begin with ``zh:`` say the same in Chinese. Each value that it takes has a line such as ``# bind place place open: the place | 地方``: the
variable, the vocabulary of its values (``date``, or a file of ``queries/values``), ``open`` where it may be left out so that the answer
is for all, and its meaning in both languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["DATE", "Head", "Parameter", "Words", "read_head"]

Words = dict[str, str]
"""A text by language, ``en`` and ``zh``."""

DATE = "date"
"""The vocabulary of days, written YYYY-MM-DD."""

_BIND = re.compile(r"bind (\w+) ([\w-]+)( open)?: *(.*)")
_CHINESE = "zh: "


@dataclass(frozen=True)
class Parameter:
    """A value that a query takes; one that is ``open`` may be left out, and the answer then has a column for it."""

    name: str
    vocabulary: str
    open: bool
    meaning: Words


@dataclass(frozen=True)
class Head:
    """What a query asks, what it counts and leaves out (``""`` where it says nothing), and what it takes."""

    text: Words
    notes: Words
    parameters: tuple[Parameter, ...]

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter called *name*."""
        return next((each for each in self.parameters if each.name == name), None)


def read_head(query: str) -> Head:
    """Return the head of a query; a text without comments has an empty one."""
    english: list[str] = []
    chinese: list[str] = []
    parameters: list[Parameter] = []
    for line in query.splitlines():
        if not line.startswith("#"):
            break
        told = line[1:].strip()
        if found := _BIND.fullmatch(told):
            name, vocabulary, left_open, meaning = found.groups()
            en, _, zh = (part.strip() for part in meaning.partition("|"))
            parameters.append(Parameter(name, vocabulary, bool(left_open), {"en": en, "zh": zh or en}))
        elif told.startswith(_CHINESE):
            chinese.append(told.removeprefix(_CHINESE))
        elif not re.match(r"expect\b", told):
            english.append(told)
    text = {"en": " ".join(english[:1]), "zh": "".join(chinese[:1])}
    return Head(text, {"en": " ".join(english[1:]), "zh": "".join(chinese[1:])}, tuple(parameters))
