"""Programs small enough to see whole: a few keys, a few classes, a few norms, and no RDF.

The act is called ``xx/act``. Keys of a flow: ``a``, ``b``, ``c``, ``d`` are stated or not; ``to`` and ``act`` belong to
the required core; ``signed`` and ``filed`` are facts that the parties control; ``knows`` asks for a judgement.
"""

from __future__ import annotations

from typing import Any

from comity.check.checker import Checker

__all__ = ["DAY", "checker", "flag", "flow", "held", "norm", "program", "statuses", "verdict"]

Json = dict[str, Any]
DAY = "2025-06-02"
FLAGS = ("a", "b", "c", "d")


def words(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"〔{text}〕"}


def key(kind: str, label: str, **more: Any) -> Json:
    return {"kind": kind, "label": words(label), "question": words(f"{label}?"), **more}


ITEM = {
    "persons": key("count", "persons"),
    "secret": key("boolean", "secret"),
    "a": key("boolean", "a"),
    "heldIn": key("places", "heldIn", separates=True),
    "purposes": key("codes", "purposes", codes=["work", "play", "none"], none_codes=["none"], vocabulary="purpose"),
}
PARTY = {
    "id": key("text", "id"),
    "kind": key("code", "kind", codes=["organisation", "individual"], core=True),
    "establishedIn": key("places", "establishedIn", core=True),
    "actsFor": key("party", "actsFor", node="Party", nullable=True),
    "controlledBy": key("parties", "controlledBy", node="Party"),
    "listed": key("boolean", "listed"),
}
FLOW = {
    **{name: key("boolean", name) for name in FLAGS},
    "a": key("boolean", "a", overrides=True),
    "act": key("code", "act", codes=["disclosure", "access"], core=True, vocabulary="act"),
    "to": key("place", "to", core=True),
    "from": key("place", "from"),
    "exporter": key("party", "exporter", node="Party", nullable=True),
    "importer": key("party", "importer", node="Party", nullable=True),
    "dataItems": key("nodes", "items", node="DataItem"),
    "purposes": {**ITEM["purposes"], "overrides": True},
    "signed": key("boolean", "signed", controllable=True),
    "filed": key("boolean", "filed", controllable=True),
    "knows": key("boolean", "knows", evaluative=True),
    "number": key("count", "number"),
}
DESCRIPTION = {
    "asOf": key("date", "day"),
    "parties": key("parties", "parties", node="Party"),
    "legs": key("legs", "legs", node="DataFlow"),
}
SCHEMA = {
    "nodes": {"Description": DESCRIPTION, "DataFlow": FLOW, "Party": PARTY, "DataItem": ITEM},
    "labels": {"purpose/work": words("work"), "purpose/play": words("play"), "act/disclosure": words("disclosure")},
    "ancestors": {},
    "references": [],
    "counted": [],
}


def flag(name: str) -> list[Any]:
    """Return the expression that holds where a boolean key is stated as true."""
    return ["has", name, [True]]


def norm(identifier: str, when: str, kind: str = "Obligation", **more: Any) -> Json:
    """Return a norm that applies to the class *when*; without more it has no demand, no exception and no end."""
    entry: Json = {
        "id": identifier,
        "iri": f"https://example.org/xx/act/norm-{identifier}",
        "instrument": "xx/act",
        "kind": kind,
        "act": "Transfer",
        "label": words(identifier),
        "provisions": [f"art-{identifier}"],
        "articles": [identifier],
        "when": when,
        "situation": when,
        "nexus": None,
        "demand": None,
        "parts": [],
        "alternatives": [],
        "exceptions": [],
        "perItem": False,
        "governs": "flow",
        "bearer": {},
        "resort": "ordinary",
        "namedParts": [],
        "timing": None,
        "deadline": None,
        "leadTime": None,
        "risk": [],
        "from": None,
        "until": None,
        "leavesOut": {},
        "position": None,
        "question": None,
        "reconciledBy": [],
        "sanctions": [],
    }
    return {**entry, **more}


def held(place: str, state: str, **more: Any) -> Json:
    """Return the statement that the law of a place on transfers is held so far."""
    return {"id": f"coverage/{place}", "place": place, "subject": "transfer", "state": state, "from": None, "until": None,
            "on": DAY, "note": words(state), **more}  # fmt: skip


def program(norms: list[Json], classes: dict[str, Any] | None = None, **more: Any) -> Json:
    """Return the program of the norms; the classes ``A``, ``B``, ``C`` and ``D`` hold where their flags do."""
    named = {name.upper(): flag(name) for name in FLAGS} | {"All": ["true"]} | (classes or {})
    instruments = sorted({entry["instrument"] for entry in norms})
    positions = sorted({entry["position"] for entry in norms if entry["position"]})
    questions: dict[str, list[str]] = {}
    for entry in norms:
        if entry["question"]:
            questions.setdefault(entry["question"], []).append(entry["position"])
    data: Json = {
        "schema": SCHEMA,
        "places": {"XX": {"partOf": None}, "XX-1": {"partOf": "XX"}, "YY": {"partOf": None}},
        "placeLabels": {"XX": words("Xland"), "YY": words("Yland")},
        "memberships": [["BODY", "YY", "2025-01-01", "2026-01-01"]],
        "derived": [],
        "classes_compiled": named,
        "norms": norms,
        "reported": [],
        "instruments": {
            iri: {"label": words(iri), "from": None, "until": None, "jurisdiction": [], "kind": "Statute", "binding": True}
            for iri in instruments
        },
        "provisions": {p: {"label": words(p.replace("art-", "art. ")), "url": None} for entry in norms for p in entry["provisions"]},
        "questions": {q: {"label": words(q), "positions": sorted(set(of))} for q, of in questions.items()},
        "positions": {p: {"position": p, "label": words(p), "authority": "a court"} for p in positions},
        "reconciliations": {},
        "wayKinds": {},
        "sanctions": {},
        "oppositions": {"opposed": words("what the one wants the other forbids")},
        "spans": {},
        "conflicts": [],
        "coverage": {
            "subjects": ["transfer"],
            "decidingSubjects": ["transfer"],
            "decidingRoles": ["departure", "exporter"],
            "statements": [held(place, "whole") for place in ("XX", "YY", "BODY")],
        },
        "recognition": {
            **{name: {} for name in ("bodies", "treaties", "commitments", "exceptions", "enforcement", "restricts", "words")},
            **{name: [] for name in ("rows", "standings", "pairs")},
        },
        "graph": {"version": "test", "digest": "sha256:test"},
    }
    return {**data, **more}


def checker(norms: list[Json], classes: dict[str, Any] | None = None, **more: Any) -> Checker:
    """Return the checker of a tiny program."""
    return Checker(program(norms, classes, **more))


def flow(**facts: Any) -> Json:
    """Return a description on the usual day."""
    return {"asOf": DAY, **facts}


def statuses(answer: Json) -> dict[str, str | list[str]]:
    """Return the status of each norm that has a finding; several where its parts differ."""
    found: dict[str, list[str]] = {}
    for finding in answer["findings"]:
        found.setdefault(finding["norm"], []).append(finding["status"])
    return {name: held[0] if len(held) == 1 else held for name, held in found.items()}


def verdict(answer: Json, instrument: str = "xx/act") -> str:
    """Return the verdict of an instrument."""
    return next((i["verdict"] for i in answer["instruments"] if i["instrument"] == instrument), "not-regulated")
