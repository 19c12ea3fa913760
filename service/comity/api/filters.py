"""Narrowing and paging a list; unknown filters and values are refused with the nearest known ones."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from comity.api.names import nearest
from comity.http.problems import Problem, error
from comity.logic.timeline import Span
from comity.spelling import nearest_day

Item = dict[str, Any]
UNKNOWN_FILTER = "Unknown filter"
"""The title of the problem that a name of a filter is none."""


def check_names(given: Collection[str], known: Collection[str]) -> None:
    """Raise a 400 :class:`Problem` if a query parameter is none of ``known``, naming the nearest."""
    errors = []
    for name in sorted(set(given) - set(known)):
        near = nearest(name, known)
        meant = f" Did you mean {near[0]}?" if near else f" Known: {', '.join(sorted(known))}."
        meant_zh = f"是否指 {near[0]}？" if near else f"可用参数：{'、'.join(sorted(known))}。"
        errors.append(
            error(f"/query/{name[:80]}", f"There is no filter {name[:80]!r}.{meant}", f"没有名为“{name[:80]}”的筛选参数。{meant_zh}", near)
        )
    if errors:
        raise Problem(400, UNKNOWN_FILTER, " ".join(e["message"]["en"] for e in errors[:3]), errors=errors)


def checked_value(name: str, value: str, known: Collection[str]) -> str:
    """Return ``value`` as the graph writes it (case aside); a 422 :class:`Problem` naming the nearest if it is none of ``known``."""
    if value in known:
        return value
    folded = value.casefold()
    for candidate in known:
        if candidate.casefold() == folded:
            return candidate
    near = nearest(value, known)
    en = f"{value[:80]!r} is not a known value of {name}." + (f" Nearest: {', '.join(near)}." if near else "")
    zh = f"“{value[:80]}”不是 {name} 的已知值。" + (f"最接近的值：{'、'.join(near)}。" if near else "")
    raise Problem(422, "Unknown value", en, errors=[error(f"/query/{name}", en, zh, near)])


def checked_day(name: str, value: str) -> str:
    """Return ``value`` as an ISO day; a 422 :class:`Problem` if it is not one."""
    try:
        day = datetime.date.fromisoformat(value)
        if day.isoformat() == value:
            return value
    except ValueError:
        pass
    near = nearest_day(value)
    en, zh = f"{name} is {value[:40]!r}; write a day as 2026-01-31.", f"{name} 为“{value[:40]}”；请以 2026-01-31 的格式书写日期。"
    raise Problem(422, "Unknown value", en, errors=[error(f"/query/{name}", en, zh, near)])


def in_force(item: Mapping[str, Any], day: str, start: str = "from", end: str = "until") -> bool:
    """Return whether ``item`` may be in force on ``day``: ``start`` is inclusive, ``end`` exclusive, an absent date is open.

    A date known only to the month or the year is read so that the item is kept while that is possible.
    """
    return Span(item.get(start) or None, item.get(end) or None).holds_on(datetime.date.fromisoformat(day)) is not False


def having(items: Iterable[Item], key: str, value: str) -> list[Item]:
    """Return the items whose ``key`` is ``value`` or holds it."""
    return [item for item in items if value == item.get(key) or (isinstance(item.get(key), list) and value in item[key])]


def values_of(items: Iterable[Item], *keys: str) -> list[str]:
    """Return every value that ``items`` have under ``keys``, sorted."""
    found: set[str] = set()
    for item in items:
        for key in keys:
            value = item.get(key)
            found.update(value if isinstance(value, list) else [value] if isinstance(value, str) else ())
    return sorted(found)


def mentioning(items: Iterable[Item], text: str) -> list[Item]:
    """Return the items whose id, identifier, code, label, title or definition contains every word of ``text``."""
    words = text.casefold().split()
    return [item for item in items if all(word in _text(item) for word in words)]


def _text(item: Item) -> str:
    parts = [str(item.get(key, "")) for key in ("id", "identifier", "code")]
    for key in ("label", "shortLabel", "title", "definition"):
        value = item.get(key)
        parts.extend(value.values() if isinstance(value, dict) else [value] if isinstance(value, str) else ())
    return "\n".join(parts).casefold()
