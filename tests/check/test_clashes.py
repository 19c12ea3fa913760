"""Laws that pull in two directions, in the brief answer."""

from __future__ import annotations

from tests.tiny import checker, flow, norm

PROVIDER = {"en": "the provider", "zh": "服务提供者"}
POWER, BAN = norm("power", "A", "Power"), norm("ban", "B", "Prohibition", instrument="yy/act", bearer=PROVIDER)
TWIN = norm("ban-2", "B", "Prohibition", instrument="yy/act")


def pair(*norms, clash=None):
    return {
        "iri": f"https://example.org/conflict/{clash or '-'.join(norms)}",
        "kind": "compelledVersusForbidden",
        "act": "Transfer",
        "norms": list(norms),
        "reconciledBy": [],
    }


def summary(norms, pairs, **facts):
    return checker(norms, conflicts=pairs).check(flow(**facts), "summary")


def test_a_conflict_says_what_each_law_says_to_whom():
    (conflict,) = summary([POWER, BAN], [pair("power", "ban")], a=True, b=True)["conflicts"]
    assert conflict["sentence"]["en"] == "art. power lets an authority compel the parties – power; art. ban forbids the provider – ban."
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
