"""What moved between two sets of answers: grouped, told in both languages, and as JSON."""

from __future__ import annotations

from comity.check.checker import Checker
from comity.scenarios.difference import Move, compare
from comity.scenarios.record import FlowName, Instrument, Leg, Record, record_of
from comity.scenarios.telling import as_json, tell
from tests.tiny import flag, flow, norm, program

ONE, TWO = FlowName("xx/act", "one"), FlowName("xx/act", "two")


def answer(status: str, verdict: str = "conditional", classes=(), conflicts=(), asked=()) -> Record:
    instruments = {"xx/act": Instrument(verdict, {"ACT-1": status})}
    return Record(verdict, (Leg(verdict, instruments, frozenset(classes), frozenset(conflicts), frozenset(asked)),))


def test_one_and_the_same_move_is_told_once_with_its_flows():
    moved = compare(
        {ONE: answer("unmet"), TWO: answer("unmet")}, {ONE: answer("exempted", "permitted"), TWO: answer("exempted", "permitted")}
    )
    assert moved.moves == (
        Move("verdict", "overall", "conditional", "permitted", (ONE, TWO)),
        Move("instrument", "xx/act", "conditional", "permitted", (ONE, TWO)),
        Move("norm", "ACT-1", "unmet", "exempted", (ONE, TWO)),
    )
    assert "  ACT-1: unmet → exempted in 2 flows:" in tell(moved, "en")
    assert tell(moved, "en")[-1] == "2 flows answered differently; norms that moved: 1."


def test_equal_answers_do_not_differ():
    moved = compare({ONE: answer("due")}, {ONE: answer("due")})
    assert not moved
    assert tell(moved, "en") == ["No answer differs."]
    assert tell(moved, "zh") == ["答复没有差异。"]


def test_a_norm_that_falls_silent_is_not_applicable():
    moved = compare({ONE: answer("due")}, {ONE: Record("not-regulated", (Leg("not-regulated"),))})
    assert Move("norm", "ACT-1", "due", "not-applicable", (ONE,)) in moved.moves
    assert Move("instrument", "xx/act", "conditional", "not-regulated", (ONE,)) in moved.moves


def test_conflicts_and_questions_arise_and_go():
    moved = compare({ONE: answer("due", asked=["/a"])}, {ONE: answer("due", conflicts=["ACT-1 BCT-1"])})
    told = tell(moved, "en")
    assert "  ACT-1 × BCT-1 arises in 1 flow:" in told
    assert "  /a is no longer asked for in 1 flow:" in told
    assert "  ACT-1 × BCT-1 出现，涉及 1 个流动：" in tell(moved, "zh")


def test_another_exemption_and_another_class_are_moves():
    before = answer("exempted[ACT-5](0)", classes=["xx/Sensitive on /dataItems/0"])
    moved = compare({ONE: before}, {ONE: answer("exempted[ACT-5,ACT-6](0)")})
    assert "  ACT-1: exempted(0) by ACT-5 → exempted(0) by ACT-5, ACT-6 in 1 flow:" in tell(moved, "en")
    assert "  xx/Sensitive on /dataItems/0 no longer holds in 1 flow:" in tell(moved, "en")


def test_a_flow_that_one_side_refuses_is_told_as_that_alone():
    moved = compare({ONE: Record("refused")}, {ONE: answer("due")})
    assert moved.moves == (Move("verdict", "overall", "refused", "conditional", (ONE,)),)
    assert "  overall: refused (the description is not accepted) → conditional in 1 flow:" in tell(moved, "en")


def test_flows_of_one_side_alone_are_a_difference():
    moved = compare({ONE: answer("due")}, {TWO: answer("due")})
    assert moved and not moved.moves
    assert tell(moved, "en")[:5] == [
        "Flows that have no answer any more: 1 flow",
        "      xx/act: one",
        "",
        "Flows without an answer so far: 1 flow",
        "      xx/act: two",
    ]


def test_labels_and_words_stand_where_they_are_known():
    moved = compare({ONE: answer("unmet(0) due(1)")}, {ONE: answer("due")})
    terms, labels = {"due": {"zh": "待履行"}, "unmet": {"zh": "未履行"}}, {"ACT-1": {"en": "File first", "zh": "先备案"}}
    assert "  ACT-1 (File first): unmet(0) due(1) → due in 1 flow:" in tell(moved, "en", terms, labels)
    assert "  ACT-1 (先备案)：未履行(0) 待履行(1) → 待履行，涉及 1 个流动：" in tell(moved, "zh", terms, labels)


def test_many_flows_are_counted_in_words_and_named_in_json():
    names = [FlowName("xx/act", f"{number:02}") for number in range(8)]
    moved = compare({name: answer("due") for name in names}, {name: answer("met") for name in names})
    assert tell(moved, "en").count("      … and 3 more") == 1
    plain = as_json(moved, "old", "new", 8)
    assert [flow["name"] for flow in plain["moves"][0]["flows"]] == [name.name for name in names]
    assert (plain["before"], plain["after"], plain["flows"]) == ("old", "new", 8)


def test_the_record_holds_what_the_answer_says():
    checker = Checker(
        program(
            [norm("big", "Big", exceptions=["spared"], demand=flag("signed")), norm("spared", "Spared", "Exemption")],
            {"Big": flag("a"), "Spared": flag("b")},
        )
    )
    sure, open_ = record_of(checker, flow(a=True, b=True)), record_of(checker, flow(a=True))
    statuses = {part.name: said for part, said in sure.parts().items() if part.kind == "norm"}
    assert statuses == {"big": "exempted[spared]", "spared": "permitted"}
    assert open_.legs[0].asked == {"/b"}
    assert record_of(checker, {"asOf": "yesterday"}) == Record("refused")
