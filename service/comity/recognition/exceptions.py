"""What an exception to a commitment does for one question: excuse, leave out, suspend, or close a way of dispute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from comity.law.recognition_text import ExceptionText, RecognitionText, RespiteText
from comity.logic.timeline import Span, day_bounds
from comity.recognition.sides import Side
from comity.recognition.treaties import Treaties

__all__ = ["ANY_MEASURE", "Measure", "Question", "Usable", "exceptions_to"]

_TRANSITION = "transition"


class Measure(NamedTuple):
    """What is told of a restriction; what is not told stays open.

    Its kind, whom it hits, of what sort it is, on what ground it rests, since when it has been in effect, under which law it was taken.
    """

    restriction: str | None = None
    actor: str | None = None
    sort: str | None = None
    ground: str | None = None
    adopted: date | None = None
    under: str | None = None


ANY_MEASURE = Measure()
"""A measure of which nothing is told."""


class Question(NamedTuple):
    """Who restricts, towards whom, on which day, and what is told of the measure."""

    by: Side
    towards: Side
    day: date
    measure: Measure
    treaties: Treaties

    def is_restricting(self, party: str) -> bool:
        """Say whether a party is the side that restricts, or the side lies in it."""
        return self.treaties.lies_in(self.by, party, self.day)

    def in_force(self, entry: Mapping[str, object]) -> bool:
        """Say whether a dated norm may be in force on the day."""
        return Span(entry["from"], entry["until"]).holds_on(self.day) is not False  # type: ignore[arg-type]  # both are texts or None


class Usable(NamedTuple):
    """An exception in force on the day of a question, with the respites of it that the side which restricts enjoys."""

    id: str
    text: ExceptionText
    respites: list[RespiteText]

    @property
    def excuses(self) -> bool:
        """Say whether it excuses a restriction, and is no limit of scope, bar of disputes or respite."""
        text = self.text
        return not (text["excludesActors"] or text["excludesMeasures"] or text["closes"] or text["unsettles"] or self.suspends)

    @property
    def suspends(self) -> bool:
        """Say whether it frees a party from the duty itself for a time."""
        return _TRANSITION in self.text["grounds"] and not self.text["closes"] and not self.text["unsettles"]

    @property
    def limits(self) -> dict[str, Any]:
        """Return for which measures alone every respite holds: in effect by a day, taken under a law."""
        days, laws = [respite["measureBy"] for respite in self.respites], [respite["under"] for respite in self.respites]
        found: dict[str, Any] = {"onlyMeasuresInEffectBy": days[0]} if days and None not in days else {}
        return found | ({"onlyMeasuresUnder": laws[0]} if laws and [] not in laws else {})

    def waits_for(self, measure: Measure) -> bool:
        """Say whether it holds only for some measures, and nobody told whether this is one of them."""
        told = {"onlyMeasuresInEffectBy": measure.adopted, "onlyMeasuresUnder": measure.under}
        return any(told[limit] is None for limit in self.limits)


def exceptions_to(text: RecognitionText, commitment: str, question: Question) -> list[Usable]:
    """Return the exceptions to a commitment that the side which restricts can use against the other on the day."""
    found = []
    for id, entry in text["exceptions"].items():
        if commitment in entry["to"] and question.in_force(entry):
            respites = [respite for respite in entry["respites"] if _enjoys(respite, question)]
            if respites or not entry["respites"]:
                found.append(Usable(id, entry, respites))
    return found


def _enjoys(respite: RespiteText, question: Question) -> bool:
    """Say whether a respite holds for the side that restricts, against the other, and for a measure in effect since its day."""
    adopted, latest = question.measure.adopted, respite["measureBy"]
    late = adopted is not None and latest is not None and adopted > day_bounds(latest)[1]
    other = question.measure.under is not None and bool(respite["under"]) and question.measure.under not in respite["under"]
    against = respite["against"]
    towards = not against or any(question.treaties.lies_in(question.towards, party, question.day) for party in against)
    return not late and not other and towards and any(map(question.is_restricting, respite["places"]))
