"""Dates, numbers and truth values that are none, found before a library meets them and answers with a traceback."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from comity.graph.load import ParseFault, SourceFile, Sources

__all__ = ["refused_literals"]

_XSD = "http://www.w3.org/2001/XMLSchema#"


def refused_literals(sources: Sources) -> list[ParseFault]:
    """Return a fault with file and line for each value that is not of the datatype that it bears."""
    known: dict[tuple[str, str], bool] = {}
    return [fault for file in sources.files for fault in _in_file(sources, file, known)]


def _in_file(sources: Sources, file: SourceFile, known: dict[tuple[str, str], bool]) -> Iterator[ParseFault]:
    for _, _, value in file.triples:
        if not isinstance(value, ox.Literal) or not value.datatype.value.startswith(_XSD):
            continue
        name = value.datatype.value.removeprefix(_XSD)
        if name not in _READERS:
            continue
        if (name, value.value) not in known:
            known[name, value.value] = _reads(name, value.value)
        if not known[name, value.value]:
            lines = (sources.root / file.path).read_text(encoding="utf-8").splitlines()
            line = next((number for number, text in enumerate(lines, 1) if f'"{value.value}"' in text), None)
            yield ParseFault(file.path, line, f'"{value.value}" is not a value of xsd:{name}', _READERS[name][1])


def _reads(name: str, text: str) -> bool:
    try:
        _READERS[name][0](text)
    except (ValueError, InvalidOperation):
        return False
    return True


def _day(text: str) -> None:
    _shaped(r"\d{4}-\d\d-\d\d", text)
    date.fromisoformat(text)


def _month(text: str) -> None:
    _shaped(r"\d{4}-\d\d", text)
    date.fromisoformat(f"{text}-01")


def _year(text: str) -> None:
    _shaped(r"\d{4}", text)


def _truth(text: str) -> None:
    _shaped(r"true|false|0|1", text)


def _whole(text: str) -> None:
    _shaped(r"[+-]?\d+", text)


def _natural(text: str) -> None:
    _shaped(r"\+?\d+", text)


def _shaped(pattern: str, text: str) -> None:
    if re.fullmatch(pattern, text) is None:
        raise ValueError(text)


_READERS: dict[str, tuple[Callable[[str], object], str]] = {
    "date": (_day, "Give an existing day as year-month-day, such as 2024-03-22."),
    "gYearMonth": (_month, "Give an existing month as year-month, such as 2024-03."),
    "gYear": (_year, "Give a year of four digits."),
    "dateTime": (datetime.fromisoformat, "Give an existing point in time, such as 2024-03-22T00:00:00Z."),
    "boolean": (_truth, "Write true or false."),
    "integer": (_whole, "Write a whole number in digits."),
    "nonNegativeInteger": (_natural, "Write a whole number that is not negative, in digits."),
    "decimal": (Decimal, "Write a number in digits, with a point before the fraction."),
}
