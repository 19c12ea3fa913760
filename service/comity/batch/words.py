"""What a cell of a table says of a flow. What cannot be mapped is left unknown, and a list of which a part is lost is an open one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from comity.batch.mapping import ColumnRule, same
from comity.flow.schema import KeySchema

__all__ = ["Places", "Unmapped", "places_by_name", "put", "said"]

Places = Mapping[str, str]
_NOTHING = object()
_YES, _NO = frozenset(("true", "yes", "1")), frozenset(("false", "no", "0"))
_NUMBER = re.compile(r"\d+|\d{1,3}(?:[  .,'’]\d{3})+")
_RANGE = re.compile(r"(\S+(?: \d{3})*)\s*(?:-|–|to)\s*(\S+(?: \d{3})*)")


class Unmapped(NamedTuple):
    """A word of a table that says nothing, and the words that would."""

    word: str
    known: Collection[str]


def places_by_name(labels: Mapping[str, Mapping[str, str]], others: Mapping[str, str]) -> dict[str, str]:
    """Return the codes of places by the codes themselves, by their names in both languages, and by *others* of their codes."""
    found = {same(name): code for name, code in others.items()}
    found |= {same(name): code for code, label in labels.items() for name in label.values()}
    return found | {same(code): code for code in labels}


def said(cell: str, rule: ColumnRule, entry: KeySchema, places: Places) -> tuple[Any, list[Unmapped]]:
    """Return what a cell says of a fact, ``None`` for nothing, and the words in it that could not be mapped.

    ``places`` has the codes of places by their names.
    """
    whole = _meant(cell, rule, entry, places)
    if whole is not _NOTHING:
        return (_as_list(whole, rule) if not entry.one and whole is not None else whole), []
    words = [word.strip() for word in cell.split(rule.split) if word.strip()]
    if entry.one and (len(words) == 1 or "place" not in entry.kind):
        return None, [Unmapped(cell, _words(rule, entry, places))]
    found: list[Any] = []
    lost = []
    for word in words:
        meant = _meant(word, rule, entry, places)
        if meant is _NOTHING:
            lost.append(Unmapped(word, _words(rule, entry, places)))
        elif meant is not None:
            found += [each for each in (meant if isinstance(meant, list) else [meant]) if each not in found]
    if entry.one:  # several places in the position of one mean one of these; where one is lost, it is not known which
        return (None if lost or not found else found if len(found) > 1 else found[0]), lost
    if not found:
        return None, lost
    return (found if rule.complete and not lost else {"yes": found}), lost


def _as_list(value: Any, rule: ColumnRule) -> Any:
    if isinstance(value, dict) and set(value) <= {"yes", "no"}:
        return value
    found = value if isinstance(value, list) else [value]
    return found if rule.complete or not found else {"yes": found}


def _meant(word: str, rule: ColumnRule, entry: KeySchema, places: Places) -> Any:
    """Return what a word means by the mapping, or by itself where it is a word of descriptions."""
    if same(word) in rule.values:
        return rule.values[same(word)]
    if entry.kind == "boolean":
        return True if same(word) in _YES else False if same(word) in _NO else _NOTHING
    if entry.kind in ("count", "number", "percent"):
        return _number(word)
    if entry.codes:
        return word if word in entry.codes else _NOTHING
    if "place" in entry.kind.casefold():
        return places.get(same(word), _NOTHING)
    if entry.kind in ("date", "text", "ref", "refs", "norms", "taxonomy"):
        return word if not rule.values else _NOTHING
    return _NOTHING


def _number(word: str) -> Any:
    if _NUMBER.fullmatch(word):
        return int(re.sub(r"\D", "", word))
    span = _RANGE.fullmatch(word)
    if span and _NUMBER.fullmatch(span[1]) and _NUMBER.fullmatch(span[2]):
        low, high = (int(re.sub(r"\D", "", end)) for end in span.groups())
        if low <= high:
            return {"atLeast": low, "atMost": high}
    return _NOTHING


def _words(rule: ColumnRule, entry: KeySchema, places: Places) -> Collection[str]:
    return [*rule.values, *(places if "place" in entry.kind.casefold() else entry.codes)]


def put(flow: dict[str, Any], pointer: str, value: Any) -> None:
    """Put a value at a pointer of a description; lists and objects on the way are made. What a list says already is added to."""
    *path, last = pointer.split("/")[1:]
    holder: Any = flow
    for step, following in zip(path, [*path[1:], last]):
        if isinstance(holder, list):
            while len(holder) <= int(step):
                holder.append([] if following.isdigit() else {})
            holder = holder[int(step)]
        else:
            holder = holder.setdefault(step, [] if following.isdigit() else {})
    if isinstance(holder, list):
        holder.append(value)
    elif last in holder and _is_list(holder[last]) and _is_list(value):
        holder[last] = _joined(holder[last], value)
    else:
        holder[last] = value


def _is_list(value: Any) -> bool:
    return isinstance(value, list) or (isinstance(value, dict) and set(value) == {"yes"})


def _joined(before: Any, value: Any) -> Any:
    """Return one list of two columns that state the same fact; it is open if one of them is."""
    is_open = any(isinstance(each, dict) for each in (before, value))
    both = [*(before["yes"] if isinstance(before, dict) else before), *(value["yes"] if isinstance(value, dict) else value)]
    unique = [each for place, each in enumerate(both) if each not in both[:place]]
    return {"yes": unique} if is_open else unique
