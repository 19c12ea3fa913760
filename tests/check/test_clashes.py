"""Laws that pull in two directions, in the brief answer."""

from __future__ import annotations

from tests.tiny import checker, flow, norm

PROVIDER = {"en": "the provider", "zh": "服务提供者"}
POWER, BAN = norm("power", "A", "Power"), norm("ban", "B", "Prohibition", instrument="yy/act", bearer=PROVIDER)
TWIN = norm("ban-2", "B", "Prohibition", instrument="yy/act")


def pair(*norms, clash=None, ways=None):
    return {
        "iri": f"https://example.org/conflict/{clash or '-'.join(norms)}",
        "kind": "compelledVersusForbidden",
        "act": "Transfer",
        "norms": list(norms),
        "rule": "opposed",
        "duty": [*norms],
        "reconciledBy": ways or [],
    }


def summary(norms, pairs, **facts):
    return checker(norms, conflicts=pairs).check(flow(**facts), "summary")


def test_a_conflict_says_what_each_law_says_to_whom():
    (conflict,) = summary([POWER, BAN], [pair("power", "ban")], a=True, b=True)["conflicts"]
    assert conflict["sentence"]["en"] == "art. power lets an authority compel – power; art. ban forbids the provider – ban."
    assert "服务提供者" in conflict["sentence"]["zh"] and not conflict["possible"]


def test_twins_are_one_conflict_with_several_norms():
    (conflict,) = summary([POWER, BAN, TWIN], [pair("power", "ban", clash="1"), pair("power", "ban-2", clash="1")], a=True, b=True)[
        "conflicts"
    ]
    assert [entry["norm"] for entry in conflict["norms"]] == ["power", "ban", "ban-2"]


def test_two_clashes_are_two_conflicts():
    told = summary([POWER, BAN, TWIN], [pair("power", "ban"), pair("power", "ban-2")], a=True, b=True)["conflicts"]
    assert [[entry["norm"] for entry in conflict["norms"]] for conflict in told] == [["power", "ban"], ["power", "ban-2"]]


def test_a_conflict_is_possible_while_an_exception_is_open_and_decides_no_verdict():
    spared = norm("duty", "A", exceptions=["way"])
    way = norm("way", "C", "Exemption")
    answer = summary([spared, way, norm("other", "B", instrument="yy/act")], [pair("duty", "other")], a=True, b=True)
    (conflict,) = answer["conflicts"]
    assert conflict["possible"] and conflict["settledBy"] == ["/c"] and answer["verdict"] != "conflict"
    answer = summary([spared, way, norm("other", "B", instrument="yy/act")], [pair("duty", "other")], a=True, b=True, c=False)
    assert answer["verdict"] == "conflict" and not answer["conflicts"][0]["possible"]


def way(kind, **more):
    return {"label": {"en": kind}, "definition": {}, "kind": kind, "actor": {}, "deadline": None, "provision": [], **more}


KINDS = {
    "sample": {"label": {}, "order": 1, "grade": "avoidable", "closedWhen": None},
    "motion": {"label": {}, "order": 2, "grade": "curable", "closedWhen": None},
    "leave": {"label": {}, "order": 3, "grade": "curable", "closedWhen": "D"},
    "complaint": {"label": {}, "order": 4, "grade": None, "closedWhen": None},
}


def graded(*kinds, norms=(POWER, BAN), **facts):
    """Return the conflict of the power and the ban for which ways of these kinds are known."""
    means = {f"xx/act/{kind}": way(kind) for kind in kinds}
    told = checker(list(norms), conflicts=[pair("power", "ban", ways=list(means))], reconciliations=means, wayKinds=KINDS)
    (conflict,) = told.check(flow(a=True, b=True, **facts), "summary")["conflicts"]
    return conflict


def test_the_ways_out_stand_in_the_order_in_which_they_are_taken():
    assert [step["kind"] for step in graded("leave", "motion", "sample")["reconciledBy"]] == ["sample", "motion", "leave"]


def test_a_conflict_is_as_hard_as_the_easiest_way_leaves_it():
    assert graded("leave", "sample")["grade"] == "avoidable"
    assert graded("leave", "motion")["grade"] == "curable"


def test_leave_that_is_refused_closes_the_ways_that_need_it():
    conflict = graded("leave", "motion", d=True)
    assert [(step["kind"], step["open"]) for step in conflict["reconciledBy"]] == [("motion", True), ("leave", False)]
    assert conflict["grade"] == "curable"
    assert graded("leave", d=True)["grade"] == "hard"
    assert graded("leave", d=False)["grade"] == graded("leave")["grade"] == "curable"


def test_where_no_way_is_held_that_is_said_and_it_is_not_called_hard():
    assert graded()["grade"] == graded("complaint")["grade"] == "unresolved"


def test_a_conflict_with_a_side_that_is_unsettled_is_disputed():
    rival = norm("spares", "C", "Exemption", instrument="yy/act", position="yy/act/narrow", question="yy/act/how-far")
    wide = norm("catches", "C", "Prohibition", instrument="yy/act", position="yy/act/wide", question="yy/act/how-far")
    ban = norm("ban", "B", "Prohibition", instrument="yy/act", exceptions=["spares"])
    assert graded("motion", norms=(POWER, ban, rival, wide), c=True)["grade"] == "disputed"
    assert graded("motion", norms=(POWER, ban, rival, wide), c=False)["grade"] == "curable"


def test_why_both_cannot_be_followed_is_said():
    assert graded()["why"]["en"] == "what the one wants the other forbids"
