"""Which restrictions of one side fall under a commitment to the other, what may excuse them, and who may pursue that where.

A restriction that a commitment reaches is *questionable* and no more: only the parties, or a panel, say that it is a breach. Nothing
here is a ground for a transfer, and no person can plead it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.law.recognition_text import CommitmentText, ReachText, RecognitionText
from comity.recognition.exceptions import ANY_MEASURE, Measure, Question, Usable, exceptions_to
from comity.recognition.sides import Side
from comity.recognition.treaties import Between, Treaties

__all__ = ["OUTCOMES", "Commitments"]

Json = dict[str, Any]
_ANYONE = "anyPerson"
OUTCOMES = {
    "political": {"en": "binds nobody in law", "zh": "不具法律约束力"},
    "out-of-scope": {"en": "the commitment does not speak of such a measure", "zh": "承诺不适用于此类措施"},
    "not-protected": {"en": "the commitment does not protect such a person", "zh": "承诺不保护此类主体"},
    "not-reached": {"en": "the commitment does not reach such a restriction", "zh": "承诺不及于此类限制"},
    "suspended": {"en": "the party need not observe the commitment yet", "zh": "该方暂无须遵守承诺"},
    "weak": {"en": "the party shall try; it owes no result", "zh": "该方仅须努力，不负结果义务"},
    "arguable": {"en": "whether the commitment reaches it can be argued both ways", "zh": "承诺是否及于该限制两可"},
    "owed": {"en": "the party owes it; it is not about restrictions", "zh": "该方负有此义务；与限制措施无关"},
    "questionable": {
        "en": "reached by the commitment, and questionable unless an exception excuses it",
        "zh": "为承诺所及；无例外使其正当时存疑",
    },
}
"""What a commitment means for a restriction, in words."""


class Commitments:
    """The commitments between states, applied to what one side does to the persons and data of the other."""

    def __init__(self, text: RecognitionText, treaties: Treaties) -> None:
        self._text = text
        self._treaties = treaties

    def owed(self, by: Side, towards: Side, day: date, measure: Measure = ANY_MEASURE) -> list[Json]:
        """Return each commitment that one side owes the other on a day, with what it means for the measure that is told of."""
        question = Question(by, towards, day, measure, self._treaties)
        return [
            self._applied(name, commitment, between, question)
            for between in self._treaties.between(by, towards, day)
            if between.in_force
            for name, commitment in self._treaties.owed(by, between.id, day)
        ]

    def _applied(self, name: str, commitment: CommitmentText, between: Between, question: Question) -> Json:
        measure = question.measure
        exceptions = exceptions_to(self._text, name, question)
        reaches = [reach for reach in commitment["reaches"] if measure.restriction in (None, reach["restriction"])]
        unprotected = [e.id for e in exceptions if measure.actor in e.text["excludesActors"]]
        left_out = [e.id for e in exceptions if measure.sort in e.text["excludesMeasures"]]
        respite = min((e for e in exceptions if e.suspends), key=lambda e: e.waits_for(measure), default=None)
        suspended = respite is not None and not respite.waits_for(measure)
        protected = not unprotected and _protects(commitment, measure.actor)
        shown: Json = {
            "commitment": name,
            "label": commitment["label"],
            "definition": commitment["definition"],
            "iri": commitment["iri"],
            "treaty": {"id": between.id, "label": between.treaty["label"], "iri": between.treaty["iri"]},
            "since": between.since,
            "act": commitment["act"],
            "strength": self._word("strength", commitment["strength"]),
            "reaches": [self._reach(reach) for reach in reaches],
            "protects": self._words("actor", commitment["protects"]),
            "exceptions": [self._excuse(e, measure) for e in exceptions if e.excuses],
            "outOfScope": [self._left_out(e) for e in exceptions if e.text["excludesActors"] or e.text["excludesMeasures"]],
            "dispute": self._dispute(name, exceptions, question),
            "provisions": commitment["provisions"],
            "leavesOut": commitment["leavesOut"],
            "verification": commitment["verification"],
        }
        if measure.actor is not None:
            shown["coveredPerson"] = protected
        if respite is not None:
            shown["suspended"] = _suspension(respite)
        if excluded := left_out or unprotected:
            shown["excludedBy"] = excluded
        outcome = self._outcome(commitment, between, reaches, protected, bool(left_out), suspended, measure)
        return {**shown, "outcome": outcome, "outcomeLabel": OUTCOMES[outcome]}

    @staticmethod
    def _outcome(
        commitment: CommitmentText,
        between: Between,
        reaches: list[ReachText],
        protected: bool,
        left_out: bool,
        suspended: bool,
        measure: Measure,
    ) -> str:
        """Return what a commitment means for a measure: the first of :data:`OUTCOMES` that holds.

        A respite for measures in effect by a day, or under one law, suspends nothing until that is told of the measure.
        """
        asked = bool(commitment["reaches"]) or measure.restriction is not None
        found = {
            "political": commitment["strength"] == "political" or not between.treaty["binding"],
            "out-of-scope": left_out,
            "not-protected": not protected,
            "not-reached": asked and not reaches,
            "suspended": suspended,
            "weak": commitment["strength"] != "duty",
            "arguable": bool(reaches) and all(reach["arguable"] for reach in reaches),
            "owed": not asked,
            "questionable": True,
        }
        return next(outcome for outcome in OUTCOMES if found[outcome])

    def _excuse(self, exception: Usable, measure: Measure) -> Json:
        text = exception.text
        shown: Json = {
            "exception": exception.id,
            "label": text["label"],
            "definition": text["definition"],
            "iri": text["iri"],
            "grounds": self._words("ground", text["grounds"]),
            "judgedBy": None if text["judgedBy"] is None else self._word("judge", text["judgedBy"]),
            "test": self._words("test", text["tests"]),
            "disputable": text["disputable"],
        }
        return shown | ({"available": measure.ground in text["grounds"]} if measure.ground is not None else {})

    def _left_out(self, exception: Usable) -> Json:
        text = exception.text
        return {
            "exception": exception.id,
            "label": text["label"],
            "actors": self._words("actor", text["excludesActors"]),
            "measures": self._words("measure", text["excludesMeasures"]),
        }

    def _dispute(self, name: str, exceptions: list[Usable], question: Question) -> Json:
        """Return in which ways a party may pursue a commitment, which are closed and until when, and which are unsettled.

        A way that is closed only for measures in effect by a day, or under one law, stays among those open until that is told.
        """
        opened: dict[str, list[str]] = {}
        months = None
        for id, power in self._text["enforcement"].items():
            if name in power["enforces"] and question.in_force(power):
                months = months or power["noticeMonths"]
                for forum in power["opens"]:
                    opened.setdefault(forum, []).append(id)
        closed = [(forum, e) for e in exceptions for forum in e.text["closes"]]
        unsettled = [(forum, e) for e in exceptions for forum in e.text["unsettles"]]
        shut = {forum for forum, e in closed if not e.waits_for(question.measure)}
        shut |= {forum for forum, _ in unsettled}
        shown: Json = {
            "whoMayInvoke": "party",
            "open": [{**self._word("forum", forum), "under": ids} for forum, ids in opened.items() if forum not in shut],
            "closed": [{**self._word("forum", forum), "by": e.id, "until": e.text["until"], **e.limits} for forum, e in closed],
            "unsettled": [{**self._word("forum", forum), "by": e.id} for forum, e in unsettled],
        }
        return shown | ({"noticeMonths": months} if months else {})

    def _reach(self, reach: ReachText) -> Json:
        shown: Json = {**self._word("restriction", reach["restriction"]), "arguable": reach["arguable"]}
        return shown | ({"item": reach["number"]} if reach["number"] else {})

    def _words(self, vocabulary: str, codes: list[str]) -> list[Json]:
        return [self._word(vocabulary, code) for code in codes]

    def _word(self, vocabulary: str, code: str) -> Json:
        return {"code": code, "label": self._text["words"][vocabulary].get(code, {})}


def _protects(commitment: CommitmentText, actor: str | None) -> bool:
    """Say whether a commitment protects a person; one of whom nothing is told is taken to be protected."""
    protects = commitment["protects"]
    return actor is None or not protects or actor in protects or _ANYONE in protects


def _suspension(respite: Usable) -> Json:
    extendable = [each["extendableUntil"] for each in respite.respites if each["extendableUntil"]]
    shown: Json = {"by": respite.id, "label": respite.text["label"], "until": respite.text["until"]}
    shown |= {"extendableUntil": extendable[0]} if extendable else {}
    return shown | respite.limits
