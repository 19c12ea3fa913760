"""The values that the template of a check is filled with: the form at the start, the answer, or the faults of a description."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from comity.flow.pointers import at, escaped, known_key, steps_of
from comity.flow.schema import Schema
from comity.law.norm import VERDICTS
from comity.web.check.answers import pretty
from comity.web.check.facts import Facts
from comity.web.check.inputs import ANSWER, WITH, Inputs
from comity.web.check.picture import Names, picture
from comity.web.check.start import parts
from comity.web.check.told import MOST_CONFLICTS, Told
from comity.web.check.words import check_words
from comity.web.terms import Terms

__all__ = ["CheckPages"]

Json = dict[str, Any]

_MOST_ASKED = 5  # questions that are put at once
_MOST_TWICE = 20_000  # letters of a description that a page of faults holds twice, for the facts as inputs beside it
_MOST_SHOWN = 120  # letters of a value at fault that are shown


class CheckPages:
    """Makes the values of the pages of one dataset. Safe to share between threads."""

    def __init__(self, program: Mapping[str, Any], terms: Terms, examples: Mapping[str, Json]) -> None:
        self.schema = Schema(program["schema"])
        self._program, self._terms, self._examples = program, terms, examples
        self._words = {lang: check_words(lang) for lang in ("en", "zh")}
        self._inputs = {lang: Inputs(self.schema, program["placeLabels"], lang) for lang in self._words}
        self._told = {lang: Told(program, terms, self._inputs[lang], words, lang) for lang, words in self._words.items()}
        self._facts = {lang: Facts(self.schema, program["placeLabels"], words, lang) for lang, words in self._words.items()}

    def start(self, lang: str, day: str) -> Json:
        """Return the values of the page with which a check begins."""
        return {
            **self._common(lang),
            "state": "start",
            "parts": parts(self._inputs[lang], {"asOf": day}),
            "starts": [(name, _in(each, "summary", lang), _in(each, "description", lang)) for name, each in self._examples.items()],
            "description": "",
        }

    def answer(self, lang: str, description: Any, answer: Json) -> Json:
        """Return the values of the page that tells an answer to a description."""
        told = self._told[lang]
        legs = answer.get("legs", [answer])
        findings = self._by_place(legs)
        names = Names(
            self._words[lang],
            self._inputs[lang].name_of,
            self._facts[lang].value,
            told.verdict,
            lambda code: findings(code, answer["asOf"]),
        )
        return {
            **self._common(lang),
            "state": "answer",
            "answer": answer,
            "legs": [_briefly(leg) for leg in legs],
            "open_questions": [told.asked(leg.get("missing", ())[:_MOST_ASKED], description) for leg in legs],
            "picture": None if "variants" in answer else picture(description, [leg.get("verdict", "") for leg in legs], names),
            "facts": self._facts[lang].of(description),
            "most_conflicts": MOST_CONFLICTS,
            "day": description.get("asOf", answer["asOf"]) if isinstance(description, dict) else "",
            "told_of": description,
            "description": pretty(description),
        }

    def fault(self, lang: str, text: str, problem: Any, description: Any, kept: Sequence[tuple[str, str]]) -> Json:
        """Return the values of the page that shows what is wrong; ``kept`` are fields that were not yet put into the description."""
        faults = problem.extra.get("errors") or []
        return {
            **self._common(lang),
            "state": "fault",
            "problem": problem,
            "faults": [self._fault(fault, description, lang) for fault in faults],
            "parts": parts(self._inputs[lang], description) if isinstance(description, dict) and len(text) <= _MOST_TWICE else [],
            "kept": [(name, value) for name, value in kept if name.startswith((ANSWER, WITH, "patch")) and value],
            "description": text,
        }

    def _common(self, lang: str) -> Json:
        return {"c": self._words[lang], "told": self._told[lang], "place_names": self._place_names(lang)}

    def _place_names(self, lang: str) -> list[str]:
        labels = self._program["placeLabels"]
        return sorted({labels[code][lang] for code in (*self._program["places"], *_bodies(self._program)) if code in labels})

    def _fault(self, fault: Json, description: Any, lang: str) -> Json:
        pointer = fault["pointer"]
        value = at(description, pointer)
        shown = "" if value is None else json.dumps(value, ensure_ascii=False)
        return {
            "pointer": pointer,
            "message": fault["message"].get(lang) or fault["message"].get("en", ""),
            "line": fault.get("line"),
            "column": fault.get("column"),
            "value": shown if len(shown) <= _MOST_SHOWN else shown[:_MOST_SHOWN] + " …",
            "nearest": [(self._called(pointer, near, lang), self._mend(pointer, value, near)) for near in fault.get("nearest", ())],
        }

    def _called(self, pointer: str, code: str, lang: str) -> str:
        """Return a code with its name beside it, where it has one."""
        found = known_key(self.schema, pointer)
        name = self._facts[lang].value(found[0], found[1].key, code) if found else code
        return code if name == code else f"{code} ({name})"

    def _mend(self, pointer: str, value: Any, near: str) -> str:
        """Return the patch that puts the nearest word where a fault is: as the value, or as the key where that is unknown."""
        key = steps_of(pointer)[-1] if pointer else ""
        if not key:
            return ""
        known = key.isdecimal() or any(key in keys for keys in self.schema.nodes.values())
        if known:
            return json.dumps([{"op": "replace", "path": pointer, "value": near}], ensure_ascii=False)
        place = f"{pointer.rpartition('/')[0]}/{escaped(near)}"
        return json.dumps([{"op": "add", "path": place, "value": value}, {"op": "remove", "path": pointer}], ensure_ascii=False)

    def _by_place(self, legs: Sequence[Json]) -> Any:
        """Return a function that gives the gravest verdict of the laws of a place on a day."""
        gravest: dict[str, int] = {}
        for leg in legs:
            for law in leg.get("instruments", ()):
                for code in law.get("jurisdiction", ()) if law["verdict"] in VERDICTS else ():
                    gravest[code] = min(gravest.get(code, len(VERDICTS)), VERDICTS.index(law["verdict"]))

        def finding(code: str, day: str) -> str:
            around, part = [code], self._program["places"].get(code, {}).get("partOf")
            while part:
                around.append(part)
                part = self._program["places"].get(part, {}).get("partOf")
            around += [
                body
                for body, member, since, until in self._program["memberships"]
                if member in around and (since or "") <= day and (until is None or day < until)
            ]
            found = min((gravest[each] for each in around if each in gravest), default=None)
            return VERDICTS[found] if found is not None and VERDICTS[found] != "not-regulated" else ""

        return finding


def _briefly(leg: Json) -> Json:
    """Return what is told of a leg: the laws that say something of it, the gravest first, and how many questions are left for later."""
    laws = [law for law in leg.get("instruments", ()) if law["verdict"] != "not-regulated"]
    more = len(leg.get("missing", ())) - _MOST_ASKED
    return {**leg, "instruments": sorted(laws, key=_gravity), "missingMore": max(0, more)}


def _gravity(law: Json) -> int:
    return VERDICTS.index(law["verdict"]) if law["verdict"] in VERDICTS else len(VERDICTS)


def _in(example: Json, key: str, lang: str) -> str:
    return str((example.get(f"x-{lang}") or example).get(key, ""))


def _bodies(program: Mapping[str, Any]) -> list[str]:
    return sorted({row[0] for row in program["memberships"]})
