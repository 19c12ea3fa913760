"""The notes of an answer on what states owe each other: for which restrictions, between whom, and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from comity.check.checker import Checker
from tests.recognition.world import Json, commitment, exception, power, reach, respite, tiny_program, treaty
from tests.tiny import flag, flow, norm

BAN = norm("BAN", "A", "Prohibition")
PACT = {"pact": treaty(parties=["WW", "XX"])}
OUTWARD = flow(a=True, to="WW", exporter={"establishedIn": ["XX"]}, **{"from": "XX"})


def notes(description: Json = OUTWARD, norms: tuple[Json, ...] = (BAN,), detail: str = "all", **more: Any) -> list[Json]:
    """Return the notes of the answer to a flow out of ``XX``, whose ban on transfers another state may question."""
    told: Json = {"treaties": PACT, "commitments": {"P": commitment(reach("transferBan"))}, "restricts": {"BAN": ["transferBan"]}}
    answer = Checker(tiny_program(norms=norms, **(told | more))).check(description, detail, plan=False)
    return answer.get("commitments", [])


def test_a_restriction_that_hits_the_flow_is_noted_towards_the_state_to_which_it_is_owed():
    (note,) = notes(enforcement={"D": power("P")}, exceptions={"E": exception("P", grounds=["security"])})
    assert {key: note[key] for key in ("kind", "status", "by", "towards", "norms", "treaty", "commitments", "arguable", "exceptions")} == {
        "kind": "restrictionVersusCommitment",
        "status": "protected",
        "by": "XX",
        "towards": "WW",
        "norms": ["BAN"],
        "treaty": "pact",
        "commitments": ["P"],
        "arguable": False,
        "exceptions": ["E"],
    }
    assert note["dispute"] == {"open": ["consultations", "panel"], "closed": []}
    assert note["text"] == {
        "en": "Xland restricts this flow (BAN); Wland may question that under treaty (P) by consultations, panel. "
        "1 of the treaty's exceptions may excuse it. Between states only: it permits nothing, and no company can plead it.",
        "zh": "〔Xland〕对该流动设有限制（BAN）；〔Wland〕可依〔treaty〕（P）提出质疑，途径：〔consultations〕、〔panel〕。"
        "条约的 1 项例外可使其正当。此仅为国家之间的关系：不构成许可，企业不得援引。",
    }


def test_the_verdict_is_the_same_with_and_without_a_note():
    data = tiny_program(
        norms=(BAN,), restricts={"BAN": ["transferBan"]}, treaties=PACT, commitments={"P": commitment(reach("transferBan"))}
    )
    bare = {**data, "recognition": {**data["recognition"], "commitments": {}}}
    with_note, without = (Checker(each).check(OUTWARD, plan=False) for each in (data, bare))
    assert with_note.pop("commitments") and with_note == without and without["verdict"] == "prohibited"


@pytest.mark.parametrize(
    "more",
    [
        {"restricts": {}},
        {"restricts": {"BAN": ["localStorage"]}},
        {"description": {**OUTWARD, "a": False}},
        {"description": {**OUTWARD, "to": "YY"}},
        {"description": {**OUTWARD, "to": {"outside": "XX"}}},
        {"description": {**OUTWARD, "to": "XX-1"}},
        {"norms": (norm("BAN", "A", "Permission"),)},
        {"norms": (norm("BAN", "A", "Prohibition", until="2025-01-01"),)},
        {"norms": (norm("BAN", "A", "Prohibition", instrument="zz/act"),)},
        {"treaties": {"pact": treaty(parties=["XX", "WW"], draft=True, signed="2020-01-01")}},
        {"treaties": {"pact": treaty(parties=["XX", "WW"], binding=False)}},
        {"commitments": {"P": commitment(reach("transferBan"), strength="endeavour")}},
        {"commitments": {"P": commitment(reach("transferBan"), binds=["WW"])}},
        {"exceptions": {"E": exception("P", grounds=["transition"], respites=[respite("XX")])}},
    ],
)
def test_what_is_not_reached_or_not_owed_is_not_noted(more):
    assert notes(**more) == []


def test_a_norm_that_is_met_or_open_is_a_restriction_only_where_it_is_known_to_apply():
    duty = norm("BAN", "A", demand=flag("signed"))
    assert [note["norms"] for note in notes({**OUTWARD, "signed": True}, norms=(duty,))] == [["BAN"]]
    unknown = {key: value for key, value in OUTWARD.items() if key != "a"}
    assert notes(unknown) == []


def test_the_place_of_a_party_counts_like_that_of_the_data():
    inside = {**OUTWARD, "to": "XX", "importer": {"establishedIn": ["WW"]}}
    assert [note["towards"] for note in notes(inside)] == ["WW"]


def test_several_restrictions_and_commitments_of_one_treaty_are_one_note_and_arguable_only_if_all_are():
    norms = (BAN, norm("KEEP", "A", demand=flag("signed")))
    told: Json = {
        "restricts": {"BAN": ["transferBan"], "KEEP": ["localStorage"]},
        "commitments": {"P": commitment(reach("transferBan", arguable=True)), "Q": commitment(reach("localStorage"))},
    }
    (note,) = notes(norms=norms, **told)
    assert (note["norms"], note["commitments"], note["arguable"]) == (["BAN", "KEEP"], ["P", "Q"], False)
    (note,) = notes(restricts={"BAN": ["transferBan"]}, commitments={"P": told["commitments"]["P"]})
    assert note["arguable"] and "may arguably question" in note["text"]["en"] and "在有争议的情况下提出质疑" in note["text"]["zh"]


def test_where_no_way_is_agreed_on_or_one_is_closed_the_note_says_so():
    (note,) = notes()
    assert "by no agreed way. Between" in note["text"]["en"] and "途径：无约定途径。" in note["text"]["zh"]
    (note,) = notes(enforcement={"D": power("P")}, exceptions={"E": exception("P", closes=["panel"])})
    assert "by consultations, not by panel." in note["text"]["en"] and "〔consultations〕；不得诉诸：〔panel〕。" in note["text"]["zh"]


def test_a_summary_tells_the_first_notes_and_how_many_more_there_are():
    treaties = {name: treaty(parties=["WW", "XX"]) for name in ("a", "b", "c")}
    promises = {name: commitment(reach("transferBan"), treaty=name) for name in treaties}
    data = tiny_program(norms=(BAN,), treaties=treaties, commitments=promises, restricts={"BAN": ["transferBan"]})
    brief, whole = (Checker(data).check(OUTWARD, detail, plan=False) for detail in ("summary", "all"))
    assert ([note["treaty"] for note in brief["commitments"]], brief["commitmentsMore"]) == (["a", "b"], 1)
    assert [note["treaty"] for note in whole["commitments"]] == ["a", "b", "c"] and "commitmentsMore" not in whole
