"""What the parties can attain: an expression with the facts that are in their hands in the best position.

A demand may speak of a signature, which the parties can still give, and of a country, which they cannot change. Written
for the best that they can do, every condition on a fact of the first kind holds where it helps and fails where it harms;
what remains asks only for facts of the second kind. Such an expression is false where nothing can meet the demand, true
where the parties can meet it whatever else is the case, and open where that hangs on facts that nobody controls.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from comity.logic.expression import Expression, parts_of
from comity.logic.simplify import remainder

__all__ = ["BestCase"]

_READING = frozenset(("some", "count", "has", "place", "num", "present"))
_TRUE: Expression = ["true"]
_FALSE: Expression = ["false"]


class BestCase:
    """Writes expressions at their best.

    ``classes`` are the named classes, ``controllable`` the keys in the parties' hands, each with the values that are not: a
    legal basis can be found in a consent, which they may ask for, but not in a duty that no law lays down.
    A named class that reads such a key is written anew, under a name of its own; ``written`` has those classes.
    """

    def __init__(self, classes: dict[str, Expression], controllable: Mapping[str, frozenset[str]]) -> None:
        self.written: dict[str, Expression] = {}
        self._classes = classes
        self._controllable = controllable
        self._readers = _readers(classes, controllable)
        self._short: dict[str, Expression] = {}

    def of(self, expression: Expression) -> Expression:
        """Return the expression at its best: never less true than the expression is, whatever the facts."""
        return self._at(expression, best=True)

    def named(self, name: str, expression: Expression, given: Expression) -> str | None:
        """Return the name under which an expression at its best is written, or none where it then holds wherever *given* does."""
        found = remainder(self.of(expression), given, self._classes | self.written)
        if found == _TRUE:
            return None
        self.written[f"{name} at best"] = found
        return f"{name} at best"

    def _at(self, expression: Expression, best: bool) -> Expression:
        form = expression[0]
        if form in _READING and expression[1] in self._controllable:
            if form == "has" and self._controllable[expression[1]].issuperset(expression[2]):
                return expression
            return _TRUE if best else _FALSE
        if form in ("and", "or"):
            return _joined(form, [self._at(part, best) for part in expression[1:]])
        if form == "not":
            return _negated(self._at(expression[1], not best))
        if form == "some":
            return _of_objects(expression, self._at(expression[2], best))
        if form == "count":
            return self._counted(expression, best)
        if form == "ownersum":
            return ["ownersum", expression[1], self._at(expression[2], best), *expression[3:]]
        return self._named(expression[1], best) if form == "is" else expression

    def _counted(self, expression: Expression, best: bool) -> Expression:
        """Return a count at its best: as many objects as can be towards the least, as few towards the most."""
        key, part, least, most = expression[1:]
        many, few = self._at(part, best), self._at(part, not best)
        if many == few:
            return ["count", key, many, least, most]
        ends = [["count", key, many, least, None]] * bool(least) + [["count", key, few, None, most]] * (most is not None)
        return _joined("and", ends)

    def _named(self, name: str, best: bool) -> Expression:
        """Return a named class at its best, or the class itself where it reads nothing that the parties control."""
        if name not in self._readers:
            return ["is", name]
        key = f"{name} at {'best' if best else 'worst'}"
        if key not in self._short:
            self._short[key] = ["is", key]  # what a class that rests on itself finds when it comes back to itself
            self.written[key] = found = self._at(self._classes[name], best)
            if found in (_TRUE, _FALSE):
                self._short[key] = found
        return self._short[key]


def _readers(classes: dict[str, Expression], keys: Container[str]) -> frozenset[str]:
    """Return the classes that read one of the keys, themselves or through the classes that they name."""
    named_by: dict[str, list[str]] = {}
    waiting: list[str] = []
    for name, expression in classes.items():
        for part in parts_of(expression):
            if part[0] == "is":
                named_by.setdefault(part[1], []).append(name)
            elif part[0] in _READING and part[1] in keys:
                waiting.append(name)
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += named_by.get(name, ())
    return frozenset(found)


def _joined(form: str, parts: list[Expression]) -> Expression:
    neutral, settled = (_TRUE, _FALSE) if form == "and" else (_FALSE, _TRUE)
    if settled in parts:
        return settled
    rest = [part for part in parts if part != neutral]
    return [form, *rest] if len(rest) > 1 else rest[0] if rest else neutral


def _negated(part: Expression) -> Expression:
    return _FALSE if part == _TRUE else _TRUE if part == _FALSE else ["not", part]


def _of_objects(expression: Expression, part: Expression) -> Expression:
    return _FALSE if part == _FALSE else ["some", expression[1], part]
