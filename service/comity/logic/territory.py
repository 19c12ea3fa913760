"""Places and bodies: which places a code, a body or a set of places may stand for on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.logic.timeline import Span

__all__ = ["Membership", "Territories", "stated_place"]

Membership = tuple[str, str, str | None, str | None]
"""Body, member (a place or a body), first day, first day without."""


_MOST_KEPT = 4096  # members of a body on a day that are kept; days are many, so that they may not pile up


def stated_place(value: Any) -> tuple[str, str] | None:
    """Return on which side (``in`` or ``outside``) of which place or body a stated place lies.

    A code alone lies in itself, ``{"in": code}`` and ``{"outside": code}`` say the side; ``None`` is returned for anything else.
    """
    if isinstance(value, str):
        return "in", value
    if isinstance(value, dict) and len(value) == 1:
        ((side, code),) = value.items()
        if side in ("in", "outside") and isinstance(code, str):
            return side, code
    return None


class Territories:
    """The places of the graph with their parts, and who belongs to which body when.

    ``part_of`` maps each place to the whole whose memberships it shares, or to ``None``.
    """

    def __init__(self, part_of: dict[str, str | None], memberships: list[Membership]) -> None:
        self.part_of = part_of
        self.everywhere = frozenset(part_of)
        self._parts: dict[str, set[str]] = {code: {code} for code in part_of}
        for code, whole in part_of.items():
            above = whole
            while above is not None:
                self._parts[above].add(code)
                above = part_of[above]
        self._territories = {code: frozenset(parts) for code, parts in self._parts.items()}
        self._members: dict[tuple[str, date], frozenset[str]] = {}
        self._rows: dict[str, list[tuple[str, Span]]] = {}
        for body, member, start, until in memberships:
            self._rows.setdefault(body, []).append((member, Span(start, until)))

    @property
    def bodies(self) -> frozenset[str]:
        """Return the codes of all bodies that have members."""
        return frozenset(self._rows)

    @property
    def rows(self) -> dict[str, list[tuple[str, Span]]]:
        """Return who belongs to which body, and when."""
        return self._rows

    def spans(self) -> list[Span]:
        """Return the spans of all memberships."""
        return [span for rows in self._rows.values() for _, span in rows]

    def territory(self, code: str) -> frozenset[str]:
        """Return a place and its parts."""
        return self._territories[code]

    def outermost(self, code: str) -> str:
        """Return the place of which a place is, through others or not, a part; the place itself if it is no part."""
        while (whole := self.part_of.get(code)) is not None:
            code = whole
        return code

    def members(self, body: str, day: date) -> frozenset[str]:
        """Return the places inside a body on a day; a part follows its whole unless it has rows of its own."""
        key = (body, day)
        found = self._members.get(key)
        if found is None:
            if len(self._members) >= _MOST_KEPT:
                self._members.clear()
            found = self._members[key] = self._members_on(body, day)
        return found

    def _members_on(self, body: str, day: date) -> frozenset[str]:
        rows = self._rows.get(body, [])
        own = {member for member, _ in rows}
        inside: set[str] = set()
        for member, span in rows:
            if span.holds_on(day) is not True:
                continue
            if member in self._rows and member not in self._parts:
                inside |= self.members(member, day)
            else:
                inside |= {part for part in self._parts[member] if part == member or not self._apart(part, member, own)}
        return frozenset(inside)

    def _apart(self, part: str, whole: str, own: set[str]) -> bool:
        while part != whole:
            if part in own:
                return True
            part = self.part_of[part]  # type: ignore[assignment]  # *part* lies in *whole*, so the walk ends there
        return False

    def resolve(self, expression: Any, day: date) -> frozenset[str]:
        """Return the codes of a set of places (the forms of :mod:`comity.logic.expression`) on a day."""
        form, *rest = expression
        if form == "codes":
            return frozenset(rest[0])
        if form == "all":
            return self.everywhere
        if form == "body":
            return self.members(rest[0], day)
        if form == "territory":
            return self.territory(rest[0])
        if form == "minus":
            return self.everywhere - self.resolve(rest[0], day)
        sets = [self.resolve(part, day) for part in rest]
        return frozenset.union(*sets) if form == "union" else frozenset.intersection(*sets)

    def candidates(self, stated: Any, day: date) -> frozenset[str]:
        """Return the places that a stated place (see `stated_place`) may be: a part of a place or body, or none of them."""
        side, code = stated_place(stated) or ("in", stated)
        inside = self.territory(code) if code in self._parts else self.members(code, day)
        return inside if side == "in" else self.everywhere - inside

    def knows(self, code: str) -> bool:
        """Say whether the code is a place or a body of the graph."""
        return code in self._parts or code in self._rows
