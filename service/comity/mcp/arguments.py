"""What a call of a tool may say, and how it is read: strictly, with every fault at its place and the nearest valid value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from comity.flow.pointers import escaped
from comity.http.problems import Problem, error
from comity.spelling import nearest, nearest_day

__all__ = ["Argument", "day_of", "read", "today"]

Json = dict[str, Any]

LONGEST = 512
"""Characters of a text that names something."""

_TYPES: dict[str, tuple[type, ...]] = {"string": (str,), "boolean": (bool,), "integer": (int,), "object": (dict, str)}
_SAID = {
    "string": ("a text", "一段文本"),
    "boolean": ("true or false", "true 或 false"),
    "integer": ("a whole number", "一个整数"),
    "object": ("a JSON object", "一个 JSON 对象"),
}


@dataclass(frozen=True)
class Argument:
    """One argument of a tool.

    ``type`` is a type of JSON Schema, ``values`` are the only ones, ``least`` and ``most`` bound a number, ``required`` must be said.
    """

    type: str
    description: str
    values: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    required: bool = False

    def schema(self) -> Json:
        """Return the argument as JSON Schema."""
        told: Json = {"type": self.type, "description": self.description}
        if self.values:
            told["enum"] = [*self.values]
        if self.most:
            told |= {"minimum": self.least, "maximum": self.most}
        if self.type == "string" and not self.values:
            told["maxLength"] = LONGEST
        return told


def read(known: Mapping[str, Argument], given: Mapping[str, Any]) -> Json:
    """Return what was given, read as it is known; null counts as not given. Raises a :class:`Problem` with every fault."""
    errors: list[Json] = []
    read: Json = {}
    for name, value in given.items():
        if name not in known:
            near = nearest(name, known)
            meant = f" Did you mean {near[0]}?" if near else f" Known: {', '.join(known)}."
            meant_zh = f"是否指 {near[0]}？" if near else f"可用参数：{'、'.join(known)}。"
            errors.append(error(_at(name), f"There is no argument {name[:80]!r}.{meant}", f"没有名为“{name[:80]}”的参数。{meant_zh}", near))
        elif value is not None:
            fault = _fault(name, value, known[name])
            if fault:
                errors.append(fault)
            else:
                read[name] = _as_known(value, known[name])
    errors += [
        error(_at(name), f"{name} is missing; it is {_SAID[argument.type][0]}.", f"缺少 {name}；须为{_SAID[argument.type][1]}。")
        for name, argument in known.items()
        if argument.required and given.get(name) is None
    ]
    if errors:
        raise Problem(422, "Invalid arguments", " ".join(each["message"]["en"] for each in errors[:3]), errors=errors)
    return read


def today() -> date:
    """Return the day it is, in UTC."""
    return datetime.now(UTC).date()


def day_of(name: str, given: Json) -> date:
    """Return the day that an argument names, else today's. Raises a :class:`Problem` for a text that names none."""
    text = given.get(name)
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        en, zh = f"{name} is {text[:40]!r}; write a day as 2026-01-31.", f"{name} 为“{text[:40]}”；请以 2026-01-31 的格式书写日期。"
        raise Problem(422, "Invalid arguments", en, errors=[error(_at(name), en, zh, nearest_day(text))]) from None


def _fault(name: str, value: Any, argument: Argument) -> Json | None:
    at, (en, zh) = _at(name), _SAID[argument.type]
    fits = isinstance(value, _TYPES[argument.type])
    if not fits or (argument.type == "integer" and isinstance(value, bool)):
        return error(at, f"{name} is {en}.", f"{name} 须为{zh}。")
    if argument.values and value.casefold() not in {known.casefold() for known in argument.values}:
        near = nearest(value, argument.values) or list(argument.values[:12])
        return error(at, f"{value[:80]!r} is not a known value of {name}.", f"“{value[:80]}”不是 {name} 的已知值。", near)
    if argument.most and not argument.least <= value <= argument.most:
        near = [str(min(max(value, argument.least), argument.most))]
        return error(
            at, f"{name} is from {argument.least} to {argument.most}.", f"{name} 须介于 {argument.least} 与 {argument.most} 之间。", near
        )
    if argument.type == "string" and len(value) > LONGEST:
        return error(at, f"{name} has {len(value)} characters, and at most {LONGEST} are read.", f"{name} 不得超过 {LONGEST} 个字符。")
    return None


def _as_known(value: Any, argument: Argument) -> Any:
    """Return a value as its argument writes it, case aside."""
    return next(known for known in argument.values if known.casefold() == value.casefold()) if argument.values else value


def _at(name: str) -> str:
    return "/" + escaped(name[:80])
