"""A world with an instrument to conclude, a filing to make and a consent to ask for; its two laws are ``xx/act`` and ``yy/act``."""

from __future__ import annotations

import copy
from typing import Any

from comity.check.checker import Checker
from tests.tiny import SCHEMA, key, program, words

__all__ = ["at", "contract", "planner", "some", "steps"]

Json = dict[str, Any]

GROUND = {
    "ground": key("code", "instrument", codes=["contract", "permit", "treaty"], vocabulary="ground", controllable=True, identifies=True),
    "status": key("code", "state", codes=["draft", "effective", "filed", "failed"], vocabulary="state", controllable=True),
    "text": key("code", "text", codes=["kept", "altered"], vocabulary="text", controllable=True),
    "allowed": key("boolean", "allowed", outcome=True),
    "secret": key("boolean", "secret"),
}
NOTICE = {"told": key("codes", "told", codes=["why", "where", "who"], vocabulary="told", controllable=True, compliance=True)}
MARKS = {
    "ground/contract": {"burden": 3},
    "ground/permit": {"burden": 5, "resort": "discretionary"},
    "ground/treaty": {"unreachable": True},
    "state/failed": {"dead": True},
    "text/kept": {"inert": True},
}
THINGS = {
    "Ground": {"burden": 3, "mechanism": True, "step": words("conclude {ground}[ ({status})]")},
    "Notice": {"burden": 2, "step": words("tell of {told}")},
}


def planner(norms: list[Json], classes: Json | None = None, **more: Any) -> Checker:
    """Return the checker of a tiny program whose flows have instruments, notices and a place of storage."""
    schema = copy.deepcopy(SCHEMA)
    schema["nodes"]["DataFlow"] |= {
        "grounds": key("nodes", "instruments", node="Ground", controllable=True),
        "notices": key("nodes", "notices", node="Notice", controllable=True, compliance=True),
        "storedIn": key("places", "storedIn", controllable=True, leaves=True, burden=6),
        "basis": key("codes", "basis", codes=["consent", "law", "none"], none_codes=["none"], vocabulary="basis", controllable=True),
    }
    schema["nodes"]["DataItem"]["blurred"] = key("boolean", "blurred", controllable=True, leaves=True)
    schema["nodes"] |= {"Ground": GROUND, "Notice": NOTICE}
    schema["labels"] |= {f"ground/{code}": words(code) for code in GROUND["ground"]["codes"]}
    schema |= {"marks": MARKS, "things": THINGS}
    return Checker(program(norms, classes, schema=schema, **more))


def some(name: str, *parts: list[Any]) -> list[Any]:
    """Return the expression that an object under a key has all of the parts."""
    return ["some", name, parts[0] if len(parts) == 1 else ["and", *parts]]


def contract(*states: str) -> list[Any]:
    """Return the expression that a contract is in one of the states."""
    return some("grounds", ["has", "ground", ["contract"]], ["has", "status", list(states)])


def steps(plan: Json) -> list[Json]:
    """Return the steps that all ways share."""
    return [*plan["confirm"], *plan["do"]]


def at(plan: Json) -> dict[str, Any]:
    """Return the values that the shared steps write, by their pointers."""
    return {change["path"]: change["value"] for step in steps(plan) for change in step["change"]}
