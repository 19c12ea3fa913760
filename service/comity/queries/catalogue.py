"""The catalogue of questions: every query of ``queries/competency`` with its text, what it takes, and its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from comity.queries.head import Head, read_head

__all__ = ["Question", "mentioning", "questions"]

_AS = re.compile(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))* AS \?(\w+)\)")


@dataclass(frozen=True)
class Question:
    """A question of the catalogue: its name, the text of its query, its head, and the variables of its rows."""

    name: str
    query: str
    head: Head
    columns: tuple[str, ...]

    @property
    def closed(self) -> tuple[str, ...]:
        """Return the names of the values that it cannot be asked without."""
        return tuple(each.name for each in self.head.parameters if not each.open)


@cache
def questions(root: Path) -> dict[str, Question]:
    """Return the questions below *root* by name, in the order of their names; none where it has no such folder."""
    found = {}
    for path in sorted((root / "queries" / "competency").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        found[path.stem] = Question(path.stem, text, read_head(text), _columns(text))
    return found


def mentioning(all_of_them: dict[str, Question], words: str) -> list[Question]:
    """Return the questions whose name, text, notes or parameters contain every one of *words*, case aside."""
    wanted = words.casefold().split()
    return [question for question in all_of_them.values() if all(word in _haystack(question) for word in wanted)]


def _haystack(question: Question) -> str:
    head = question.head
    meanings = (text for each in head.parameters for text in (each.name, each.vocabulary, *each.meaning.values()))
    return "\n".join((question.name, *head.text.values(), *head.notes.values(), *meanings)).casefold()


def _columns(query: str) -> tuple[str, ...]:
    """Return the variables that the outermost SELECT names, in order."""
    found = re.search(r"^SELECT\s+(?:DISTINCT\s+)?(.*?)\s+WHERE\b", query, re.MULTILINE | re.DOTALL)
    named = _AS.sub(r"?\1", found[1]) if found else ""
    return tuple(re.findall(r"\?(\w+)", named))
