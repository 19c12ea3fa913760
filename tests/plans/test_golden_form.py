"""The golden plans are well formed: their facts can be read, their norms are in force, and their changes can be made."""

from __future__ import annotations

import re
from datetime import date

import pytest
from rdflib import Namespace
from rdflib.namespace import DCTERMS

from tests.plans.golden_plans import applied, description, entries, legs_of, steps_of, ways_of

C = Namespace("https://w3id.org/comity/ns#")
ENTRIES = entries()
IDS = [f"{file}: {entry['name']}" for file, entry in ENTRIES]
VERDICTS = {"prohibited", "conflict", "needs-information", "contested", "conditional", "not-covered", "permitted", "not-regulated"}
BOTH_LANGUAGES = {"en", "zh"}
every_plan = pytest.mark.parametrize("entry", [entry for _, entry in ENTRIES], ids=IDS)


@pytest.fixture(scope="module")
def norms(program):
    """Every norm of the program by its identifier."""
    return {norm["id"]: norm for norm in program["norms"]}


@pytest.fixture(scope="module")
def around(graph):
    """The norms that stand around an organisation whatever a flow does."""
    return {str(graph.value(norm, DCTERMS.identifier)) for norm in graph.subjects(C.governs, C["governs-around"])}


def texts(plan):
    """Yield every text for people that a plan holds."""
    for step in [*steps_of(plan), *plan.get("instead", [])]:
        yield step["act"]
        for term in (step.get("deadline"), step.get("leadTime")):
            if term:
                yield term["runsFrom"]
    for way in plan["oneOf"]:
        yield way["way"]


def fact_at(told, pointer):
    """Return the fact at a pointer, which must be stated."""
    for step in pointer.split("/")[1:]:
        told = told[int(step)] if isinstance(told, list) else told[step]
    return told


def controllable(schema, pointer):
    """Say whether the parties control the last key that a pointer names."""
    node, entry = "DataFlow", None
    for step in pointer.split("/")[1:]:
        if step.isdigit():
            continue
        entry = schema.nodes["Description" if step in ("legs", "parties") else node][step]
        node = entry.node or node
    return entry is not None and entry.controllable


def test_the_set_is_wide():
    assert len(ENTRIES) >= 40
    assert len({entry["name"] for _, entry in ENTRIES}) == len(ENTRIES)
    assert sum(bool(entry["plan"]["stopped"]) for _, entry in ENTRIES) >= 5


@every_plan
def test_it_says_what_it_must_and_nothing_else(entry):
    assert {"name", "source", "asOf", "facts", "plan"} <= entry.keys() <= {"name", "source", "note", "asOf", "facts", "plan"}
    plan = entry["plan"]
    needed = {"verdict", "asDescribed", "do", "confirm", "oneOf", "stopped"}
    assert needed <= plan.keys() <= {*needed, "instead", "around"}
    assert plan["verdict"] in VERDICTS
    assert plan["asDescribed"] in {"lawful", "unlawful", "undecided"}
    for step in steps_of(plan):
        needed = {"act", "who", "timing", "cures", "change"}
        assert needed <= step.keys() <= {*needed, "leg", "deadline", "leadTime"}
        assert step["who"] in {"exporter", "importer", "both", "addressee"}
        assert step["timing"] in {"before", "at", "after", "recurring"}
        assert step["cures"]
        assert step["change"]
        for term in (step.get("deadline"), step.get("leadTime")):
            assert term is None or (term.keys() == {"length", "unit", "runsFrom"} and term["length"] > 0)
            assert term is None or term["unit"] in {"hours", "days", "workingDays", "months", "years"}
    for way in plan["oneOf"]:
        assert way.keys() == {"way", "resort", "path", "steps"}
        assert way["resort"] in {"ordinary", "exceptional", "discretionary"}
        assert way["steps"]
    order = [("ordinary", "exceptional", "discretionary").index(way["resort"]) for way in plan["oneOf"]]
    assert order == sorted(order), "the ways stand in the law's own order of resort"


@every_plan
def test_it_speaks_both_languages(entry):
    for text in texts(entry["plan"]):
        assert text.keys() == BOTH_LANGUAGES
        assert not re.search(r"[\u4e00-\u9fff]", text["en"])
        assert re.search(r"[\u4e00-\u9fff]", text["zh"])


@every_plan
def test_what_it_says_of_the_flow_agrees_with_its_steps(entry):
    plan = entry["plan"]
    changes = plan["do"] or plan["oneOf"] or plan["stopped"]
    if plan["asDescribed"] == "lawful":
        assert not changes and not plan["confirm"]
        assert plan["verdict"] in {"permitted", "not-regulated"}
    if plan["asDescribed"] == "unlawful":
        assert changes
    if plan["stopped"]:
        assert plan["verdict"] == "prohibited"
        assert not plan["oneOf"], "what nobody can cure has no way"


@every_plan
def test_its_facts_are_read_without_a_fault(entry, checker):
    read = checker.read(description(entry))
    assert len(read.legs) == len(legs_of(description(entry)))


@every_plan
def test_its_norms_are_in_force_on_the_day(entry, norms, around):
    plan, day = entry["plan"], date.fromisoformat(entry["asOf"])
    cured = {norm for step in steps_of(plan) for norm in step["cures"]}
    named = cured | {norm for way in plan["oneOf"] for norm in way["path"]} | {stop["norm"] for stop in plan["stopped"]}
    for name in named | set(plan.get("around", [])):
        norm = norms[name]
        assert norm["from"] <= day.isoformat(), name
        assert norm["until"] is None or day.isoformat() < norm["until"], name
    assert not named & around, "a duty that stands around the organisation is no step"
    assert set(plan.get("around", [])) <= around


@every_plan
def test_what_stops_it_is_a_fact_of_the_flow(entry):
    for stop in entry["plan"]["stopped"]:
        assert stop.keys() == {"norm", "fact"}
        assert fact_at(entry["facts"], stop["fact"]) != []


@every_plan
def test_its_steps_change_what_the_parties_control(entry, checker):
    for step in steps_of(entry["plan"]):
        for pointer in step["change"]:
            assert controllable(checker.schema, pointer), pointer


@every_plan
def test_its_changes_can_be_made_one_after_the_other(entry, checker):
    for way in ways_of(entry["plan"]):
        told = description(entry)
        for step in way:
            changed = applied(told, step["change"])
            assert changed != told, step["act"]["en"]
            told = changed
        checker.read(told)
    for leave in entry["plan"].get("instead", []):
        if leave.get("change"):
            changed = applied(description(entry), leave["change"])
            assert changed != description(entry), leave["act"]["en"]
            checker.read(changed)
