"""One judgement for a profile: the answer to its first flow, and what of it the summary of a batch counts."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import orjson

from comity.batch.describing import Describer
from comity.check.checker import Ask, Checker
from comity.check.profiles import Countings
from comity.flow.problems import DescriptionError
from comity.law.norm import DUTIES, VERDICTS
from comity.law.outcome import Outcome
from comity.law.verdict import deciding, of_the_flow

__all__ = ["Judge", "Judgement"]

Json = dict[str, Any]


class Judgement(NamedTuple):
    """What was found of one flow: what its row says, what is counted of it, the answer as JSON; or the ``fault`` of its description."""

    told: Json
    counted: Json
    answer: bytes
    countings: Countings
    fault: str | None = None


class Judge:
    """Judges flows, on their days, or over a span of time (``span``)."""

    def __init__(self, checker: Checker, ask: Ask, describer: Describer, span: tuple[date, date] | None = None) -> None:
        self._checker, self._ask, self._describer, self._span = checker, ask, describer, span

    def __call__(self, text: str, gaps: bool) -> Judgement:
        """Judge the flow that a text describes."""
        try:
            description = self._describer.description(text, gaps)
            return self._verdict(description) if self._span is None else self._changes(description, *self._span)
        except (DescriptionError, RecursionError) as fault:
            return Judgement({}, {}, b"null", {}, str(fault) or "the description is nested too deeply")

    def _verdict(self, description: Any) -> Judgement:
        outcomes: list[Outcome] = []
        question = self._checker.question(description, self._ask)
        judged = self._checker.judge(question, outcomes.extend)
        answer, countings = (judged, {}) if isinstance(judged, bytes) else (self._checker.filled(question, judged), judged.countings)
        found = orjson.loads(answer)
        told = {"verdict": found["verdict"], "asDescribed": found["asDescribed"]}
        return Judgement(told, _counted(found, outcomes), answer, countings)

    def _changes(self, description: Any, start: date, until: date) -> Judgement:
        try:
            found, countings = self._checker.over_time(description, start, until)
        except DescriptionError:  # it may name what is there on later days only, such as the members of a group
            found, countings = self._checker.over_time({**description, "asOf": until.isoformat()}, start, until)
        first = found["start"]
        if first is None:
            return Judgement({}, {}, b"null", {}, f"the description cannot be judged on any day from {start} to {until}")
        days = [change["on"] for change in found["changes"]]
        told = {"verdict": first["verdict"], "asDescribed": first["asDescribed"], "changes": len(days), "next": days[0] if days else None}
        before, moves = first["verdict"], []
        for change in found["changes"]:
            laws = {law["instrument"]: [law["from"], law["to"]] for law in reversed(change["instruments"])}
            moves.append({"on": change["on"], "from": before, "to": change["verdict"], "laws": laws})
            before = change["verdict"]
        if self._checker.question(description, self._ask).asked is None:  # a flow of no profile: no other has its answer
            countings = {}
        return Judgement(told, {"changes": moves}, orjson.dumps(found), countings)


def _counted(answer: Json, outcomes: list[Outcome]) -> Json:
    """Return what a summary counts: the gravest verdict of each law, the duties that decide, what is not held, the steps of the plan."""
    laws: dict[str, str] = {}
    duties: set[str] = set()
    for outcome in outcomes:
        for law, verdict in outcome.verdicts.items():
            if verdict != "not-regulated":
                laws[law] = min(laws.get(law, verdict), verdict, key=VERDICTS.index)
                if verdict != "permitted":
                    rulings = deciding(of_the_flow(outcome.by_instrument[law]))
                    duties |= {ruling.norm.id for ruling in rulings if ruling.norm.kind in DUTIES}
    lacking: dict[str, Json] = {}
    for leg in answer.get("legs", [answer]):
        for place in leg["coverage"]:
            code = place["place"] if isinstance(place["place"], str) else "!" + place["place"]["outside"]
            lacking[code] = {"place": place["place"], "label": place["label"], "subjects": place["subjects"]}
    counted: Json = {"laws": laws, "duties": sorted(duties), "lacking": list(lacking.values())}
    if "plan" in answer:
        counted["steps"] = _steps(answer["plan"])
    return counted


def _steps(plan: Json) -> list[Json]:
    """Return the steps of a plan that any flow may share: those of all ways and, of each way, what it is."""
    steps = [{"act": step["act"], "who": step["who"], "kind": kind} for kind in ("confirm", "do") for step in plan[kind]]
    steps += [{"act": way["way"], "who": None, "kind": "oneOf"} for way in plan["oneOf"]]
    return list({step["act"]["en"]: step for step in steps}.values())
