"""Scenarios: flows with the answers that the law gives to them, written in YAML that a lawyer can read.

A file holds a list of scenarios. ``facts`` is a description (without ``asOf``), or ``like`` names another scenario of
the file and ``but`` changes single facts of it by JSON pointer (``{$absent: true}`` leaves the fact out).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from comity.check.checker import Checker
from comity.flow.pointers import steps_of
from comity.flow.problems import DescriptionError
from comity.spelling import nearest
from comity.yaml_text import NumberLoader, line_of

__all__ = ["SCENARIOS", "Scenario", "ScenarioError", "differences", "read_file", "read_scenarios", "scenario_files"]

Json = dict[str, Any]

SCENARIOS = "tests/scenarios"
"""Where the scenarios are, from the root of a source checkout; a wheel brings none."""

_KEYS = {"name", "source", "case", "asOf", "facts", "reading", "note", "departs", "expect", "like", "but"}
_EXPECTED = {"verdict", "classes", "findings", "conflicts", "missing"}


class ScenarioError(ValueError):
    """A scenario that cannot be read; says where and why."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario: its name, the file and the line where it begins, the description to check, and what the answer must say."""

    name: str
    file: Path
    description: Json
    expect: Json
    case: str | None = None
    like: str | None = None
    but: Json = field(default_factory=dict)
    line: int = 0


def read_scenarios(folder: Path) -> list[Scenario]:
    """Return every scenario below a folder, or of one file, in the order of paths. Raises :class:`ScenarioError`."""
    return [scenario for path in scenario_files(folder) for scenario in read_file(path)]


def scenario_files(folder: Path) -> list[Path]:
    """Return the files below a folder that hold scenarios, or the one file, in the order of paths."""
    paths = [folder] if folder.is_file() else sorted(folder.rglob("*.yaml"))
    return [path for path in paths if not path.name.startswith(("not-yet", "graph-", "recognition-"))]


def read_file(path: Path) -> Iterator[Scenario]:
    """Yield the scenarios of one file. Raises :class:`ScenarioError` with file and line."""
    done: dict[str, Scenario] = {}
    for line, entry in _entries(path):
        scenario = _scenario(path, line, entry, done)
        done[scenario.name] = scenario
        yield scenario


def _entries(path: Path) -> list[tuple[int, Any]]:
    """Return the entries of a file, each with the line on which it begins."""
    try:
        loader = NumberLoader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise ScenarioError(f"{path}:{node.start_mark.line + 1}: a file of scenarios is a list; begin each with «- name: …»")
        entries = loader.construct_document(node)
    except (OSError, UnicodeDecodeError) as fault:
        raise ScenarioError(f"{path}: the file cannot be read ({fault})") from None
    except yaml.MarkedYAMLError as fault:
        raise ScenarioError(f"{path}:{line_of(fault)}: this is no YAML: {fault.problem or fault}") from None
    return [(item.start_mark.line + 1, entry) for item, entry in zip(node.value, entries, strict=True)]


def _scenario(path: Path, line: int, entry: Any, done: dict[str, Scenario]) -> Scenario:
    """Return one scenario; ``done`` are those that stand above it in the file, by name."""

    def refuse(why: str) -> ScenarioError:
        return ScenarioError(f"{path}:{line}: {why}")

    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise refuse("a scenario needs a name, a sentence that says what it shows")
    name = entry["name"]
    for key, known in (*((key, _KEYS) for key in entry), *((key, _EXPECTED) for key in _mapping(entry, "expect", refuse))):
        if key not in known:
            close = nearest(str(key), known, most=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(sorted(known))}"
            raise refuse(f"{name!r} has the unknown key {key!r}; {hint}")
    if name in done:
        raise refuse(f"two scenarios are named {name!r}; rename this one")
    if "like" in entry and entry["like"] not in done:
        close = nearest(str(entry["like"]), done, most=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise refuse(f"{name!r} is like {entry['like']!r}, which does not stand above it in this file{hint}")
    for finding in _mapping(entry, "expect", refuse).get("findings") or ():
        if not isinstance(finding, dict) or not {"norm", "status"} <= set(finding):
            raise refuse(f"{name!r} expects the finding {finding!r}; write {{norm: …, status: …}}")
    description = copy.deepcopy(done[entry["like"]].description if "like" in entry else _mapping(entry, "facts", refuse))
    if "asOf" in entry:
        description["asOf"] = str(entry["asOf"])
    but = _mapping(entry, "but", refuse)
    for pointer, value in but.items():
        try:
            _set(description, pointer, value)
        except (AttributeError, KeyError, IndexError, TypeError, ValueError):
            raise refuse(f"{name!r} changes {pointer}, which leads nowhere in the facts of {entry.get('like')!r}") from None
    return Scenario(name, path, description, _mapping(entry, "expect", refuse), entry.get("case"), entry.get("like"), but, line)


def _mapping(entry: Json, key: str, refuse: Callable[[str], ScenarioError]) -> Json:
    value = entry.get(key)
    if value is not None and not isinstance(value, dict):
        raise refuse(f"`{key}` of {entry['name']!r} holds {value!r}; write a mapping there")
    return value or {}


def _set(data: Any, pointer: str, value: Any) -> None:
    steps = steps_of(pointer)
    for step in steps[:-1]:
        data = data[int(step)] if isinstance(data, list) else data.setdefault(step, {})
    last: Any = int(steps[-1]) if isinstance(data, list) else steps[-1]
    if isinstance(value, dict) and value == {"$absent": True}:
        del data[last]
    elif isinstance(data, list) and last == len(data):
        data.append(value)
    else:
        data[last] = value


def differences(checker: Checker, scenario: Scenario, answer: Json | None = None) -> list[str]:
    """Return what the answer says otherwise than the scenario expects; an empty list means that it holds.

    ``answer`` is the checker's answer to the scenario, if it is at hand.
    """
    try:
        answer = answer or checker.check(scenario.description, plan=False)
    except DescriptionError as fault:
        return [f"the facts cannot be read at {problem['pointer'] or '/'}: {problem['message']['en']}" for problem in fault.problems]
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
    matching = (
        [f for leg in legs[entry["leg"] : entry["leg"] + 1] if "leg" in entry for f in leg["findings"]]
        if "leg" in entry
        else [f for leg in legs for f in leg["findings"]]
    )
    statuses = [
        f["status"]
        for f in matching
        if f["norm"] == entry["norm"] and ("item" not in entry or entry["item"] in f.get("items", [entry["item"]]))
    ] or ["not-applicable"]
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
    hits = [c["holds"] for leg in legs for c in leg["classes"] if c["class"] == name and (pointer in (None, "/flow") or c["on"] == pointer)]
    got = True if True in hits else None if hits else False
    return [] if got is holds else [f"class {name}{' on ' + pointer if pointer else ''}: {got}, expected {holds}"]
