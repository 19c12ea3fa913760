"""The words of a plan: what a step is called, what a way is called, why something stops a flow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from comity.flow.schema import KeySchema, Schema
from comity.law.program import Program
from comity.law.program_text import Words
from comity.logic.facts import Fact
from comity.plan.change import Changer, Step
from comity.plan.draft import Draft
from comity.plan.values import Reference
from comity.plan.wishes import Choice, Name, Several, Thing, Things, Wish

__all__ = ["PlanWords"]

_LANGUAGES = ("en", "zh")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_KEY = re.compile(r"\{(\w+)\}")
_MOST_NAMES = 3
_BETWEEN = {"en": ", ", "zh": "、"}


class PlanWords:
    """Finds the words of the law first, then those of the classes, then the sentences of the schema."""

    def __init__(self, schema: Schema, program: Program, changer: Changer) -> None:
        self._schema = schema
        self._program = program
        self._changer = changer

    def act(self, step: Step) -> Words:
        """Return what a step is called."""
        if step.names and not (step.thing is not None and self.is_mechanism(step)):
            return _named(step.names)
        if step.thing is not None:
            return self._thing(step.thing)
        told = [self._fact(step.kind, key, wish) for key, wish in step.wishes]
        return {
            lang: "; ".join(words[lang] for words in told) if lang == "en" else "；".join(words[lang] for words in told)
            for lang in _LANGUAGES
        }

    def way(self, own: Iterable[Step], draft: Draft) -> Words:
        """Return what a way is called: the permissions on which it rests, else the steps that it alone takes."""
        names = [mechanism.partition("/")[2] for mechanism in sorted(draft.mechanisms)]
        norms = [norm for name in names for norm in self._program.norms if name in (norm.id, norm.data.get("situation"))]
        found = [norm.data["label"] for norm in norms if norm.data["resort"] != "ordinary"]
        steps = list(own)
        told = found or [self.act(step) for step in steps if self.is_mechanism(step)] or [self.act(step) for step in steps]
        return {lang: ("; " if lang == "en" else "；").join(dict.fromkeys(words[lang] for words in told)) for lang in _LANGUAGES}

    def is_mechanism(self, step: Step) -> bool:
        """Say whether a step brings about an instrument in which ways differ."""
        kind = step.thing.kind if step.thing is not None else step.kind
        return "mechanism" in self._schema.things.get(kind, {})

    def _thing(self, thing: Thing) -> Words:
        pattern = self._schema.things.get(thing.kind, {}).get("step")
        values = {key: self._values(thing.kind, key, wish) for key, wish in thing.wishes}
        if pattern is not None:
            return _filled(pattern, values)
        said = [self._fact(thing.kind, key, wish) for key, wish in thing.wishes]
        return {lang: _BETWEEN[lang].join(words[lang] for words in said) or thing.kind for lang in _LANGUAGES}

    def _fact(self, kind: str, key: str, wish: Wish) -> Words:
        entry = self._entry(kind, key)
        if isinstance(wish, Things):
            if wish.new:
                return self._thing(wish.new[0])
            return {"en": f"{entry.label['en']}: none", "zh": f"{entry.label['zh']}：无"}
        pattern = entry.step or {"en": f"{entry.label['en']}: {{{key}}}", "zh": f"{entry.label['zh']}：{{{key}}}"}
        return _filled(pattern, {key: self._values(kind, key, wish)})

    def _values(self, kind: str, key: str, wish: Wish) -> Words:
        entry = self._entry(kind, key)
        if isinstance(wish, Choice):
            chosen: list[Any] = [wish.values[0]]
        elif isinstance(wish, Several):
            chosen = self._changer.chosen(kind, entry, wish, [])
        else:
            return {lang: _BETWEEN[lang].join(self._thing(thing)[lang] for thing in wish.new) for lang in _LANGUAGES}
        labels = [self._value(entry, value) for value in chosen]
        none = {"en": "none", "zh": "无"}
        return {lang: _BETWEEN[lang].join(label[lang] for label in labels) or none[lang] for lang in _LANGUAGES}

    def _value(self, entry: KeySchema, value: Any) -> Words:
        if isinstance(value, Reference):
            name = value.party.raw.get("id")
            position = self._schema.find("DataFlow", value.party.path.rpartition("/")[2])
            if name is None and position is not None:
                return position.label
            return {"en": str(name or value.party.path), "zh": str(name or value.party.path)}
        if isinstance(value, bool):
            return {"en": "yes" if value else "no", "zh": "是" if value else "否"}
        data = self._program.data
        if entry.kind in ("ref", "refs") and value in data["instruments"]:
            return data["instruments"][value]["label"]
        place = data["placeLabels"].get(value) if isinstance(value, str) else None
        if place is not None and not entry.vocabulary:
            return place
        return self._schema.labels.get(f"{entry.vocabulary}/{value}", {"en": str(value), "zh": str(value)})

    def fact(self, fact: Fact) -> Words:
        """Return what a fact is called."""
        return self.asked(fact.kind, fact.key)["label"]

    def asked(self, kind: str, key: str) -> dict[str, Words]:
        """Return what a fact is called and how it is asked for, stated or derived."""
        entry = self._schema.find(kind, key)
        if entry is not None:
            return {"label": entry.label, "question": entry.question}
        rule = next((rule for rule in self._program.derived if rule["key"] == key), None)
        if rule is not None:
            return {"label": rule["label"], "question": rule["question"]}
        return {"label": {"en": key, "zh": key}, "question": {}}

    def _entry(self, kind: str, key: str) -> KeySchema:
        entry = self._schema.find(kind, key)
        assert entry is not None  # steps change what descriptions can state
        return entry


def _named(names: tuple[Name, ...]) -> Words:
    """Return the names that stand nearest to a sentence, a few of them."""
    nearest = min(name[0] for name in names)
    told = [name for name in names if name[0] == nearest][:_MOST_NAMES]
    return {"en": "; ".join(name[1] for name in told), "zh": "；".join(name[2] for name in told)}


def _filled(pattern: Words, values: dict[str, Words]) -> Words:
    """Return a sentence with the words of its keys; a part in brackets goes where one of its keys has none."""
    found: Words = {}
    for lang in _LANGUAGES:

        def part(match: re.Match[str], lang: str = lang) -> str:
            return match.group(1) if all(values.get(key, {}).get(lang) for key in _KEY.findall(match.group(1))) else ""

        text = _OPTIONAL.sub(part, pattern[lang])
        found[lang] = _KEY.sub(lambda match, lang=lang: values.get(match.group(1), {}).get(lang, ""), text)  # type: ignore[misc]
    return found
