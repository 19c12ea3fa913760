"""The columns of answers: which are in which language, and what each is called.

A text comes in two columns, as ``en`` and ``zh``, ``actEn`` and ``actZh``, or ``act`` and ``actZh``; all else has one, such as the code
``act`` beside ``actEn`` and ``actZh``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from comity.paths import source_root
from comity.queries.head import Words
from comity.yaml_text import TextLoader

__all__ = ["column_words", "heading", "in_language"]

_NAME = "name"  # what en and zh are called


@cache
def column_words(root: Path | None = None) -> dict[str, Words]:
    """Return what each column is called, by the variable without the language at its end."""
    path = (root or source_root()) / "queries" / "columns.yaml"
    named = yaml.load(path.read_text(encoding="utf-8"), Loader=TextLoader) if path.is_file() else {}
    return {name: {"en": en, "zh": zh} for name, (en, zh) in named.items()}


def in_language(columns: Sequence[str], lang: str) -> list[str]:
    """Return those of *columns* that are in *lang* or in none."""
    return [column for column in columns if _language(column, columns) in ("", lang)]


def heading(column: str, columns: Sequence[str], lang: str) -> str:
    """Return what *column*, one of *columns*, is called in *lang*; its own name where it has no other."""
    base = _NAME if column in ("en", "zh") else column[:-2] if _language(column, columns) and column.endswith(("En", "Zh")) else column
    return column_words().get(base, {}).get(lang, base)


def _language(column: str, columns: Sequence[str]) -> str:
    if column in ("en", "zh"):
        return column
    base, end = column[:-2], column[-2:]
    if end == "Zh" and (base in columns or f"{base}En" in columns):
        return "zh"
    if end == "En":
        return "en"
    return "en" if f"{column}Zh" in columns and f"{column}En" not in columns else ""
