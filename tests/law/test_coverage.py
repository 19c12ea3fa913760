"""What the graph does not know of the law of the places of a flow, and the verdict where that is the law that decides."""

from __future__ import annotations

import pytest

from comity.check.checker import Checker
from comity.law.verdict import overall
from tests import tiny

Json = dict


def covering(*statements: Json, norms: tuple[Json, ...] = (), **more: object) -> Checker:
    """The checker of a world with places XX (and its part XX-1), YY (of BODY in 2025) and these statements."""
    coverage = {
        "subjects": ["ai", "transfer"],
        "decidingSubjects": ["transfer"],
        "decidingRoles": ["departure", "exporter"],
        "statements": list(statements),
    }
    return tiny.checker(list(norms) or [tiny.norm("N", "A", "Permission")], coverage=coverage, **more)


def states(checker: Checker, stated: object, day: str = tiny.DAY) -> dict[str, str]:
    """The states of the subjects that are not held in full, for a place of departure."""
    found = checker.check({"asOf": day, "from": stated})["coverage"]
    return found[0]["subjects"] if found else {}


def test_a_place_without_a_statement_is_not_held():
    assert states(covering(), "XX") == {"ai": "none", "transfer": "none"}


def test_a_place_that_is_held_in_full_is_not_listed():
    full = covering(tiny.held("XX", "whole"), tiny.held("XX", "whole", subject="ai"))
    assert full.check(tiny.flow(**{"from": "XX", "to": "XX"}))["coverage"] == []


def test_a_part_has_the_law_of_its_whole_and_the_whole_not_that_of_its_part():
    assert states(covering(tiny.held("XX", "whole")), "XX-1") == {"ai": "none"}
    assert states(covering(tiny.held("XX-1", "whole")), "XX") == {"ai": "none", "transfer": "none"}


@pytest.mark.parametrize(("own", "wider", "together"), [
    ("whole", "whole", None), ("whole", "part", "part"), ("none", "whole", "part"), ("none", "part", "part"), ("none", "none", "none"),
])  # fmt: skip
def test_what_is_said_of_a_place_and_of_its_whole_adds_up(own, wider, together):
    assert states(covering(tiny.held("XX-1", own), tiny.held("XX", wider)), "XX-1").get("transfer") == together


@pytest.mark.parametrize(("day", "state"), [("2024-12-31", "none"), ("2025-01-01", "part"), ("2025-12-31", "part"), ("2026-01-01", "none")])
def test_a_member_has_the_law_of_its_body_while_it_belongs_to_it(day, state):
    assert states(covering(tiny.held("BODY", "part")), "YY", day)["transfer"] == state


@pytest.mark.parametrize(("day", "state"), [("2025-05-31", "none"), ("2025-06-01", "part"), ("2025-06-30", "part"), ("2025-07-01", "none")])
def test_a_statement_speaks_of_the_days_that_it_names(day, state):
    assert states(covering(tiny.held("XX", "part", **{"from": "2025-06-01", "until": "2025-07-01"})), "XX", day)["transfer"] == state


def test_a_day_on_which_a_statement_begins_has_a_profile_of_its_own():
    checker = covering(tiny.held("XX", "part", **{"from": "2025-06-01"}))
    flow = {"from": "XX", "a": True, "number": 1}
    assert [checker.check({"asOf": day, **flow})["verdict"] for day in ("2025-05-31", "2025-06-01")] == ["not-covered", "permitted"]


def test_a_set_of_places_is_held_where_a_statement_speaks_of_all_of_it():
    checker = covering(tiny.held("BODY", "whole"), tiny.held("XX", "whole"))
    assert states(checker, "BODY") == states(checker, {"in": "BODY"}) == {"ai": "none"}
    assert states(checker, {"outside": "BODY"}) == {"ai": "none"}, "which is XX"
    assert states(checker, {"outside": "XX-1"}) == {"ai": "none", "transfer": "none"}, "no one statement speaks of all of these places"


def test_each_place_is_told_once_with_its_roles():
    party = {"kind": "organisation", "establishedIn": ["XX", "YY"]}
    answer = covering().check(tiny.flow(**{"from": "XX", "to": "YY", "exporter": party, "importer": {"establishedIn": ["YY"]}}))
    assert [(told["place"], told["label"]["en"], told["roles"]) for told in answer["coverage"]] == [
        ("XX", "Xland", ["departure", "exporter"]),
        ("YY", "Yland", ["destination", "exporter", "importer"]),
    ]


NOT_HELD = [
    {"from": "YY"},
    {"exporter": {"establishedIn": ["XX", "YY"]}},
    {"exporter": {"establishedIn": ["YY"]}},
    {"from": {"outside": "XX"}},
]


