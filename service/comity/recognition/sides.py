"""The two sides of a question: a place, or a body that has law of its own, on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from comity.law.recognition_text import BodyText
from comity.logic.territory import Territories
from comity.spelling import nearest

__all__ = ["Fault", "Gazetteer", "RecognitionError", "Side"]

_MEMBERS_NAMED = 12  # of a body that is no side, in the message that refuses it


class Fault(NamedTuple):
    """What is wrong with a question: which part of it, in both languages, and the nearest valid values."""

    field: str
    en: str
    zh: str
    nearest: list[str]


class RecognitionError(ValueError):
    """A question that cannot be answered; ``faults`` says why and what would do."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.en for fault in faults))
        self.faults = faults


class Side(NamedTuple):
    """One side: its code, its names, and the places of which it consists on the day."""

    code: str
    label: dict[str, str]
    places: frozenset[str]
    is_body: bool

    def within(self, others: frozenset[str]) -> bool:
        """Say whether the whole of this side lies among other places."""
        return bool(self.places) and self.places <= others


class Gazetteer:
    """Knows places and bodies by their codes and names.

    ``with_law`` are the bodies that have law of their own, so that they can be asked like a place.
    """

    def __init__(
        self,
        territories: Territories,
        labels: Mapping[str, dict[str, str]],
        names: Mapping[str, str],
        bodies: Mapping[str, BodyText],
        with_law: frozenset[str],
    ) -> None:
        self.territories = territories
        self.labels = labels
        self._bodies = bodies
        self._with_law = with_law
        self._by_name = {code.casefold(): code for code in labels} | dict(names)

    def side(self, name: str, day: date, field: str) -> Side:
        """Return the place, or the body with law of its own, that a code or a name means. Raises :class:`RecognitionError`."""
        code = self._by_name.get(name.strip().casefold())
        if code is None:
            raise RecognitionError([self._unknown(name, field)])
        if code not in self._bodies:
            return Side(code, self.labels[code], self.territories.territory(code), False)
        members = self.territories.members(code, day)
        if code not in self._with_law:
            raise RecognitionError([self._without_law(code, members, field)])
        return Side(code, self.labels[code], members, True)

    def pair(self, one: str, other: str, day: date, fields: tuple[str, str]) -> tuple[Side, Side]:
        """Return two sides, with every fault of either; ``fields`` says how the question calls them. Raises :class:`RecognitionError`."""
        found: list[Side] = []
        faults: list[Fault] = []
        for name, field in zip((one, other), fields, strict=True):
            try:
                found.append(self.side(name, day, field))
            except RecognitionError as refused:
                faults += refused.faults
        if not faults and found[0].code == found[1].code:
            en, zh = f"{one} and {other} are the same place; name two.", f"{one} 与 {other} 是同一地方；请给出两个不同的地方。"
            faults.append(Fault(fields[1], en, zh, []))
        if faults:
            raise RecognitionError(faults)
        return found[0], found[1]

    def members(self, code: str, day: date) -> frozenset[str]:
        """Return the places of a place (its parts) or of a body (its members) on a day."""
        return self.territories.members(code, day) if code in self._bodies else self.territories.territory(code)

    def is_body(self, code: str) -> bool:
        """Say whether a code names a body."""
        return code in self._bodies

    def has_law(self, code: str) -> bool:
        """Say whether a place, or a body, has law of its own."""
        return code not in self._bodies or code in self._with_law

    def shown(self, code: str) -> dict[str, object]:
        """Return a place or body as answers show it."""
        return {"code": code, "label": self.labels.get(code, {})}

    def _unknown(self, name: str, field: str) -> Fault:
        near = nearest(name, self._known_words())
        codes = list(dict.fromkeys(self._by_name[word.casefold()] for word in near))
        meant, meant_zh = (f" Nearest: {', '.join(codes)}.", f"最接近的：{'、'.join(codes)}。") if codes else ("", "")
        return Fault(
            field, f"The graph has no place or body {name[:120]!r}.{meant}", f"图谱中没有地方或组织“{name[:120]}”。{meant_zh}", codes
        )

    def _known_words(self) -> Iterable[str]:
        yield from self.labels
        yield from (label["en"] for label in self.labels.values() if "en" in label and label["en"].casefold() in self._by_name)

    def _without_law(self, code: str, members: frozenset[str], field: str) -> Fault:
        body = self._bodies[code]
        own = sorted(place for place in members if not self.territories.part_of[place])
        named, more = own[:_MEMBERS_NAMED], len(own) - _MEMBERS_NAMED
        rest, rest_zh = (f" and {more} more", f"等 {len(own)} 个") if more > 0 else ("", "")
        en, zh = (body["label"].get(lang, code) for lang in ("en", "zh"))
        what, what_zh = (body["definition"].get(lang, "") for lang in ("en", "zh"))
        who, who_zh = (
            (f" Its members on the day: {', '.join(named)}{rest}.", f"当日成员：{'、'.join(named)}{rest_zh}。") if own else ("", "")
        )
        return Fault(
            field,
            f"{code} ({en}) has no law of its own and recognises nobody; ask for one of its members. {what}{who}",
            f"{code}（{zh}）没有自己的法律，不作出认可；请改问其成员。{what_zh}{who_zh}",
            own[:3],
        )
