"""An answer as the page tells it: what things are called and where they are read, the patches of steps, the questions as inputs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.flow.pointers import at, escaped
from comity.iris import IDS, value_iri
from comity.web.check.inputs import Input, Inputs
from comity.web.check.picture import SIGNS
from comity.web.terms import Terms

__all__ = ["MOST_CONFLICTS", "Asked", "Told"]

Json = dict[str, Any]

MOST_CONFLICTS = 12
"""How many conflicts the page shows side by side; the answer as JSON has the others."""


@dataclass(slots=True)
class Asked:
    """A question that is open: one input, or several for the parts of one thing, with what is told along with them."""

    question: str
    why: str
    tier: str
    inputs: list[Input]
    place: str = ""
    along: str = ""


class Told:
    """Tells answers in one language; everything that is law comes from the program and the graph."""

    def __init__(self, program: Mapping[str, Any], terms: Terms, inputs: Inputs, words: Mapping[str, str], lang: str) -> None:
        self._norms = {norm["id"]: norm for norm in program["norms"]}
        self._instruments = program["instruments"]
        self._provisions = program["provisions"]
        self._kinds = program["conflictWords"]["kind"] if "conflictWords" in program else {}
        self._ways = program.get("wayKinds", {})
        self._terms, self._inputs, self._w, self._lang = terms, inputs, words, lang

    def verdict(self, code: str) -> str:
        """Return what a verdict is called."""
        return self._value("verdict", code)

    def status(self, code: str) -> str:
        """Return what a status of a norm is called."""
        return self._value("findingStatus", code)

    def subject(self, code: str) -> str:
        """Return what a subject of coverage is called."""
        return self._value("coverageSubject", code)

    def sign(self, verdict: str) -> str:
        """Return the sign of a verdict."""
        return SIGNS.get(verdict, "")

    def about(self, vocabulary: str, code: str) -> str:
        """Return the address at which a value is explained."""
        return self._terms.href(value_iri(vocabulary, code)) or ""

    def norm(self, name: str) -> str:
        """Return the address of the page of a norm."""
        known = self._norms.get(name)
        return (self._terms.href(known["iri"]) or "") if known else ""

    def cited(self, name: str) -> str:
        """Return how a norm is cited: its provision."""
        known = self._norms.get(name)
        provisions = [self._provisions[iri]["label"][self._lang] for iri in known.get("provisions", ())[:1]] if known else []
        return provisions[0] if provisions else name

    def norm_label(self, name: str) -> str:
        """Return what a norm wants, in a line."""
        known = self._norms.get(name)
        return str(known["label"][self._lang]) if known else name

    def instrument(self, name: str) -> str:
        """Return the address of the page of an instrument."""
        return self._terms.href(IDS + name) or ""

    def title(self, name: str) -> str:
        """Return the title of an instrument."""
        return str(self._instruments[name]["label"][self._lang]) if name in self._instruments else name

    def thing(self, name: str) -> str:
        """Return the address of a thing, whether named by its IRI or without what all have in common."""
        return self._terms.href(name if name.startswith(("http:", "https:")) else IDS + name) or ""

    def conflict_kind(self, code: str) -> str:
        """Return what a kind of conflict is called."""
        return str(self._kinds.get(code, {}).get(self._lang, code))

    def way_kind(self, code: str) -> str:
        """Return what a kind of way out is called."""
        return str(self._ways.get(code, {}).get("label", {}).get(self._lang, code))

    def place(self, place: Any) -> str:
        """Return what a place is called: by its code, or as one outside another."""
        return self._inputs.name_of(place) if isinstance(place, str) else str(place)

    def span(self, kind: str, told: Mapping[str, Any]) -> str:
        """Return a deadline or the time that an authority has, in words."""
        return self._w[kind].format(n=told["length"], unit=told["unitLabel"][self._lang], event=told["runsFrom"][self._lang])

    def patch(self, *steps: Sequence[Json]) -> str:
        """Return the changes of lists of steps as one patch; "" where they change nothing."""
        changes = [change for some in steps for step in some for change in step.get("change", ())]
        return json.dumps(changes, ensure_ascii=False, separators=(",", ":")) if changes else ""

    def changes(self, step: Json) -> str:
        """Return what a step changes, a line for each change."""
        return "\n".join(f"{each['path']} = {json.dumps(each.get('value'), ensure_ascii=False)}" for each in step.get("change", ()))

    def position(self, description: Any, question: str, position: str) -> str:
        """Return the patch that takes a position on a question."""
        if isinstance(at(description, "/positions"), dict):
            change: Json = {"op": "add", "path": f"/positions/{escaped(question)}", "value": position}
        else:
            change = {"op": "add", "path": "/positions", "value": {question: position}}
        return json.dumps([change], ensure_ascii=False)

    def asked(self, missing: Sequence[Json], description: Any) -> list[Asked]:
        """Return the questions of an answer as inputs; one to which no input fits is told without."""
        asked: list[Asked] = []
        for question in missing:
            ahead = sum(each.place.rpartition("/")[0] == question["pointer"] for each in asked)
            made = self._asked(question, description, ahead)
            names = {one.name for each in asked for one in each.inputs}
            if any(one.name in names for one in made.inputs):
                made.inputs, made.along = [], ""
            asked.append(made)
        return asked

    def _asked(self, question: Json, description: Any, ahead: int) -> Asked:
        pointer, form = question["pointer"], question["form"]
        told = Asked(question["question"][self._lang], question["why"][self._lang], question["tier"], [])
        inputs, place, along = self._inputs.below(pointer, form.get("value"), description, ahead)
        if inputs:
            told.inputs, told.place, told.along = inputs, place, json.dumps(along, ensure_ascii=False)
        elif (one := self._inputs.of(pointer, description, [code["code"] for code in form.get("codes", ())])) is not None:
            one.question = told.question
            told.inputs = [one]
        return told

    def _value(self, vocabulary: str, code: str) -> str:
        return self._terms.label(value_iri(vocabulary, code), self._lang)
