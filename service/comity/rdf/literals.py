"""Dates, numbers and truth values that are none, found before a library meets them and answers with a traceback."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from comity.rdf.fault import Fault
from comity.rdf.load import SourceFile, Sources

__all__ = ["refused_literals"]

_XSD = "http://www.w3.org/2001/XMLSchema#"


def refused_literals(sources: Sources) -> list[Fault]:
    """Return a fault with file and line for each value that is not of the datatype that it bears."""
    known: dict[tuple[str, str], bool] = {}
    return [fault for file in sources.files for fault in _in_file(sources, file, known)]


def _in_file(sources: Sources, file: SourceFile, known: dict[tuple[str, str], bool]) -> Iterator[Fault]:
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
            _, remedy, remedy_zh = _READERS[name]
            message, message_zh = f'"{value.value}" is not a value of xsd:{name}', f"“{value.value}”不是 xsd:{name} 的值"
            yield Fault(file.path, "", message, remedy, message_zh, remedy_zh, line)


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


#: By datatype: what reads a value or raises, and what to do where it raises, in English and Chinese.
_READERS: dict[str, tuple[Callable[[str], object], str, str]] = {
    "date": (_day, "Give an existing day as year-month-day, such as 2024-03-22.", "写明实际存在的日期，格式为年-月-日，例如 2024-03-22。"),
    "gYearMonth": (_month, "Give an existing month as year-month, such as 2024-03.", "写明实际存在的月份，格式为年-月，例如 2024-03。"),
    "gYear": (_year, "Give a year of four digits.", "写明四位数字的年份。"),
    "dateTime": (
        datetime.fromisoformat,
        "Give an existing point in time, such as 2024-03-22T00:00:00Z.",
        "写明实际存在的时间，例如 2024-03-22T00:00:00Z。",
    ),
    "boolean": (_truth, "Write true or false.", "写 true 或者 false。"),
    "integer": (_whole, "Write a whole number in digits.", "用数字写明整数。"),
    "nonNegativeInteger": (_natural, "Write a whole number that is not negative, in digits.", "用数字写明非负整数。"),
    "decimal": (Decimal, "Write a number in digits, with a point before the fraction.", "用数字写明，小数部分前加小数点。"),
}
