"""The brief form of a plan: every way is named, the first is told step by step, and no question is put twice."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

__all__ = ["MOST_WAYS", "brief_plan"]

Json = dict[str, Any]

MOST_WAYS = 1
"""How many ways of a plan a summary tells step by step; it names the others, and the ways out of the situation."""

_MOST_TOLD = 3  # facts on which a way still hangs


def brief_plan(planned: Json, asked: Container[str]) -> Json:
    """Return what :meth:`comity.plan.planner.Planner.plan` gave in brief; ``asked`` are the pointers of the questions beside it."""
    plan = {**_told(planned["plan"], asked)}
    ways = plan["oneOf"]
    plan["oneOf"] = [*(_told(way, asked) for way in ways[:MOST_WAYS]), *map(_named, ways[MOST_WAYS:])]
    plan["instead"] = [_named(way) for way in plan["instead"]]
    return {**planned, "plan": plan}


def _named(way: Json) -> Json:
    return {"way": way["way"], "resort": way["resort"]}


def _told(way: Json, asked: Container[str]) -> Json:
    """Return a way with the facts on which it still hangs and that are not asked for elsewhere, the first of them."""
    facts = [fact for fact in way.get("stillToTell", ()) if fact["pointer"] not in asked]
    kept = {key: value for key, value in way.items() if key != "stillToTell"}
    return kept | ({"stillToTell": [_question(fact) for fact in facts[:_MOST_TOLD]]} if facts else {})


def _question(fact: Json) -> Json:
    return {"pointer": fact["pointer"], "question": fact["question"] if any(fact["question"].values()) else fact["label"]}
