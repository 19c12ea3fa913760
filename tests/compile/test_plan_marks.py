"""What plans read of the graph: named parts of demands, bearers, the order of resort, and the marks of values, facts and things."""

from __future__ import annotations

import re

import pytest

from comity.logic.expression import parts_of


def test_a_named_part_of_a_demand_keeps_its_name_beside_its_expression(program):
    norm = next(norm for norm in program["norms"] if norm["id"] == "PROV-8a")
    named = {part["label"]["en"]: part["expression"] for part in norm["namedParts"]}
    assert [way["label"]["en"] for way in norm["alternatives"]] == list(named)[: len(norm["alternatives"])]
    inside = list(parts_of(norm["demand"]))
    assert all(expression in inside for expression in named.values())


def test_every_named_part_stands_in_its_demand(program):
    for norm in program["norms"]:
        inside = [] if norm["demand"] is None else list(parts_of(norm["demand"]))
        assert all(part["expression"] in inside and part["label"]["zh"] for part in norm["namedParts"]), norm["id"]


def test_duties_say_who_is_to_do_them_and_ways_in_which_order_they_come(program):
    by_id = {norm["id"]: norm for norm in program["norms"]}
    assert by_id["PROV-8a"]["bearer"]["en"] == "exporter"
    orders = {by_id[name]["resort"] for name in ("GDPR-49-1-a", "CFR202-802", "GDPR-46-2-c")}
    assert orders == {"exceptional", "discretionary", "ordinary"}


@pytest.mark.parametrize("part", ["marks", "things"])
def test_burdens_lie_between_a_record_and_a_relocation(program, part):
    assert all(1 <= entry.get("burden", 1) <= 6 for entry in program["schema"][part].values())


def test_sentences_of_steps_name_facts_of_their_own_thing(program):
    nodes = program["schema"]["nodes"]
    sentences = [(kind, entry["step"]) for kind, entry in program["schema"]["things"].items() if "step" in entry]
    sentences += [(kind, entry["step"]) for kind, keys in nodes.items() for entry in keys.values() if "step" in entry]
    assert len(sentences) > 20
    for kind, step in sentences:
        assert step.keys() == {"en", "zh"}
        for text in step.values():
            assert set(re.findall(r"\{(\w+)\}", text)) <= nodes[kind].keys(), text


def test_what_a_step_may_change_is_in_somebody_s_hands(checker):
    for keys in checker.schema.nodes.values():
        for key in keys.values():
            assert not (key.leaves and not key.controllable) and not (key.outcome and key.controllable), key.key
