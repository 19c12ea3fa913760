"""The inputs with which a fact is told on a page: what is asked, the codes to choose from, what is told already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from comity.flow.pointers import at, known_key
from comity.flow.schema import KeySchema, Schema

__all__ = ["ANSWER", "WITH", "Choice", "Group", "Input", "Inputs"]

ANSWER = "answer:"
"""Begins the name of a field that answers the question at a pointer."""
WITH = "with:"
"""Begins the name of a field that holds what is told along with the answers below a pointer."""

_FEW = 12  # codes that are shown at once; the others unfold
_BROAD = 15  # a category with more kinds under it than this is no heading of a group
_NUMBERS = ("count", "number", "percent")
_SEVERAL_PLACES = ("places", "partiesOrPlaces")
_SHAPES = {
    "boolean": "yesno",
    "code": "choice",
    "ref": "text",
    "codes": "choices",
    "taxonomy": "choices",
    "place": "place",
    "partyOrPlace": "place",
    "places": "places",
    "partiesOrPlaces": "places",
    "date": "date",
    "count": "number",
    "number": "number",
    "percent": "number",
    "text": "text",
    "party": "text",
    "refs": "texts",
    "norms": "texts",
    "parties": "texts",
}


@dataclass(slots=True)
class Choice:
    """A code to choose, with its name."""

    code: str
    label: str
    chosen: bool = False


@dataclass(slots=True)
class Group:
    """Codes under one heading; without a heading they are shown at once."""

    heading: str
    choices: list[Choice]

    @property
    def open(self) -> bool:
        """Say whether one of them is chosen."""
        return any(choice.chosen for choice in self.choices)


@dataclass(slots=True)
class Input:
    """One question and how it is answered; ``shape`` is yesno, choice, choices, place, places, number, date, text, texts or json.

    ``of`` says of which thing in the description it is asked, ``none`` that an answer may be that there is none, of which no code tells.
    """

    name: str
    ident: str
    pointer: str
    shape: str
    label: str
    question: str
    value: str = ""
    unit: str = ""
    of: str = ""
    none: bool = False
    groups: list[Group] = field(default_factory=list)


class Inputs:
    """Makes the inputs for one language."""

    def __init__(self, schema: Schema, places: Mapping[str, Mapping[str, str]], lang: str) -> None:
        self._schema, self._places, self._lang = schema, places, lang

    def of(self, pointer: str, description: Any = None, first: Iterable[str] = ()) -> Input | None:
        """Return the input for the fact at a pointer, filled with what a description tells; ``first`` are codes to show first.

        None for a pointer that leads to no fact of the vocabulary.
        """
        found = known_key(self._schema, pointer)
        if found is None:
            return None
        entry = found[1]
        value = at(description, pointer)
        shape = "json" if isinstance(value, dict) else _SHAPES.get(entry.kind, "json")
        return Input(
            name=ANSWER + pointer,
            ident="f" + pointer.replace("/", "-").replace("~", "_"),
            pointer=pointer,
            shape=shape,
            label=entry.label.get(self._lang, entry.key),
            question=entry.question.get(self._lang) or entry.label.get(self._lang, entry.key),
            value=self._text(entry, value),
            unit=entry.unit.get(self._lang, "").strip(),
            of=self._holder(pointer, description),
            none=entry.kind == "codes" and not entry.none_codes,
            groups=self._groups(entry, value, list(first)) if shape in ("choice", "choices") else [],
        )

    def _holder(self, pointer: str, description: Any) -> str:
        """Return what the thing is called that holds the fact at a pointer; "" for the flow itself."""
        holder = pointer.rpartition("/")[0]
        told = at(description, holder)
        name = told if isinstance(told, str) else told.get("id") if isinstance(told, dict) else None
        key = known_key(self._schema, holder)
        label = key[1].label.get(self._lang, "") if key else ""
        if not label or not isinstance(name, str):
            return label
        return f"{label}（{name}）" if self._lang == "zh" else f"{label} ({name})"

    def below(self, pointer: str, blank: Any, description: Any, ahead: int = 0) -> tuple[list[Input], str, Any]:
        """Return the inputs for the gaps of a blank object at a pointer, under which pointer it goes, and what it tells already.

        ``ahead`` new things of the same list are asked about before it.
        """
        new = isinstance(blank, list)
        one = blank[0] if new and blank else blank
        if not isinstance(one, dict):
            return [], pointer, None
        told = at(description, pointer)
        place = f"{pointer}/{ahead + (len(told) if isinstance(told, list) else 0)}" if new else pointer
        gaps = [key for key, value in one.items() if value in (None, "", [""])]
        inputs = [made for key in gaps if (made := self.of(f"{place}/{key}")) is not None]
        return inputs, place, {key: value for key, value in one.items() if key not in gaps}

    def name_of(self, code: str) -> str:
        """Return what a place is called."""
        return self._places.get(code, {}).get(self._lang, code)

    def _text(self, entry: KeySchema, value: Any) -> str:
        if value is None or value == []:
            return ""
        if entry.kind in ("place", "partyOrPlace") and isinstance(value, str):
            return self.name_of(value)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            join = "、" if self._lang == "zh" else ", "
            return join.join(self.name_of(each) if entry.kind in _SEVERAL_PLACES else each for each in value)
        return str(value).lower() if isinstance(value, bool) else str(value)

    def _groups(self, entry: KeySchema, value: Any, first: list[str]) -> list[Group]:
        told = value if isinstance(value, list) else [value]
        chosen = {each for each in told if isinstance(each, str)}
        if entry.kind == "taxonomy" and not first:
            return self._by_heading(entry, chosen)
        ahead = [code for code in first if code in entry.codes]
        rest = sorted((code for code in entry.codes if code not in ahead), key=lambda code: self._label(entry, code))
        if not ahead or entry.kind == "code" or len(entry.codes) <= _FEW:
            return [Group("", [self._choice(entry, code, chosen) for code in (*ahead, *rest)])]
        return [
            Group("", [self._choice(entry, code, chosen) for code in ahead]),
            Group("…", [self._choice(entry, code, chosen) for code in rest]),
        ]

    def _by_heading(self, entry: KeySchema, chosen: set[str]) -> list[Group]:
        """Return categories under those of them that have kinds of their own; the others stand in a last group."""
        above = {code: [each for each in self._schema.ancestors.get(code, ()) if each in entry.codes] for code in entry.codes}
        below = {code: sum(code in others for others in above.values()) for code in entry.codes}
        heads = [
            code
            for code in sorted(entry.codes, key=lambda code: self._label(entry, code))
            if 1 < below[code] <= _BROAD and all(below[each] > _BROAD for each in above[code])
        ]
        groups, held = [], set(heads)
        for head in heads:
            kinds = sorted((code for code in entry.codes if head in above[code]), key=lambda code: self._label(entry, code))
            groups.append(Group(self._label(entry, head), [self._choice(entry, code, chosen) for code in (head, *kinds)]))
            held.update(kinds)
        others = sorted(entry.codes - held, key=lambda code: self._label(entry, code))
        return [*groups, Group("…", [self._choice(entry, code, chosen) for code in others])]

    def _choice(self, entry: KeySchema, code: str, chosen: set[str]) -> Choice:
        return Choice(code, self._label(entry, code), code in chosen)

    def _label(self, entry: KeySchema, code: str) -> str:
        if code in self._places:
            return self.name_of(code)
        return self._schema.labels.get(f"{entry.vocabulary}/{code}", {}).get(self._lang, code)
