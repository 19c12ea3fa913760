"""The values that queries take: each vocabulary is a query of ``queries/values`` that gives codes with their labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from comity.paths import source_root
from comity.queries.head import Words

__all__ = ["Select", "labelled", "vocabulary_query"]

Select = Callable[[str], list[dict[str, str]]]
"""Runs a SELECT over the whole graph and gives its rows."""


@cache
def vocabulary_query(name: str, root: Path | None = None) -> str:
    """Return the query of the vocabulary *name*. Raises ``KeyError`` where there is none."""
    path = (root or source_root()) / "queries" / "values" / f"{name}.rq"
    if not path.is_file():
        raise KeyError(name)
    return path.read_text(encoding="utf-8")


def labelled(select: Select, name: str) -> Mapping[str, Words]:
    """Return the codes of a vocabulary in order, each with its label by language, which is empty where the graph has none."""
    found: dict[str, Words] = {}
    for row in select(vocabulary_query(name)):
        label = found.setdefault(row["code"], {})
        for language in ("en", "zh"):
            if row[language]:
                label.setdefault(language, row[language])
    return found
