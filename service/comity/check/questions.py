"""Questions: the facts whose values would change an answer, as a person can be asked for them."""

from __future__ import annotations

from typing import Any

from comity.flow.schema import Schema
from comity.law.missing import Missing, missing_facts
from comity.law.outcome import Outcome
from comity.law.verdict import fold
from comity.logic.facts import Fact

__all__ = ["questions"]

Json = dict[str, Any]


def questions(outcome: Outcome, schema: Schema, around: bool) -> list[Json]:
    """Return the facts to ask for: the required core alone while it is incomplete.

    With ``around`` also those on which duties hang that stand around the flow.
    """
    rulings = [ruling for ruling in outcome.rulings if ruling.norm.governs in ("flow", *["around"] * around)]
    undecided = {
        instrument
        for instrument in outcome.verdicts
        if fold(ruling for ruling in rulings if ruling.norm.instrument == instrument) == "needs-information"
    }
    if not undecided:
        return []
    wanted = missing_facts(outcome.application, rulings, undecided)
    core = [entry for entry in wanted if _is_core(schema, entry.fact)]
    return [_question(outcome, schema, entry) for entry in core or wanted]


def _is_core(schema: Schema, fact: Fact) -> bool:
    entry = schema.find(fact.kind, fact.key)
    return entry is not None and entry.core


def _question(outcome: Outcome, schema: Schema, wanted: Missing) -> Json:
    fact, application = wanted.fact, outcome.application
    entry = schema.find(fact.kind, fact.key)
    rule = next((r for r in application.program.derived if r["key"] == fact.key), None)
    question = entry.question if entry is not None else rule["question"] if rule else {}
    return {
        "fact": fact.key,
        "pointer": fact.pointer if entry is not None else f"{application.leg.path}/totals",
        "question": question,
        "norms": list(wanted.norms),
        "instruments": list(wanted.instruments),
    }