@pytest.mark.parametrize("facts", NOT_HELD)
def test_nothing_held_of_the_law_of_departure_or_of_the_exporter_is_no_permission(facts):
    checker = covering(tiny.held("XX", "part"))
    for stated, instrument in ((True, [{"verdict": "permitted"}]), (False, [])):
        answer = checker.check(tiny.flow(a=stated, **facts))
        assert answer["verdict"] == "not-covered"
        assert [{"verdict": told["verdict"]} for told in answer["instruments"]] == instrument


@pytest.mark.parametrize("facts", [{"from": "XX", "to": "YY"}, {"from": "XX", "importer": {"establishedIn": ["YY"]}}, {}])
def test_law_of_a_destination_that_is_not_held_is_told_and_decides_nothing(facts):
    answer = covering(tiny.held("XX", "part")).check(tiny.flow(a=True, **facts))
    assert answer["verdict"] == "permitted"
    assert ("YY" in [told["place"] for told in answer["coverage"]]) == bool(facts)


def test_another_subject_that_is_not_held_decides_nothing():
    answer = covering(tiny.held("XX", "whole")).check(tiny.flow(**{"from": "XX"}))
    assert (answer["verdict"], answer["coverage"][0]["subjects"]) == ("not-regulated", {"ai": "none"})


@pytest.mark.parametrize(("place", "en", "zh"), [("YY", "Yland", "〔Yland〕"), ({"outside": "XX"}, "outside Xland", "〔Xland〕以外")])
def test_the_headline_names_the_place_and_nothing_is_said_to_be_lawful(place, en, zh):
    answer = covering(tiny.held("XX", "whole")).check(tiny.flow(**{"from": place, "to": "YY"}), detail="summary")
    assert answer["asDescribed"] == "undecided"
    assert answer["headline"] == {
        "en": f"The law on transfers that decides this flow is not held here: {en}.",
        "zh": f"本图未收录决定该流动的数据传输法律：{zh}。",
    }


@pytest.mark.parametrize("verdict", ["prohibited", "conflict", "needs-information", "contested", "conditional"])
def test_a_graver_verdict_stays(verdict):
    assert overall([verdict], conflicts=False, uncovered=True) == verdict


def test_a_route_is_not_covered_where_one_leg_is_not():
    legs = [{"from": "XX", "to": "YY", "a": True}, {"from": "YY", "to": "XX", "a": True}]
    answer = covering(tiny.held("XX", "part")).check(tiny.flow(legs=legs))
    assert [leg["verdict"] for leg in answer["legs"]] == ["permitted", "not-covered"]
    assert answer["verdict"] == "not-covered"


def flow(start: str, end: str) -> Json:
    """Analytics data of the people of one place go to a firm in another."""
    item = {"id": "d", "categories": ["ContactOrDemographic"], "persons": 10, "subjectsIn": [start], "collectedIn": [start],
            "identifiability": "direct", "officialStatus": []}  # fmt: skip
    parties = [{"id": place, "kind": "organisation", "establishedIn": [place], "designations": []} for place in (start, end)]
    return {"asOf": "2026-11-01", "act": "disclosure", "from": start, "to": end, "exporter": parties[0], "importer": parties[1],
            "purposes": ["analytics"], "dataItems": [item]}  # fmt: skip


@pytest.mark.parametrize(("start", "end"), [("KR", "US"), ("VN", "SG"), ("EG", "GH"), ("TH", "US-CO"), ("GB", "US")])
def test_a_departure_whose_law_is_not_in_the_graph_is_not_covered(checker, start, end):
    assert checker.check(flow(start, end))["verdict"] == "not-covered"


@pytest.mark.parametrize(("start", "end"), [("CN", "SG"), ("DE", "US"), ("US-WA", "DE"), ("NO", "US"), ("CN-TJ-FTZ", "SG")])
def test_a_departure_of_whose_law_some_is_held_is_not_not_covered(checker, start, end):
    answer = checker.check(flow(start, end))
    assert answer["verdict"] != "not-covered"
    told = {place["place"]: place["subjects"] for place in answer["coverage"]}
    assert told[start].get("transfer") != "none"
    if end == "SG":
        assert set(told[end].values()) == {"none"}


def test_each_leg_of_a_route_is_looked_up(checker):
    legs = [{key: value for key, value in leg.items() if key != "asOf"} for leg in (flow("NL", "IL"), flow("IL", "TH"))]
    answer = checker.check({"asOf": "2026-11-01", "legs": legs})
    assert answer["legs"][1]["verdict"] == "not-covered"
