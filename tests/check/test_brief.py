"""What a summary leaves out, and how it says so."""

from __future__ import annotations

from tests.plan.world import contract, planner, some
from tests.tiny import checker, flag, flow, norm

PERMIT = some("grounds", ["has", "ground", ["permit"]], ["has", "status", ["effective"]])


def test_a_norm_that_a_step_cures_is_told_by_the_step_and_by_where_it_stands():
    world = planner([norm("SIGN", "A", demand=flag("signed")), norm("BAN", "B", "Prohibition")])
    brief, full = (world.check(flow(a=True, b=False, signed=False), detail)["norms"]["SIGN"] for detail in ("summary", "findings"))
    assert brief == {"provision": full["provision"], "url": full["url"]} and full["label"]["en"] == "SIGN"
    banned = world.check(flow(a=False, b=True), "summary")
    assert "label" in banned["stopped"][0] and "provision" in banned["norms"]["BAN"]


def test_norms_that_a_step_cures_beside_the_first_are_identifiers():
    world = planner([norm("ONE", "A", demand=flag("signed")), norm("TWO", "A", demand=flag("signed"))])
    answer = world.check(flow(a=True, signed=False), "summary")
    assert answer["plan"]["do"][0]["cures"] == ["ONE", "TWO"]
    assert [*answer["norms"]] == ["ONE", "TWO"]  # both decide the verdict
    assert all("label" not in told for told in answer["norms"].values())


def test_the_laws_with_the_gravest_verdicts_are_told_and_the_others_counted():
    duties = [norm(f"duty-{n}", "A", demand=flag("signed"), instrument=f"aa/{n}") for n in range(9)]
    answer = checker([*duties, norm("ban", "B", "Prohibition", instrument="zz/act")]).check(flow(a=True, b=True), "summary")
    assert (len(answer["instruments"]), answer["instrumentsMore"]) == (8, 2)
    assert answer["instruments"][-1]["instrument"] == "zz/act"


def test_duties_around_the_flow_beyond_the_first_are_counted():
    world = checker([norm(f"office-{n}", "A", demand=flag("signed"), governs="around") for n in range(5)])
    brief, whole = (world.check(flow(a=True, signed=False), detail) for detail in ("summary", "all"))
    assert (len(brief["around"]), brief["aroundMore"]) == (3, 2)
    assert len(whole["around"]) == 5 and "aroundMore" not in whole
    assert [*brief["norms"]["office-0"]] == ["label"]


def test_a_summary_tells_the_first_way_step_by_step_and_names_the_others():
    world = planner([norm("GROUND", "A", demand=["or", contract("effective"), PERMIT])])
    brief, full = (world.check(flow(a=True, grounds=[]), detail)["plan"] for detail in ("summary", "findings"))
    assert [way["way"] for way in brief["oneOf"]] == [way["way"] for way in full["oneOf"]]
    assert all("do" in way for way in full["oneOf"]) and len(full["oneOf"]) > 1
    assert ["do" in way for way in brief["oneOf"]] == [True] + [False] * (len(full["oneOf"]) - 1)


def test_a_question_put_briefly_names_the_first_norm_that_waits_and_no_law():
    brief = checker([norm("n", "Play")], {"Play": ["has", "purposes", ["play"]]}).check(flow(), "summary")["missing"][0]
    assert [code["code"] for code in brief["form"]["codes"]] == ["play", "none", "work"]
    assert brief["norms"] == ["n"] and "instruments" not in brief
