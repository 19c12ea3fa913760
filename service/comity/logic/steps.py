"""Expressions taken apart, with a test for each part, for whoever walks them a second time to say why they came out as they did."""

from __future__ import annotations

from comity.logic.expression import Compiler, Expression, Test, parts_of

__all__ = ["Step", "Steps"]


class Step:
    """A part of an expression: its test, the key that it reads, the parts below it, or the class that it names.

    ``denies`` says of a test of a value that it looks for what is outside the set that its author wrote.
    """

    __slots__ = ("denies", "expression", "form", "key", "name", "owner", "parts", "share", "test")

    def __init__(self, expression: Expression, test: Test, key: str = "", parts: tuple[Step, ...] = ()) -> None:
        self.expression = expression
        self.form: str = expression[0]
        self.test = test
        self.key = key
        self.parts = parts
        self.name: str = expression[1] if self.form == "is" else ""
        self.owner: str = expression[4] if self.form == "ownersum" else ""
        self.share: str = expression[5] if self.form == "ownersum" else ""
        self.denies: bool = self.form == "place" and expression[2][0] == "minus"


class Steps:
    """Takes expressions apart; named classes are taken apart once."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._named: dict[str, Step] = {}
        self._codes: dict[tuple[str, str], tuple[str, ...]] = {}

    def of(self, expression: Expression) -> Step:
        """Return the expression with a test for each of its parts."""
        form = expression[0]
        test = self._compiler.test(expression)
        if form in ("and", "or", "not"):
            return Step(expression, test, parts=tuple(self.of(part) for part in expression[1:]))
        if form in ("some", "count"):
            return Step(expression, test, expression[1], (self.of(expression[2]),))
        if form == "ownersum":
            return Step(expression, test, expression[3], (self.of(expression[2]),))
        return Step(expression, test, expression[1] if form in ("has", "place", "num", "present") else "")

    def forget(self, name: str) -> None:
        """Take a named class apart anew when it is asked for again, since it was defined anew."""
        self._named.pop(name, None)

    def of_class(self, name: str) -> Step:
        """Return the expression of a named class, taken apart once."""
        if name not in self._named:
            self._named[name] = self.of(self._compiler.classes[name])
        return self._named[name]

    def codes_read(self, name: str, key: str) -> tuple[str, ...]:
        """Return the codes of a key that a named class speaks of, itself or through the classes that it names."""
        found = self._codes.get((name, key))
        if found is None:
            codes: dict[str, None] = {}
            seen, waiting = {name}, [name]
            for each in waiting:
                for part in parts_of(self._compiler.classes[each]):
                    if part[0] == "is" and part[1] not in seen:
                        seen.add(part[1])
                        waiting.append(part[1])
                    elif part[0] == "has" and part[1] == key:
                        codes.update(dict.fromkeys(code for code in part[2] if isinstance(code, str)))
            found = self._codes[name, key] = tuple(codes)
        return found
