"""A difference summed by kind of change."""

from __future__ import annotations

from comity.scenarios.difference import Difference, Move
from comity.scenarios.record import FlowName
from comity.scenarios.summing import sums, tell_sums

ONE, TWO = FlowName("xx/act", "one"), FlowName("xx/act", "two")
MOVED = Difference(
    (
        Move("verdict", "overall", "conditional", "prohibited", (ONE,)),
        Move("norm", "A-1", "exempted(A-2)[/dataItems/0]", "unmet", (ONE, TWO)),
        Move("norm", "A-3", "exempted(A-4)", "unmet", (TWO,)),
        Move("norm", "A-5", "met", "due", (ONE,)),
    ),
    (),
    (TWO,),
)


def test_changes_of_one_kind_are_counted_by_flows_and_by_things():
    assert sums(MOVED) == {
        ("verdict", "conditional", "prohibited"): (1, 1),
        ("norm", "exempted", "unmet"): (2, 2),
        ("norm", "met", "due"): (1, 1),
    }


def test_they_are_told_the_most_frequent_first_in_either_language():
    assert tell_sums(MOVED, "en", {}) == [
        "Verdicts over all",
        "  conditional → prohibited; flows: 1, verdict: 1",
        "",
        "Norms",
        "  exempted → unmet; flows: 2, norms: 2",
        "  met → due; flows: 1, norms: 1",
        "",
        "flows without an answer so far: 1",
    ]
    told = tell_sums(MOVED, "zh", {"exempted": {"zh": "豁免"}, "unmet": {"zh": "未满足"}})
    assert "  豁免 → 未满足：2 个流动，2 项规范" in told
    assert tell_sums(Difference((), (), ()), "en", {}) == ["No answer differs."]
