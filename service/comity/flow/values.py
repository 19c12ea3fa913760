"""Reading single values: codes, places, numbers, dates and references."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from comity.flow.budget import Budget
from comity.flow.problems import Problem, Speller, problem
from comity.flow.schema import KeySchema, Schema
from comity.logic.node import OpenCodes, OpenPlaces
from comity.logic.territory import Territories, stated_place
from comity.spelling import nearest_day

__all__ = ["Refusal", "ValueReader", "count_range", "is_partial"]

_MAX_LIST = 500
_PLACE = {"en": "a place or body", "zh": "地方或组织"}
_NORM = {"en": "a norm that is weighed", "zh": "参与判断的规范"}
_THING = {"en": "a thing of the graph", "zh": "图谱中的事物"}


class Refusal(Exception):
    """A value that cannot be read; carries the fault."""

    def __init__(self, fault: Problem) -> None:
        super().__init__(fault["message"]["en"])
        self.fault = fault


class ValueReader:
    """Turns JSON values into the values of :mod:`comity.logic.node`, for one day and within the budget of one description."""

    def __init__(self, schema: Schema, territories: Territories, day: date, budget: Budget, speller: Speller) -> None:
        self._schema = schema
        self._territories = territories
        self._day = day
        self._budget = budget
        self._nearest = speller.nearest

    def read(self, entry: KeySchema, value: Any, pointer: str) -> Any:
        """Return the value of a key that holds no nodes. Raises :class:`Refusal`."""
        if value is None:
            if entry.nullable or entry.kind in ("ref", "place"):
                return () if entry.kind in ("place", "places") else frozenset()
            raise _refuse(
                pointer,
                "null says that there is none and is allowed for parties, nodes and references only; "
                "leave the key out if the fact is unknown",
                "null 表示“没有”，仅可用于主体、节点和引用；如事实未知，请不要写出该键",
            )
        return getattr(self, "_" + entry.kind)(entry, value, pointer)

    def _boolean(self, entry: KeySchema, value: Any, pointer: str) -> frozenset[bool]:
        if not isinstance(value, bool):
            raise _refuse(pointer, f"{_show(value)} is not true or false", f"{_show(value)} 不是 true 或 false")
        return frozenset((value,))

    def _text(self, entry: KeySchema, value: Any, pointer: str) -> frozenset[str]:
        if not isinstance(value, str) or not 0 < len(value) <= 200:
            raise _refuse(pointer, "a text of 1 to 200 characters is wanted", "应为 1 至 200 个字符的文本")
        return frozenset((value,))

    def _date(self, entry: KeySchema, value: Any, pointer: str) -> frozenset[date]:
        return frozenset((self.day(value, pointer),))

    @staticmethod
    def day(value: Any, pointer: str) -> date:
        """Return an ISO calendar day."""
        try:
            if not isinstance(value, str) or len(value) != 10 or value[7] != "-":  # fromisoformat reads weeks as well
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise _refuse(
                pointer,
                f"{_show(value)} is not a day of the calendar written YYYY-MM-DD",
                f"{_show(value)} 不是按 YYYY-MM-DD 书写的有效日期",
                nearest_day(value) if isinstance(value, str) else [],
            ) from None

    def _code(self, entry: KeySchema, value: Any, pointer: str) -> frozenset[str]:
        return frozenset((self._known_code(entry, value, pointer),))

    def _codes(self, entry: KeySchema, value: Any, pointer: str) -> frozenset[str] | OpenCodes:
        return self._many(entry, value, pointer, lambda v, p: self._known_code(entry, v, p))

    def _taxonomy(self, entry: KeySchema, value: Any, pointer: str) -> frozenset[str] | OpenCodes:
        return self._codes(entry, value, pointer)

    def _ref(self, entry: KeySchema, value: Any, pointer: str) -> frozenset[str]:
        return frozenset((self._known_reference(value, pointer),))

    def _refs(self, entry: KeySchema, value: Any, pointer: str) -> frozenset[str] | OpenCodes:
        return self._many(entry, value, pointer, self._known_reference)

    def _norms(self, entry: KeySchema, value: Any, pointer: str) -> frozenset[str] | OpenCodes:
        return self._many(entry, value, pointer, self._known_norm)

    def _known_norm(self, value: Any, pointer: str) -> str:
        if not isinstance(value, str) or value not in self._schema.norms:
            raise _unknown(pointer, value, self._nearest(value, self._schema.norms), _NORM)
        return value

    def _many(self, entry: KeySchema, value: Any, pointer: str, check: Any) -> frozenset[str] | OpenCodes:
        if is_partial(value):
            sides = [self._list(value.get(side, []), f"{pointer}/{side}") for side in ("yes", "no")]
            yes, no = ({check(v, f"{pointer}/{s}/{i}") for i, v in enumerate(side)} for s, side in zip(("yes", "no"), sides))
            if yes & no:
                both = ", ".join(sorted(yes & no))
                raise _refuse(pointer, f"{both} is both in yes and in no", f"{both} 同时出现在 yes 与 no 中")
            return OpenCodes(frozenset(yes), frozenset(no))
        codes = frozenset(check(item, f"{pointer}/{i}") for i, item in enumerate(self._list(value, pointer)))
        if codes & entry.none_codes:
            if len(codes) > 1:
                raise _refuse(pointer, "none must stand alone", "none 必须单独使用")
            return frozenset()
        return codes

    def _list(self, value: Any, pointer: str) -> list[Any]:
        if not isinstance(value, list):
            raise _refuse(pointer, f"a list is wanted, not {_show(value)}", f"应为列表，而不是 {_show(value)}")
        if len(value) > _MAX_LIST:
            raise _refuse(pointer, f"at most {_MAX_LIST} values are read", f"最多读取 {_MAX_LIST} 个值")
        self._budget.spend_entries(len(value), pointer)
        return value

    def _known_code(self, entry: KeySchema, value: Any, pointer: str) -> str:
        if not isinstance(value, str) or value not in entry.codes:
            raise _unknown(pointer, value, self._nearest(value, entry.codes), entry.label or {"en": entry.key, "zh": entry.key})
        return value

    def _known_reference(self, value: Any, pointer: str) -> str:
        """Return a reference; the identifier of a norm stands for the law that states it."""
        if isinstance(value, str) and value in self._schema.norms:
            value = self._schema.norms[value]
        if not isinstance(value, str) or value not in self._schema.references:
            raise _unknown(pointer, value, self._nearest(value, self._schema.references), _THING)
        return value

    def _place(self, entry: KeySchema, value: Any, pointer: str) -> tuple[frozenset[str], ...]:
        return (self.candidates(value, pointer),)

    def _places(self, entry: KeySchema, value: Any, pointer: str) -> tuple[frozenset[str], ...]:
        if not is_partial(value):
            return self._each_place(value, pointer)
        yes, no = (self._each_place(value.get(side, []), f"{pointer}/{side}") for side in ("yes", "no"))
        denied = frozenset().union(*no)
        if any(place <= denied for place in yes):
            raise _refuse(pointer, "a place of yes lies wholly within those of no", "yes 中的地方完全包含在 no 所列地方之内")
        return OpenPlaces(yes, self._territories.everywhere - denied)

    def _each_place(self, value: Any, pointer: str) -> tuple[frozenset[str], ...]:
        return tuple(self.candidates(item, f"{pointer}/{i}") for i, item in enumerate(self._list(value, pointer)))

    def candidates(self, value: Any, pointer: str) -> frozenset[str]:
        """Return the places that a stated place may be: ``"CN"``, ``"EU"``, ``{"in": X}``, ``{"outside": X}``, or one of several."""
        if isinstance(value, list) and value:
            self._list(value, pointer)
            return frozenset().union(*(self.candidates(each, f"{pointer}/{i}") for i, each in enumerate(value)))
        place = stated_place(value)
        if place is None:
            raise _unknown(pointer, value, self._nearest_places(value), _PLACE)
        side, code = place
        if not self._territories.knows(code):
            raise _unknown(pointer if value == code else f"{pointer}/{side}", code, self._nearest_places(code), _PLACE)
        return self._some_place(self._territories.candidates(value, self._day), code, pointer)

    def _some_place(self, candidates: frozenset[str], code: str, pointer: str) -> frozenset[str]:
        if not candidates:  # of no place at all, anything could be said
            day = self._day.isoformat()
            raise _refuse(pointer, f"{code} has no members on {day}; name the place itself", f"{code} 在 {day} 没有成员；请直接写明地方")
        return candidates

    def _nearest_places(self, value: Any) -> list[str]:
        """Return the codes of the places whose code or name looks most like the value."""
        names = self._schema.place_names
        if isinstance(value, str) and value.casefold() in names:
            return [names[value.casefold()]]
        by_name = [names[hit] for hit in self._nearest(value, names)] if isinstance(value, str) and len(value) > 3 else []
        by_code = self._nearest(value, self._territories.everywhere | self._territories.bodies)
        return list(dict.fromkeys([*by_name, *by_code]))[:3]

    def _count(self, entry: KeySchema, value: Any, pointer: str) -> tuple[float, float]:
        return count_range(value, pointer)

    def _number(self, entry: KeySchema, value: Any, pointer: str) -> tuple[float, float]:
        return _range(value, pointer)

    def _percent(self, entry: KeySchema, value: Any, pointer: str) -> tuple[float, float]:
        low, high = _range(value, pointer)
        if low < 0 or (high != math.inf and high > 100):
            raise _refuse(pointer, "a percentage lies between 0 and 100", "百分比应在 0 至 100 之间")
        return low, min(high, 100.0)


def is_partial(value: Any) -> bool:
    """Say whether a list is stated in part: ``{"yes": […], "no": […]}``."""
    return isinstance(value, dict) and bool(value) and set(value) <= {"yes", "no"}


def count_range(value: Any, pointer: str) -> tuple[float, float]:
    """Return the bounds of a count. Raises :class:`Refusal`."""
    low, high = _range(value, pointer)
    if low < 0 or low % 1 or (high != math.inf and high % 1):
        raise _refuse(pointer, "a count is a whole number of at least 0", "数量应为不小于 0 的整数")
    return low, high


def _range(value: Any, pointer: str) -> tuple[float, float]:
    if _is_number(value):
        return value, value
    if isinstance(value, dict) and value and set(value) <= {"atLeast", "atMost"}:
        low, high = value.get("atLeast", 0), value.get("atMost", math.inf)
        if (_is_number(low) and (_is_number(high) or high == math.inf)) and low <= high:
            return low, high
    raise _refuse(
        pointer,
        f'{_show(value)} is not a number, nor {{"atLeast": a, "atMost": b}} with a not above b',
        f'{_show(value)} 既不是数字，也不是 a 不大于 b 的 {{"atLeast": a, "atMost": b}}',
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and abs(value) < 1e15


def _show(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _refuse(pointer: str, en: str, zh: str, near: list[str] | None = None) -> Refusal:
    return Refusal(problem(pointer, en, zh, near))


def _unknown(pointer: str, value: Any, near: list[str], of: dict[str, str]) -> Refusal:
    hint = f"; nearest: {', '.join(near)}" if near else ""
    hint_zh = f"；最接近的值：{'、'.join(near)}" if near else ""
    return _refuse(
        pointer, f"{_show(value)} is not a known value of {of['en']}{hint}", f"{_show(value)} 不是“{of['zh']}”的已知值{hint_zh}", near
    )
