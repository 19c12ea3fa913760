"""The picture of a flow: places, parties, data and legs from top to bottom, laid out for a page and for a reader who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from comity.web.check.wrapping import wrapped

__all__ = ["SIGNS", "Box", "Line", "Picture", "picture"]

Json = dict[str, Any]

WIDTH = 360
_LINE, _PAD, _GAP = 19, 10, 14
_ARROW = 30
_MOST_DATA = 4  # data items that are named; the others are counted
_MOST_LEGS, _MOST_PARTIES = 12, 8  # what is drawn; the others are counted
SIGNS = {
    "permitted": "✓",
    "not-regulated": "○",
    "conditional": "!",
    "needs-information": "?",
    "contested": "≈",
    "conflict": "⇄",
    "not-covered": "–",
    "prohibited": "✕",
}
"""The sign of each verdict, so that it can be told without colour."""


@dataclass(slots=True)
class Line:
    """A line of text at a place."""

    x: float
    y: float
    text: str
    kind: str = ""


@dataclass(slots=True)
class Box:
    """A box: ``kind`` is place, party, cargo (the data) or people; ``finding`` the gravest verdict of the laws of a place."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    finding: str = ""
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Arrow:
    """An arrow downwards, drawn by the finding on the leg."""

    x: float
    y: float
    end: float
    finding: str


@dataclass(slots=True)
class Picture:
    """All that is drawn, and the same in words."""

    width: int
    height: float
    boxes: list[Box]
    arrows: list[Arrow]
    told: list[str]


@dataclass(slots=True)
class Names:
    """How the picture calls what it draws: words of the page, and names of places, keys' values and verdicts."""

    words: Mapping[str, str]
    place: Callable[[str], str]
    value: Callable[[str, str, str], str]
    verdict: Callable[[str], str]
    finding: Callable[[str], str]
    """Gives the gravest verdict of the laws of a place; "" where none speaks."""


def picture(description: Any, verdicts: Sequence[str], names: Names) -> Picture | None:
    """Return the picture of a description whose legs have these verdicts; None of what is no description."""
    if not isinstance(description, dict):
        return None
    legs = [leg for leg in description.get("legs") or [description] if isinstance(leg, dict)]
    drawn = _Drawing(description, names)
    for number, leg in enumerate(legs[:_MOST_LEGS]):
        drawn.leg({**description, **leg}, verdicts[number] if number < len(verdicts) else "", number if len(legs) > 1 else None)
    drawn.others(len(legs) - _MOST_LEGS)
    return Picture(WIDTH, drawn.y + 2, drawn.boxes, drawn.arrows, drawn.told)


