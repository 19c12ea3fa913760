"""Findings, classes and conflicts in the form in which answers show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from comity.check.clashes import ways_out
from comity.check.ways_out import grade, says
from comity.law.application import Application
from comity.law.classes import Classification, classifications
from comity.law.conflicts import Collision
from comity.law.grounds import Chain
from comity.law.judgement import Ruling
from comity.law.near_misses import NearMiss, missed_exceptions
from comity.law.pleas import in_force, plea, pleas
from comity.law.reasons import Narrator
from comity.law.why import Lack, Why, lacking, why
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
        missed = {miss.norm.id: miss for miss in missed_exceptions(self._application, rulings) if miss.norm.id not in self._pleaded}
        told = [*rulings, *pleas(self._application, self._pleaded, rulings), *(plea(miss.norm, miss.part) for miss in missed.values())]
        found = sorted(told, key=lambda r: (r.norm.number, r.part))
        groups: dict[tuple[int, str], list[Ruling]] = {}
        for ruling in found:
            groups.setdefault((ruling.norm.number, ruling.status), []).append(ruling)
        return [self._finding(group, missed.get(group[0].norm.id)) for group in groups.values()]

    def _finding(self, group: list[Ruling], miss: NearMiss | None) -> Json:
        ruling, norm = group[0], group[0].norm
        reasons = self._why(ruling) if miss is None else Why(Chain(direct=miss.facts), miss.facts)
        lacks = lacking(self._application, ruling) if ruling.status in ("due", "unmet", *_TAKEN) and norm.demand else []
        finding: Json = {
            **norm.shown,
            "status": ruling.status,
            "scope": ruling.scope,
            "demand": ruling.demand,
            "because": self._narrator.facts(reasons.chain.facts),
            "reason": self._narrator.reason(
                ruling, reasons.chain, lacks, in_force(self._application, ruling), pleaded=norm.id in self._pleaded
            ),
        }
        if reasons.chain.links:
            finding["chain"] = self._narrator.chain(reasons.chain)
        if lacks:
            finding["lacking"] = [self._lack(lack) for lack in lacks]
        if miss is not None:
            finding["nearMiss"] = [other.id for other in miss.lifts]
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

    def _lack(self, lack: Lack) -> Json:
        shown: Json = {"name": lack.part["name"], "demand": lack.holds}
        return shown | {"nearMiss": self._narrator.facts(lack.near)} if lack.near else shown

    def _why(self, ruling: Ruling) -> Why:
        """Return the grounds of a ruling, and note on what the answer rests."""
        reasons = why(self._application, ruling)
        self._narrator.rests_on(reasons.rests_on)
        return reasons

    def classes(self, parties: list[Node]) -> list[Json]:
        """Return the legal classes that hold, or may hold, of the leg, its parties and its data."""
        return [self._class(found) for found in classifications(self._application, parties)]

    def _class(self, classification: Classification) -> Json:
        term, node = classification.term, classification.node
        grounds = [] if classification.holds is None else self._program.explainer.because(term["name"], node, self._application)
        self._narrator.rests_on(ground.fact for ground in grounds)
        shown = {
            "class": term["notation"],
            "label": term["label"],
            "on": node.path or "/",
            "holds": classification.holds,
            "provision": term["provisions"],
            "because": self._narrator.facts(self._application.chain(grounds).facts),
        }
        others = next((group[1:] for group in self._application.alike if group[0] is node), [])
        if others:
            shown["alsoOn"] = [other.path for other in others]
        return shown

    def conflicts(self, collided: Iterable[Collision]) -> list[Json]:
        """Return the pairs of norms that cannot both be followed."""
        return [self._conflict(collision) for collision in collided]

    def _conflict(self, collision: Collision) -> Json:
        facts = {fact.pointer: fact for ruling in (collision.first, collision.second) for fact in self._why(ruling).chain.facts}
        provisions, sanctions = self._program.data["provisions"], self._program.data["sanctions"]
        ways = ways_out(self._application, [collision.pair])
        disputed = any(ruling.status == "contested" for ruling in (collision.first, collision.second))
        return {
            "conflict": collision.pair["iri"],
            "kind": collision.pair["kind"],
            "act": collision.pair["act"],
            "possible": bool(collision.open),
            "grade": grade(self._program.data, ways, disputed),
            "why": self._program.data["oppositions"][collision.pair["rule"]],
            "norms": [
                {
                    "norm": r.norm.id,
                    "status": r.status,
                    "label": r.norm.data["label"],
                    "provision": [{"iri": iri, **provisions[iri]} for iri in r.norm.data["provisions"]],
                    "says": says(self._program.data, r.norm.data),
                    "sanctions": [sanctions[path] for path in r.norm.data["sanctions"]],
                }
                for r in (collision.first, collision.second)
            ],
            "because": self._narrator.facts(list(facts.values())),
            "reconciledBy": ways,
        }
