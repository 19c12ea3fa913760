"""Scenarios: flows with the answers that the law gives to them, written in YAML that a lawyer can read.

A file holds a list of scenarios. ``facts`` is a description (without ``asOf``), or ``like`` names another scenario of
the file and ``but`` changes single facts of it by JSON pointer (``{$absent: true}`` leaves the fact out).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from comity.check import Checker

__all__ = ["Scenario", "ScenarioError", "differences", "read_scenarios"]

Json = dict[str, Any]
_KEYS = {"name", "source", "case", "asOf", "facts", "reading", "note", "departs", "expect", "like", "but"}
_EXPECTED = {"verdict", "classes", "findings", "conflicts", "missing"}


class ScenarioError(ValueError):
    """A scenario that cannot be read; says where and why."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario: its name, the file, the description to check, and what the answer must say."""

    name: str
    file: Path
    description: Json
    expect: Json
    case: str | None = None
    like: str | None = None
    but: Json = field(default_factory=dict)


def read_scenarios(folder: Path) -> list[Scenario]:
    """Return every scenario below a folder, in the order of paths. Raises :class:`ScenarioError`."""
    files = [path for path in sorted(folder.rglob("*.yaml")) if not path.name.startswith(("not-yet", "graph-"))]
    return [scenario for path in files for scenario in _read(path)]


def _read(path: Path) -> Iterator[Scenario]:
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.YAMLError as fault:
        raise ScenarioError(f"{path}: {fault}") from None
    done: dict[str, Scenario] = {}
    for entry in entries or ():
        if set(entry) - _KEYS or "name" not in entry or set(entry.get("expect", {})) - _EXPECTED:
            wrong = sorted((set(entry) - _KEYS) | (set(entry.get("expect", {})) - _EXPECTED))
            raise ScenarioError(f"{path}: {entry.get('name', 'a scenario without a name')}: unknown or missing keys {wrong}")
        name = entry["name"]
        if name in done:
            raise ScenarioError(f"{path}: two scenarios are named {name!r}")
        if "like" in entry:
            if entry["like"] not in done:
                raise ScenarioError(f"{path}: {name!r} is like {entry['like']!r}, which does not stand above it")
            description = copy.deepcopy(done[entry["like"]].description)
        else:
            description = copy.deepcopy(entry.get("facts") or {})
        if "asOf" in entry:
            description["asOf"] = str(entry["asOf"])
        for pointer, value in (entry.get("but") or {}).items():
            try:
                _set(description, pointer, value)
            except (KeyError, IndexError, TypeError, ValueError):
                raise ScenarioError(f"{path}: {name!r} changes {pointer}, which leads nowhere") from None
        done[name] = Scenario(name, path, description, entry.get("expect") or {}, entry.get("case"), entry.get("like"),
                              entry.get("but") or {})
        yield done[name]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the C parser is five times as fast
    """YAML without dates and without yes/no booleans: a description is JSON, and NO is Norway."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, rule) for tag, rule in rules if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("^(?:true|false)$"), list("tf"))


def _set(data: Any, pointer: str, value: Any) -> None:
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    for step in steps[:-1]:
        data = data[int(step)] if isinstance(data, list) else data.setdefault(step, {})
    last: Any = int(steps[-1]) if isinstance(data, list) else steps[-1]
    if isinstance(value, dict) and value == {"$absent": True}:
        del data[last]
    elif isinstance(data, list) and last == len(data):
        data.append(value)
    else:
        data[last] = value


def differences(checker: Checker, scenario: Scenario) -> list[str]:
    """Return what the answer says otherwise than the scenario expects; an empty list means that it holds."""
    answer = checker.check(scenario.description)
    legs = answer.get("legs", [answer])
    expect = scenario.expect
    found: list[str] = []
    for name, wanted in (expect.get("verdict") or {}).items():
        verdicts = {i["instrument"]: i["verdict"] for leg in legs for i in leg["instruments"]} | {"overall": answer["verdict"]}
        if verdicts.get(name, "not-regulated") not in _several(wanted):
            found.append(f"verdict of {name}: {verdicts.get(name, 'not-regulated')}, expected {wanted}")
    for entry in expect.get("findings") or ():
        found += _finding(checker, legs, entry)
    for name, wanted in _classes(expect.get("classes") or {}):
        found += _class(checker, legs, name, wanted)
    for entry in expect.get("conflicts") or ():
        kinds = [(c["kind"], {n["norm"] for n in c["norms"]}) for leg in legs for c in leg["conflicts"]]
        if not any(kind == entry.get("kind", kind) and set(entry.get("norms", ())) <= norms for kind, norms in kinds):
            found.append(f"conflict {entry} not among {kinds}")
    asked = {m["pointer"] for leg in legs for m in leg["missing"]}
    found += [f"{pointer} is not asked for; asked: {sorted(asked)}" for pointer in expect.get("missing") or () if pointer not in asked]
    return found


def _several(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _finding(checker: Checker, legs: list[Json], entry: Json) -> list[str]:
    if entry["norm"] not in checker.program.by_id:
        if entry["norm"] in checker.program.data["unweighed"] and "not-applicable" in _several(entry["status"]):
            return []  # it is in the graph and looks at no fact of a flow
        return [f"there is no norm {entry['norm']} in the program"]
    matching = [f for leg in legs[entry["leg"]:entry["leg"] + 1] if "leg" in entry for f in leg["findings"]] if "leg" in entry else [
        f for leg in legs for f in leg["findings"]]
    statuses = [f["status"] for f in matching if f["norm"] == entry["norm"]
                and ("item" not in entry or entry["item"] in f.get("items", [entry["item"]]))] or ["not-applicable"]
    if not set(statuses) & set(_several(entry["status"])):
        return [f"{entry['norm']}: {', '.join(statuses)}, expected {entry['status']}"]
    by = entry.get("exemptedBy")
    wrong = by is not None and any(f["norm"] == entry["norm"] and by not in f.get("exemptedBy", ()) for f in matching)
    return [f"{entry['norm']} is not exempted by {by}"] if wrong else []


def _classes(expected: Any) -> Iterator[tuple[str, Any]]:
    entries = [expected] if isinstance(expected, dict) else expected
    for entry in entries:
        yield from entry.items()


def _class(checker: Checker, legs: list[Json], name: str, wanted: Any) -> list[str]:
    if name not in {term["notation"] for term in checker.program.data["reported"]}:
        return [f"there is no reported class {name}"]
    where, holds = (wanted.get("on"), wanted.get("holds", True)) if isinstance(wanted, dict) else (None, wanted)
    pointer = None if where is None else where if where.startswith("/") else f"/{where}"
    hits = [c["holds"] for leg in legs for c in leg["classes"]
            if c["class"] == name and (pointer in (None, "/flow") or c["on"] == pointer)]
    got = True if True in hits else None if hits else False
    return [] if got is holds else [f"class {name}{' on ' + pointer if pointer else ''}: {got}, expected {holds}"]
