"""The answer: rulings, conflicts and missing facts in the form that the service returns."""

from __future__ import annotations

from typing import Any

from comity.check.labels import Labels
from comity.flow.reading import Description
from comity.flow.schema import Schema
from comity.law.application import Application
from comity.law.classes import Classification, classifications
from comity.law.conflicts import Collision, collisions
from comity.law.contested import rulings
from comity.law.judgement import Ruling
from comity.law.missing import Missing, missing_facts, undecided
from comity.law.reasons import Gaps, Narrator
from comity.law.verdict import at_worst, fold, overall
from comity.logic.explain import Fact
from comity.logic.node import Node, reachable

__all__ = ["Answer"]

Json = dict[str, Any]


class Answer:
    """The answer for one leg."""

    def __init__(self, schema: Schema, application: Application, read: Description, gaps: Gaps | None = None) -> None:
        self._schema = schema
        self._program = application.program
        self._application = application
        self._read = read
        self._narrator = Narrator(Labels(schema, application.program), gaps)

    def build(self) -> Json:
        """Return the answer as JSON-ready data, the same for the same graph and leg."""
        application = self._application
        found = rulings(application, application.live())
        found = sorted((r for r in found if r.status != "not-applicable"), key=lambda r: (r.norm.number, r.part))
        by_instrument: dict[str, list[Ruling]] = {}
        for ruling in found:
            by_instrument.setdefault(ruling.norm.instrument, []).append(ruling)
        verdicts = {instrument: fold(group) for instrument, group in by_instrument.items()}
        collided = collisions(self._program, found)
        findings = self._findings(found)
        classes = [self._class(c) for c in classifications(application, self._parties())]
        conflicts = [self._conflict(collision) for collision in collided]
        undecided = {instrument for instrument, verdict in verdicts.items() if verdict == "needs-information"}
        missing = self._missing(found, undecided) if undecided else []
        return {
            "verdict": overall(verdicts.values(), bool(collided)),
            "instruments": [self._instrument(iri, verdict, by_instrument[iri]) for iri, verdict in sorted(verdicts.items())],
            "classes": classes,
            "findings": findings,
            "conflicts": conflicts,
            "missing": missing,
            "remedies": [],
            "assumed": self._assumed(),
            "takenFromYou": self._taken_from_you([*findings, *classes, *conflicts]),
        }

    def _taken_from_you(self, parts: list[Json]) -> list[Json]:
        """Return the facts on which parts of the answer rest and that are judgements of whoever asks, in the order of pointers."""
        told = {fact["path"]: fact for part in parts for fact in part["because"]}
        return [fact for pointer, fact in sorted(told.items()) if self._narrator.is_judgement(pointer)]

    def _instrument(self, iri: str, verdict: str, rulings: list[Ruling]) -> Json:
        shown = {"instrument": iri, "title": self._program.data["instruments"][iri]["label"], "verdict": verdict}
        return {**shown, "atWorst": at_worst(rulings)} if verdict == "needs-information" else shown

    def _parties(self) -> list[Node]:
        """Return the leg's exporter and importer first, then every other party described."""
        leg = self._application.leg
        first = [*(leg.get("exporter") or ()), *(leg.get("importer") or ())]
        return [*first, *(party for party in self._read.parties if party not in first)]

    def _assumed(self) -> list[Json]:
        """Return the assumptions made about the leg and everything in it, also about parties that are described beside the legs."""
        leg = self._application.leg
        parts = (node for value in leg.values() if isinstance(value, list) for node in value if node.kind != leg.kind)  # not the next leg
        paths = {leg.path, *(node.path for node in reachable(parts))}
        return [entry for entry in self._read.assumed if entry["pointer"].rpartition("/")[0] in paths]

    def _findings(self, found: list[Ruling]) -> list[Json]:
        """Return one finding for each norm and status; the parts that share it are named."""
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
            "reason": self._narrator.reason(ruling, facts),
        }
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
        """Return the facts that decide the scope of a norm, or those for want of which it, or an exception, is open."""
        if ruling.status == "unknown" or ruling.scope is None:
            return list({fact.pointer: fact for fact in undecided(self._application, ruling.norm, ruling.part)}.values())
        node = self._application.nodes(ruling.norm)[ruling.part]
        return self._program.explainer.because(ruling.norm.when, node, self._application)

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

    def _conflict(self, collision: Collision) -> Json:
        facts = {fact.pointer: fact for ruling in (collision.first, collision.second) for fact in self._because(ruling)}
        provisions = self._program.data["provisions"]
        return {
            "conflict": collision.pair["iri"],
            "kind": collision.pair["kind"],
            "act": collision.pair["act"],
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

    def _missing(self, found: list[Ruling], undecided: set[str]) -> list[Json]:
        """Return the facts to ask for: the required core alone while it is incomplete."""
        wanted = missing_facts(self._application, found, undecided)
        core = [entry for entry in wanted if self._is_core(entry.fact)]
        return [self._question(entry) for entry in core or wanted]

    def _is_core(self, fact: Fact) -> bool:
        entry = self._schema.find(fact.kind, fact.key)
        return entry is not None and entry.core

    def _question(self, wanted: Missing) -> Json:
        fact = wanted.fact
        entry = self._schema.find(fact.kind, fact.key)
        rule = next((r for r in self._program.derived if r["key"] == fact.key), None)
        question = entry.question if entry is not None else rule["question"] if rule else {}
        return {
            "fact": fact.key,
            "pointer": fact.pointer if entry is not None else f"{self._application.leg.path}/totals",
            "question": question,
            "norms": list(wanted.norms),
            "instruments": list(wanted.instruments),
        }
