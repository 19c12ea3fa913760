"""Rows of answers as a page shows them: in one language, what has an address as a link."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.iris import NS
from comity.web.index import Index
from comity.web.terms import Terms

__all__ = ["Cell", "cells"]

_PROPERTY = re.compile(re.escape(NS) + r"[a-z]")  # a code that is spelt like a property does not mean it
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, where it leads ("" for nowhere), whether that is outside of the service, and whether it is a date."""

    text: str
    href: str = ""
    outside: bool = False
    is_day: bool = False


def cells(rows: Sequence[Mapping[str, str]], columns: Sequence[str], index: Index, terms: Terms, suffix: str) -> list[list[Cell]]:
    """Return ``columns`` of ``rows``; identifiers, paths and IRIs of the graph lead to their things, with ``suffix`` after the address."""
    return [[_cell(row.get(column, ""), index, terms, suffix) for column in columns] for row in rows]


def _cell(value: str, index: Index, terms: Terms, suffix: str) -> Cell:
    if _DAY.fullmatch(value):
        return Cell(value, is_day=True)
    iri = value if value in index.entries else index.keys.get(value)
    if iri is not None and not _PROPERTY.match(iri):
        return Cell(terms.short(value) if value == iri else value, f"{terms.href(iri)}{suffix}")
    if value.startswith(("https://", "http://")) and " " not in value:
        return Cell(value, value, outside=True)
    return Cell(value)
