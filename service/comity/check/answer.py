"""The answer: what was found of one leg, in the form that the service returns, as briefly as was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from comity.check.clashes import clashes
from comity.check.commitments import MOST_COMMITMENTS
from comity.check.findings import Findings
from comity.check.headline import headline
from comity.check.labels import Labels
from comity.check.latent import MOST_LATENT, LatentConflicts
from comity.check.questions import MOST_QUESTIONS, questions
from comity.check.silence import that_matter
from comity.check.summary import MOST_AROUND, MOST_ASSUMED, MOST_CONFLICTS, around, contested, coverage, first_of, instruments
from comity.flow.reading import Description
from comity.flow.schema import Schema
from comity.law.fact_words import Gaps
from comity.law.outcome import Outcome
from comity.law.reasons import Narrator
from comity.logic.node import Node, reachable

__all__ = ["DETAILS", "SCOPES", "Answer", "Detail", "Scope"]

Json = dict[str, Any]

Detail = Literal["summary", "findings", "all"]
"""How much an answer tells: what a person acts on; with it what each norm says and why; with it everything that was found."""

DETAILS: tuple[Detail, ...] = ("summary", "findings", "all")

Scope = Literal["flow", "all"]
"""What an answer asks about: what the flow hangs on; with it the duties that stand around the flow."""

SCOPES: tuple[Scope, ...] = ("flow", "all")


class Answer:
    """The answer for one leg."""

    def __init__(
        self,
        schema: Schema,
        outcome: Outcome,
        read: Description,
        gaps: Gaps | None = None,
        commitments: Sequence[Json] = (),
        latent: LatentConflicts | None = None,
    ) -> None:
        """Prepare the answer.

        ``commitments`` are the notes on what states owe each other that concern the leg, ``latent`` what would collide in it if a demand
        came, where that is asked.
        """
        self._schema = schema
        self._notes = commitments
        self._latent = latent
        self._outcome = outcome
        self._application = application = outcome.application
        self._read = read
        self._narrator = Narrator(Labels(schema, application.program), {entry["pointer"] for entry in read.assumed}, gaps)

    def build(self, detail: Detail, scope: Scope = "flow") -> Json:
        """Return the answer as JSON-ready data, the same for the same graph and leg. What is not asked for is not computed."""
        outcome = self._outcome
        answer = self._summary(outcome, scope, whole=detail == "all")
        if detail == "summary":
            return answer
        findings = Findings(self._application, self._narrator)
        for more in ("conflictsMore", "latentMore"):
            answer.pop(more, None)
        answer["conflicts"] = findings.conflicts(outcome.collisions)
        if self._latent is not None:
            answer["latent"] = self._latent.found
        answer["findings"] = findings.of(outcome.rulings)
        if detail == "all":
            answer["classes"] = findings.classes(self._parties())
        answer["evaluations"] = self._narrator.evaluations()
        return answer

    def _summary(self, outcome: Outcome, scope: Scope, whole: bool) -> Json:
        """Return what a person acts on; the *whole* of it also has the laws that leave the flow alone."""
        collided = clashes(outcome)
        return {
            "verdict": outcome.verdict,
            "asDescribed": outcome.as_described,
            "headline": headline(outcome),
            **instruments(outcome, whole),
            **first_of("conflicts", collided[:MOST_CONFLICTS], len(collided) - MOST_CONFLICTS),
            **self._would_collide(),
            **self._commitments(whole),
            **self._missing(outcome, scope, whole),
            **around(outcome, None if whole else MOST_AROUND),
            "contested": contested(outcome, self._read.positions),
            "coverage": coverage(outcome, whole),
            **self._assumed(whole),
        }

    def _would_collide(self) -> Json:
        """Return what would collide if a demand came, the first of it, and how much more there is; nothing where that is not asked."""
        if self._latent is None:
            return {}
        found, untried = self._latent
        told = first_of("latent", found[:MOST_LATENT], len(found) - MOST_LATENT)
        return told | ({"latentUntried": untried} if untried else {})

    def _commitments(self, whole: bool) -> Json:
        """Return the commitments between states that restrictions of the leg meet; nothing where there is none."""
        told = [*self._notes] if whole else [*self._notes[:MOST_COMMITMENTS]]
        return first_of("commitments", told, len(self._notes) - len(told)) if told else {}

    def _missing(self, outcome: Outcome, scope: Scope, whole: bool) -> Json:
        """Return the questions; unless the *whole* is wanted, those that decide most, and how many more there are."""
        assumed = {entry["pointer"] for entry in self._read.assumed}
        asked, more = questions(outcome, self._schema, scope == "all", assumed, None if whole else MOST_QUESTIONS)
        return {"missing": asked, "missingMore": more} if more else {"missing": asked}

    def _parties(self) -> list[Node]:
        """Return the leg's exporter and importer first, then every other party described."""
        leg = self._application.leg
        first = [*(leg.get("exporter") or ()), *(leg.get("importer") or ())]
        return [*first, *(party for party in self._read.parties if party not in first)]

    def _assumed(self, whole: bool) -> Json:
        """Return the assumptions; unless the *whole* is wanted, the first of those that matter, and how many more there are."""
        if whole:
            return {"assumed": self._made()}
        matter = that_matter(self._outcome, self._made())
        return first_of("assumed", matter[:MOST_ASSUMED], len(matter) - MOST_ASSUMED)

    def _made(self) -> list[Json]:
        """Return the assumptions made about the leg and everything in it, also about parties that are described beside the legs."""
        leg = self._application.leg
        parts = (node for value in leg.values() if isinstance(value, list) for node in value if node.kind != leg.kind)  # not the next leg
        paths = {leg.path, *(node.path for node in reachable(parts))}
        return [entry for entry in self._read.assumed if entry["pointer"].rpartition("/")[0] in paths]
