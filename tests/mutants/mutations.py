"""The mutants of a program: every single small change of a class, a demand or the exceptions of a norm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["KINDS", "Mutant", "mutants", "mutated"]

Json = dict[str, Any]
KINDS = ("threshold", "edge", "connective", "conjunct", "negation", "exception")


@dataclass(frozen=True)
class Mutant:
    """One change. ``where`` is ``class``, ``demand`` or ``exception``; ``name`` the class or norm that is changed.

    ``path`` leads to the part of the expression that is replaced by ``other``; for an exception, ``other`` is the norm
    that no longer defeats.
    """

    kind: str
    where: str
    name: str
    path: tuple[int, ...]
    other: Any
    told: str


def mutants(program: Json) -> list[Mutant]:
    """Return every mutant of the classes, demands and exceptions, in the order of the program."""
    found: list[Mutant] = []
    whole = _whole_keys(program)
    for name, expression in program["classes_compiled"].items():
        found += [Mutant(kind, "class", name, path, other, told) for kind, path, other, told in _changes(expression, whole)]
    for norm in program["norms"]:
        if norm["demand"] is not None:
            found += [Mutant(kind, "demand", norm["id"], path, other, told) for kind, path, other, told in _changes(norm["demand"], whole)]
        found += [Mutant("exception", "exception", norm["id"], (), other, f"{other} no longer defeats it") for other in norm["exceptions"]]
    return found


def mutated(program: Json, mutant: Mutant) -> Json:
    """Return the program with the change; what is not changed is shared."""
    if mutant.where == "class":
        classes = program["classes_compiled"]
        return {**program, "classes_compiled": {**classes, mutant.name: _replaced(classes[mutant.name], mutant.path, mutant.other)}}
    return {**program, "norms": [_mutated_norm(norm, mutant) if norm["id"] == mutant.name else norm for norm in program["norms"]]}


def _mutated_norm(norm: Json, mutant: Mutant) -> Json:
    if mutant.where == "demand":
        return {**norm, "demand": _replaced(norm["demand"], mutant.path, mutant.other)}
    return {**norm, "exceptions": [other for other in norm["exceptions"] if other != mutant.other]}


def _replaced(expression: Any, path: tuple[int, ...], other: Any) -> Any:
    if not path:
        return other
    return [_replaced(part, path[1:], other) if number == path[0] else part for number, part in enumerate(expression)]


def _whole_keys(program: Json) -> frozenset[str]:
    """Return the keys whose values are whole numbers: one more, inclusive, is the same as the bound itself, exclusive."""
    counts = {key for keys in program["schema"]["nodes"].values() for key, entry in keys.items() if entry["kind"] == "count"}
    return frozenset(counts | {rule["key"] for rule in program["derived"] if rule["op"] in ("op-count", "op-daysBetween")})


_FORMS = frozenset(("and", "or", "not", "some", "has", "place", "num", "present", "count", "is", "ownersum", "inforce", "true", "false"))
_Change = tuple[str, tuple[int, ...], Any, str]


def _changes(expression: Any, whole: frozenset[str], path: tuple[int, ...] = ()) -> Iterator[_Change]:
    form = expression[0]
    if form in ("and", "or"):
        parts = expression[1:]
        if len(parts) > 1:
            turned = "or" if form == "and" else "and"
            yield "connective", path, [turned, *parts], f"{form} → {turned}: {_short(expression)}"
        for number in range(1, len(expression)) if form == "and" and len(parts) > 1 else ():
            rest = [*expression[:number], *expression[number + 1 :]]
            yield "conjunct", path, rest, f"without {_short(expression[number])}"
        inner = range(1, len(expression))
    elif form == "not":
        yield "negation", path, expression[1], f"without not: {_short(expression[1])}"
        inner = range(1, 2)
    elif form == "num":
        yield from _moved_bounds(expression, whole, path)
        return
    else:
        yield from _moved_numbers(expression, path)
        inner = range(2, 3) if form in ("some", "count", "ownersum") else range(0)
    for number in inner:
        yield from _changes(expression[number], whole, (*path, number))


def _moved_bounds(expression: list[Any], whole: frozenset[str], path: tuple[int, ...]) -> Iterator[_Change]:
    key = expression[1]
    for number, word in ((2, "low"), (4, "high")):
        bound, strict = expression[number], expression[number + 1]
        if bound is None:
            continue
        other = [*expression]
        other[number + 1] = not strict
        yield "edge", path, other, f"{key}: {word} bound {_number(bound)} {'inclusive' if strict else 'exclusive'}"
        narrower = 1 if word == "low" else -1
        same_as_edge = (-narrower if strict else narrower) if key in whole and bound == int(bound) else 0
        for step in (-1, 1):
            if step != same_as_edge:
                other = [*expression]
                other[number] = bound + step
                yield "threshold", path, other, f"{key}: {word} bound {_number(bound)} → {_number(bound + step)}"


def _moved_numbers(expression: list[Any], path: tuple[int, ...]) -> Iterator[_Change]:
    """Move the number of a count of objects, of values present, or of a sum of shares."""
    for number in {"count": (3, 4), "present": (2,), "ownersum": (1,)}.get(expression[0], ()):
        bound = expression[number]
        for step in (-1, 1) if bound is not None else ():
            if bound + step >= 0:
                other = [*expression]
                other[number] = bound + step
                yield "threshold", path, other, f"{_short(expression)}: {bound:g} → {bound + step:g}"


def _number(bound: float) -> str:
    return f"{int(bound):,}" if bound == int(bound) else f"{bound:,}"


def _short(expression: Any) -> str:
    """Return an expression in one line, deep parts left out."""

    def told(part: Any, depth: int) -> str:
        if not isinstance(part, list):
            return str(part)
        if part and part[0] == "is":
            return str(part[1])
        if not part or not isinstance(part[0], str) or (depth and part[0] not in _FORMS):
            return "[" + ", ".join(map(str, part)) + "]"
        return "…" if depth > 2 else "(" + " ".join(told(inner, depth + 1) for inner in part) + ")"

    text = told(expression, 0)
    return text if len(text) <= 100 else text[:99] + "…"
