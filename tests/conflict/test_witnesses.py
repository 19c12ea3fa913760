"""Witnesses of conflicts: flows beside the law in which the engine itself finds both norms binding, and nothing less."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from comity.building.conflicts import stated
from comity.conflict.compose import composed
from comity.conflict.confirmed import confirmed, named_pairs
from comity.conflict.record import FALSE, FOLDER, Witness, WitnessFault, read_reasons, read_witnesses, written
from comity.rdf.names import C
from tests.tiny import flow, norm, program


def pair(first: str, second: str) -> dict[str, Any]:
    return {
        "iri": f"https://example.org/conflict/{first}--{second}",
        "norms": [first, second],
        "kind": "compelledVersusForbidden",
        "act": "Transfer",
        "reconciledBy": [],
        "rule": "opposed",
        "duty": [second],
        "checked": False,
    }


POWER, BAN = norm("power", "A", "Power"), norm("ban", "B", "Prohibition", instrument="yy/act")
TWIN = norm("twin", "C", "Power")
LAW = program([POWER, BAN, TWIN])
OPPOSED = [pair("power", "ban"), pair("twin", "ban")]


def witness(**facts: Any) -> Witness:
    return Witness(("power", "ban"), flow(**facts), ("a scenario",), f"{FOLDER}/xx--yy.yaml", 7)


def test_a_flow_in_which_both_bind_confirms_the_conflict_and_its_twins_stand_in_it():
    pairs = confirmed(LAW, OPPOSED, [witness(a=True, b=True)])
    assert [p["norms"] for p in pairs] == [["power", "ban"], ["twin", "ban"]]
    assert {p["iri"] for p in pairs} == {OPPOSED[0]["iri"]}
    graph = stated({**LAW, "conflicts": pairs}, [witness(a=True, b=True)])
    assert len(set(graph.subjects(C.witness))) == 1 and len(set(graph.objects(None, C.firstSide))) == 2


def test_without_a_witness_a_conflict_stands_in_form_only():
    assert [(p["norms"], p["formal"]) for p in confirmed(LAW, OPPOSED, [])] == [(["power", "ban"], True), (["twin", "ban"], True)]


def test_norms_of_two_articles_stand_in_two_conflicts():
    other = norm("other", "B", "Prohibition", instrument="yy/act")
    pairs = confirmed(program([POWER, BAN, other]), [pair("power", "ban"), pair("power", "other")], [witness(a=True, b=True)])
    assert [(p["norms"], p["formal"]) for p in pairs] == [(["power", "ban"], False), (["power", "other"], True)]
    assert len({p["iri"] for p in pairs}) == 2


@pytest.mark.parametrize("facts", [{"a": True, "b": False}, {"a": True}], ids=["one does not apply", "one is open"])
def test_a_flow_that_no_longer_shows_its_conflict_is_refused_with_both_norms_and_its_line(facts):
    with pytest.raises(WitnessFault, match=r"data/conflicts/xx--yy.yaml:7: power × ban do not both bind .* comity witnesses"):
        confirmed(LAW, OPPOSED, [witness(**facts)])


def test_a_witness_of_norms_that_are_not_opposed_is_refused():
    with pytest.raises(WitnessFault, match="power × ban are not opposed"):
        confirmed(LAW, [pair("twin", "ban")], [witness(a=True, b=True)])


def test_a_flow_is_composed_of_one_for_each_norm():
    flows = [(("asks",), flow(a=True, dataItems=[{"secret": True}])), (("forbids",), flow(b=True, dataItems=[{"persons": 3}]))]
    ((found, made, names),) = composed(LAW, [pair("power", "ban")], flows, lambda done, of: None)
    assert found["norms"] == ["power", "ban"] and names == ("asks", "forbids")
    assert made["a"] and made["b"] and made["dataItems"] in ([{"persons": 3}], [{"secret": True}])


def test_a_flow_that_shows_both_is_taken_as_it_is():
    both = flow(a=True, b=True, dataItems=[{"persons": 3}])
    ((_, made, names),) = composed(LAW, [pair("power", "ban")], [(("both",), both)], lambda done, of: None)
    assert made == both and names == ("both",)


def test_the_data_that_are_asked_for_may_lie_where_the_other_flow_has_them():
    stored = norm("ban", "B", "Prohibition", instrument="yy/act")
    law = program([POWER, stored], {"B": ["some", "dataItems", ["place", "heldIn", ["territory", "XX"]]]})
    flows = [
        (("asks",), flow(a=True, dataItems=[{"secret": True, "heldIn": ["YY"]}])),
        (("forbids",), flow(dataItems=[{"persons": 3, "heldIn": ["XX"]}])),
    ]
    ((_, made, _),) = composed(law, [pair("power", "ban")], flows, lambda done, of: None)
    assert made["dataItems"] == [{"secret": True, "heldIn": ["XX"]}]


def test_a_flow_that_is_made_for_one_clash_shows_others_as_well():
    other = norm("other", "Both", "Prohibition", instrument="yy/act")
    law = program([POWER, BAN, other], {"Both": ["and", ["is", "A"], ["is", "B"]]})
    flows = [(("asks",), flow(a=True, dataItems=[{"secret": True}])), (("forbids",), flow(b=True, dataItems=[{"persons": 3}]))]
    found = list(composed(law, [pair("power", "other"), pair("power", "ban")], flows, lambda done, of: None))
    assert [pair["norms"] for pair, _, _ in found] == [["power", "ban"], ["power", "other"]]
    assert found[0][1:] == found[1][1:]


def test_norms_that_no_flow_brings_together_are_formal():
    flows = [(("asks",), flow(a=True, b=False, dataItems=[{}])), (("forbids",), flow(b=True, a=False, dataItems=[{}]))]
    assert list(composed(LAW, [pair("power", "ban")], flows, lambda done, of: None)) == []


def test_what_is_written_is_read_again(tmp_path: Path):
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "xx--yy.yaml").write_text(written([witness(a=True)]), encoding="utf-8")
    (again,) = read_witnesses(tmp_path)
    assert (again.norms, again.flow, again.composed_of) == (("power", "ban"), flow(a=True), ("a scenario",))
    assert again.place == f"{FOLDER}/xx--yy.yaml:1"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: [", "no YAML"),
        ("- a", "one entry for each pair"),
        ("power: {flow: {}}", "does not name two norms"),
        ("a × a: {flow: {}}", "does not name two norms"),
        ("a × b: {}", "needs a flow"),
        ("a × b: {flow: {}, more: 1}", "nothing beside it"),
        ("a × b: {flow: {}}\nb × a: {flow: {}}", "has a flow already"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(tmp_path: Path, text: str, why: str):
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "xx--yy.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(WitnessFault, match=rf"data/conflicts/xx--yy.yaml:\d+: .*{why}"):
        read_witnesses(tmp_path)


def test_a_pair_that_is_named_stands_for_its_versions_and_variants():
    both = {frozenset(entry["norms"]) for entry in OPPOSED}
    assert named_pairs(LAW, OPPOSED, [("power", "ban")], FALSE) == named_pairs(LAW, OPPOSED, [("*", "ban")], FALSE) == both
    with pytest.raises(WitnessFault, match=r"data/conflicts/false-conflicts.yaml: ban × twin2 are not opposed"):
        named_pairs(LAW, OPPOSED, [("ban", "twin2")], FALSE)


@pytest.mark.parametrize("reason", ["", "{}", "null", "no item is both", "{en: no item is both}"])
def test_a_pair_that_is_no_conflict_needs_a_reason_in_both_languages(tmp_path: Path, reason: str):
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / FALSE).write_text(f"a × b: {reason}", encoding="utf-8")
    with pytest.raises(WitnessFault, match=r"false-conflicts.yaml:1: a × b needs the reason"):
        read_reasons(tmp_path, FALSE)