class _Drawing:
    def __init__(self, description: Json, names: Names) -> None:
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self.told: list[str] = []
        self.y: float = 2
        self._names, self._w = names, names.words
        self._known = {each["id"]: each for each in _objects(description) if isinstance(each.get("id"), str)}
        self._last: tuple[Any, Any] | None = None
        self._shown: set[str] = set()

    def leg(self, leg: Json, verdict: str, number: int | None) -> None:
        """Draw one leg below what is drawn: whose data, the sender in its place, the data on the arrow, the recipient in its place."""
        sender, recipient = leg.get("exporter"), leg.get("importer")
        items = [self._object(item) for item in _list(leg.get("dataItems"))]
        if number is None or number == 0:
            people = _once(place for item in items for place in _list(item.get("subjectsIn")))
            if people:
                self._box("people", [self._w["people_in"].format(places=self._places(people))])
                self._arrow("", 14)
        if self._last is None or self._last != (self._who(sender), leg.get("from")):
            self._place(leg.get("from") or self._seat(sender), sender, "sender")
        title = self._w["leg_n"].format(n=number + 1) + self._w["colon"] if number is not None else ""
        act = self._names.value("DataFlow", "act", leg["act"]) if isinstance(leg.get("act"), str) else self._w["act_untold"]
        sign = f"{SIGNS.get(verdict, '')} {self._names.verdict(verdict)}" if verdict else ""
        self._arrow(verdict)
        self._box("cargo", [title + act, *([sign] if sign else []), *self._data(items)], verdict)
        self._arrow(verdict)
        stored = [place for place in _list(leg.get("storedIn")) if place != leg.get("to")]
        extra = [self._w["stored_in"].format(places=self._places(stored))] if stored else []
        self._place(leg.get("to") or self._seat(recipient), recipient, "recipient", extra)
        self._last = (self._who(recipient), leg.get("to"))

    def others(self, legs: int) -> None:
        """Draw the parties that stand beside the flow, and say how many more legs there are."""
        if legs > 0:
            self._box("people", [self._w["more"].format(n=legs)])
        named = [each for key, each in self._known.items() if key not in self._shown and ("kind" in each or "establishedIn" in each)]
        if named:
            self.y += _GAP
            more = [self._w["more"].format(n=len(named) - _MOST_PARTIES)] if len(named) > _MOST_PARTIES else []
            self._box("party", [self._w["others"], *(self._party(each) for each in named[:_MOST_PARTIES]), *more])

    def _place(self, place: Any, party: Any, role: str, extra: Sequence[str] = ()) -> None:
        code = place if isinstance(place, str) else ""
        finding = self._names.finding(code) if code else ""
        head = self._names.place(code) if code else self._w["place_untold"]
        law = f"{SIGNS.get(finding, '')} {self._w['law_here'].format(verdict=self._names.verdict(finding))}" if finding else ""
        lines = [f"{self._w[role]}{self._w['colon']}{self._party(party)}", *extra]
        top = self.y
        frame = Box(1, top, WIDTH - 2, 0, "place", finding)
        y = top + _PAD
        for kind, text in (("head", head), ("law", law)):
            for piece in wrapped(text, 24):
                y += _LINE
                frame.lines.append(Line(14, y - 5, piece, kind))
        self.boxes.append(frame)
        self.y = y + 4
        self._box("party", lines, inset=14)
        self.y += _PAD
        frame.height = self.y - top
        self.told.append(self._w["colon"].join((head, self._w["stop"].join([*lines, *([law] if law else [])]))))

    def _box(self, kind: str, texts: Sequence[str], finding: str = "", inset: float = 30) -> None:
        box = Box(inset, self.y, WIDTH - 2 * inset, 0, kind, finding)
        y = self.y + _PAD / 2
        for number, text in enumerate(texts):
            for piece in wrapped(text, (box.width - 24) / 15.5):
                y += _LINE
                box.lines.append(Line(inset + 12, y - 5, piece, "first" if number == 0 else ""))
        box.height = y + _PAD / 2 - self.y
        self.boxes.append(box)
        self.y = y + _PAD / 2
        if kind != "party" or inset == 30:
            self.told.append(self._w["stop"].join(texts))

    def _arrow(self, finding: str, length: float = _ARROW) -> None:
        self.arrows.append(Arrow(WIDTH / 2, self.y, self.y + length, finding))
        self.y += length + 3

    def _data(self, items: Sequence[Json]) -> list[str]:
        told = [self._item(item) for item in items[:_MOST_DATA]]
        return told + ([self._w["more"].format(n=len(items) - _MOST_DATA)] if len(items) > _MOST_DATA else [])

    def _item(self, item: Json) -> str:
        kinds = [self._names.value("DataItem", "categories", code) for code in _list(item.get("categories")) if isinstance(code, str)]
        parts = [self._w["comma"].join(kinds) or self._w["data_untold"]]
        if isinstance(item.get("identifiability"), str):
            parts.append(self._names.value("DataItem", "identifiability", item["identifiability"]))
        if isinstance(item.get("persons"), int):
            parts.append(self._w["n_people"].format(n=f"{item['persons']:,}"))
        return self._w["stop"].join(parts)

    def _party(self, party: Any) -> str:
        told = self._object(party)
        if not told:
            return self._w["party_untold"]
        name = told.get("id") if isinstance(told.get("id"), str) else ""
        if name:
            self._shown.add(name)
        facts = [self._names.value("Party", "kind", told["kind"])] if isinstance(told.get("kind"), str) else []
        seat = _list(told.get("establishedIn"))
        facts += [self._places(seat)] if seat else []
        listed = self._w["comma"].join(facts)
        return self._w["named"].format(name=name, told=listed) if name and listed else name or listed or self._w["party_untold"]

    def _who(self, party: Any) -> Any:
        return party.get("id") if isinstance(party, dict) and "id" in party else party

    def _seat(self, party: Any) -> Any:
        return next(iter(_list(self._object(party).get("establishedIn"))), None)

    def _object(self, party: Any) -> Json:
        found = self._known.get(party, {"id": party}) if isinstance(party, str) else party
        return found if isinstance(found, dict) else {}

    def _places(self, codes: Sequence[Any]) -> str:
        return self._w["comma"].join(self._names.place(code) for code in codes if isinstance(code, str))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _once(values: Any) -> list[str]:
    return list(dict.fromkeys(value for value in values if isinstance(value, str)))


def _objects(value: Any) -> list[Json]:
    if isinstance(value, dict):
        return [value, *(found for inner in value.values() for found in _objects(inner))]
    return [found for inner in value for found in _objects(inner)] if isinstance(value, list) else []
