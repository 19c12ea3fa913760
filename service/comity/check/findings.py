"""Findings, classes and conflicts in the form in which answers show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from comity.law.application import Application
from comity.law.classes import Classification, classifications
from comity.law.conflicts import Collision
from comity.law.judgement import Ruling
from comity.law.missing import undecided
from comity.law.pleas import in_force, pleas, shortfall
from comity.law.reasons import Narrator
from comity.logic.explain import Fact
from comity.logic.node import Node, OpenCodes

__all__ = ["Findings"]

Json = dict[str, Any]
_TAKEN = {"permitted": "taken", "available": "available", "closed": "closed"}


class Findings:
    """Shows what became of the norms of one leg; ``narrator`` puts facts into words."""

    def __init__(self, application: Application, narrator: Narrator) -> None:
        self._application = application
        self._program = application.program
        self._narrator = narrator
        stated = application.leg.get("pleaded") or frozenset()
        self._pleaded: frozenset[str] = stated.yes if isinstance(stated, OpenCodes) else stated

    def of(self, rulings: list[Ruling]) -> list[Json]:
        """Return one finding for each norm and status, the norms that are pleaded among them; the parts that share it are named."""
        found = sorted([*rulings, *pleas(self._application, self._pleaded, rulings)], key=lambda r: (r.norm.number, r.part))
        groups: dict[tuple[int, str], list[Ruling]] = {}
        for ruling in found:
            groups.setdefault((ruling.norm.number, ruling.status), []).append(ruling)
        return [self._finding(group) for group in groups.values()]

    def _finding(self, group: list[Ruling]) -> Json:
        ruling, norm = group[0], group[0].norm
        facts = self._because(ruling)
        finding: Json = {
            **norm.shown,
            "status": ruling.status,
            "scope": ruling.scope,
            "demand": ruling.demand,
            "because": self._narrator.facts(facts),
            "reason": self._narrator.reason(ruling, facts, in_force(self._application, ruling)),
        }
        if norm.governs != "flow":
            finding["governs"] = norm.governs
        if norm.is_path and ruling.status in _TAKEN:
            finding["path"] = _TAKEN[ruling.status]
        if norm.id in self._pleaded:
            finding["pleaded"] = True
        alike = self._application.alike
        if norm.per_item and sum(map(len, alike)) > 1:
            finding["items"] = [item.path for ruling in group for item in alike[ruling.part]]
        if ruling.exempted_by:
            finding["exemptedBy"] = [other.id for other in ruling.exempted_by]
        if ruling.status in ("due", "unmet") and norm.data["alternatives"]:
            finding["alternatives"] = norm.data["alternatives"]
        if ruling.positions:
            finding["positions"] = [{**self._program.data["positions"][p], "status": s} for p, s in ruling.positions.items()]
        return finding

    def _because(self, ruling: Ruling) -> list[Fact]:
        """Return the facts that decide the scope of a norm, or those for want of which it, or an exception, is open.

        Of a norm that is pleaded and does not apply these are the facts of every condition that fails.
        """
        if ruling.status == "not-applicable":
            return shortfall(self._application, ruling)
        if ruling.status == "unknown" or ruling.scope is None:
            return list({fact.pointer: fact for fact in undecided(self._application, ruling.norm, ruling.part)}.values())
        node = self._application.nodes(ruling.norm)[ruling.part]
        return self._program.explainer.because(ruling.norm.when, node, self._application)

    def classes(self, parties: list[Node]) -> list[Json]:
        """Return the legal classes that hold, or may hold, of the leg, its parties and its data."""
        return [self._class(found) for found in classifications(self._application, parties)]

    def _class(self, classification: Classification) -> Json:
        term, node = classification.term, classification.node
        because = [] if classification.holds is None else self._program.explainer.because(term["name"], node, self._application)
        shown = {
            "class": term["notation"],
            "label": term["label"],
            "on": node.path or "/",
            "holds": classification.holds,
            "provision": term["provisions"],
            "because": self._narrator.facts(because),
        }
        others = next((group[1:] for group in self._application.alike if group[0] is node), [])
        if others:
            shown["alsoOn"] = [other.path for other in others]
        return shown

    def conflicts(self, collided: Iterable[Collision]) -> list[Json]:
        """Return the pairs of norms that cannot both be followed."""
        return [self._conflict(collision) for collision in collided]

    def _conflict(self, collision: Collision) -> Json:
        facts = {fact.pointer: fact for ruling in (collision.first, collision.second) for fact in self._because(ruling)}
        provisions = self._program.data["provisions"]
        return {
            "conflict": collision.pair["iri"],
            "kind": collision.pair["kind"],
            "act": collision.pair["act"],
            "possible": bool(collision.open),
            "norms": [
                {
                    "norm": r.norm.id,
                    "status": r.status,
                    "label": r.norm.data["label"],
                    "provision": [{"iri": iri, **provisions[iri]} for iri in r.norm.data["provisions"]],
                }
                for r in (collision.first, collision.second)
            ],
            "because": self._narrator.facts(list(facts.values())),
            "reconciledBy": [self._program.data["reconciliations"][iri] for iri in collision.pair["reconciledBy"]],
        }
