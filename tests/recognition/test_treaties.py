"""Between whom a treaty is in force on a day, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.recognition.world import DAY, Json, commitment, owed, reach, row, treaty, world

CLUB = [["CLUB", "XX", "2022-01-01", None], ["CLUB", "WW", "2024-01-01", None]]
UNION = [["UNION", "YY", "2020-01-01", None], ["UNION", "ZZ", "2020-01-01", "2025-01-01"]]


def between(one: str, other: str, day: date = DAY, members: list[Any] = CLUB, pairs: tuple[Any, ...] = (), **more: Any) -> Json | None:
    """Return how the treaty of the members of the club, or of the parties told, stands between two sides."""
    pact = treaty(**(more if "parties" in more else {"partiesOf": "CLUB", **more}))
    service = world(row("U", "UNION", "WW"), memberships=[*UNION, *members], treaties={"pact": pact}, pairs=list(pairs))
    found = service.pair(one, other, day)["treaties"]
    assert [each["since"] for each in found] == [each["since"] for each in service.pair(other, one, day)["treaties"]]
    return found[0] if found else None


def since(*asked: Any, **more: Any) -> tuple[bool, str | None] | None:
    found = between(*asked, **more)
    return found and (found["inForce"], found["since"])


def test_a_treaty_is_in_force_since_the_later_of_two_joined():
    assert since("XX", "WW") == (True, "2024-01-01")
    assert since("XX", "WW", date(2023, 12, 31)) is None
    assert since("XX", "YY") is None


def test_a_treaty_is_not_in_force_before_its_own_first_day():
    assert since("XX", "WW", **{"from": "2025-01-01"}) == (True, "2025-01-01")
    assert since("XX", "WW", **{"from": "2025-06-03"}) is None
    assert since("XX", "WW", **{"from": None}) == (True, "2024-01-01")


def test_one_that_is_signed_and_not_yet_in_force_says_so():
    found = between("XX", "WW", signed="2025-01-01", **{"from": "2025-06-03"})
    assert found and (found["inForce"], found["since"], found["signedOn"]) == (False, None, "2025-01-01")
    assert between("XX", "WW", signed="2025-06-03", **{"from": "2025-07-01"}) is None


@pytest.mark.parametrize(
    ("pair", "found"),
    [
        (["CLUB", "XX", "WW", "2025-06-02"], (True, "2025-06-02")),
        (["CLUB", "WW", "XX", "2025-06-02"], (True, "2025-06-02")),
        (["CLUB", "WW", "XX", "2025-06-03"], (False, None)),
        (["CLUB", "XX", "WW", None], (False, None)),
        (["CLUB", "XX", "YY", None], (True, "2024-01-01")),
        (["SEAL", "XX", "WW", None], (True, "2024-01-01")),
    ],
)
def test_between_some_parties_a_treaty_takes_effect_on_a_day_of_its_own_or_not_yet(pair, found):
    assert since("XX", "WW", pairs=(pair,)) == found


def test_who_left_is_no_party_any_more():
    members = [["CLUB", "XX", "2022-01-01", "2025-06-02"], ["CLUB", "WW", "2024-01-01", None]]
    assert since("XX", "WW", date(2025, 6, 1), members) == (True, "2024-01-01")
    assert since("XX", "WW", DAY, members) is None


def test_a_part_is_bound_with_its_whole_and_two_of_one_party_owe_each_other_nothing():
    assert since("XX-1", "WW") == (True, "2024-01-01")
    assert since("XX-1", "XX-2") is None
    assert since("XX-1", "XX") is None


def test_a_part_that_is_a_member_of_its_own_is_a_party_of_its_own():
    members = [*CLUB, ["CLUB", "XX-1", "2025-01-01", None]]
    assert since("XX-1", "XX", members=members) == (True, "2025-01-01")
    assert since("XX-1", "WW", members=members) == (True, "2025-01-01")
    assert since("XX-2", "WW", members=members) == (True, "2024-01-01")
    assert since("XX-1", "WW", date(2024, 6, 1), members) is None, "its own row is later than that of its whole"


def test_a_body_that_is_a_member_is_a_party_with_those_who_belong_to_it_on_the_day():
    members = [["CLUB", "XX", "2022-01-01", None], ["CLUB", "UNION", "2023-01-01", None]]
    assert since("XX", "UNION", members=members) == since("XX", "YY", members=members) == (True, "2023-01-01")
    assert since("YY", "UNION", members=members) is None
    assert since("XX", "ZZ", members=members) is None, "it left the body"
    assert since("XX", "ZZ", date(2024, 6, 1), members) == (True, "2023-01-01")


def test_a_contracting_body_binds_its_members_towards_others_and_not_among_themselves():
    parties = ["UNION", "XX"]
    assert since("XX", "UNION", parties=parties) == since("XX-1", "YY", parties=parties) == (True, "2022-01-01")
    assert since("YY", "UNION", parties=parties) is None
    assert since("YY", "ZZ", date(2024, 6, 1), parties=parties) is None
    assert since("XX", "ZZ", parties=parties) is None, "it left the body"
    assert since("XX", "WW", parties=parties) is None


def test_a_treaty_of_two_of_whose_first_day_nothing_is_known_is_in_force_without_a_day():
    assert since("XX", "WW", parties=["XX", "WW"], **{"from": None}) == (True, None)


def test_a_draft_is_told_once_it_is_signed_or_agreed_on_and_binds_nobody():
    draft = {"draft": True, "from": None}
    assert since("XX", "WW", **draft) is None
    assert since("XX", "WW", signed="2025-06-03", **draft) is None
    found = between("XX", "WW", concluded="2025-01-01", **draft)
    assert found and (found["inForce"], found["negotiationsConcludedOn"], found["signedOn"]) == (False, "2025-01-01", None)
    assert "owedBy" not in found
    assert since("XX", "YY", signed="2025-01-01", **draft) is None
    assert since("XX", "WW", signed="2025-01-01", until="2025-06-02", **draft) is None, "it was given up"


def test_a_treaty_that_has_ended_is_not_told():
    assert since("XX", "WW", until="2025-06-03") == (True, "2024-01-01")
    assert since("XX", "WW", until="2025-06-02") is None
    assert since("XX", "WW", signed="2020-01-01", until="2025-06-02") is None


def test_those_in_force_come_before_those_that_are_not():
    treaties = {
        "a": treaty(parties=["XX", "WW"], draft=True, signed="2020-01-01"),
        "b": treaty(parties=["XX", "WW"], **{"from": "2023-01-01"}),
        "c": treaty(parties=["XX", "WW"]),
    }
    assert [each["id"] for each in world(row("A", "XX", "YY"), treaties=treaties).pair("XX", "WW", DAY)["treaties"]] == ["c", "b", "a"]


def test_a_one_sided_commitment_is_owed_by_the_party_that_it_binds():
    promise = {"P": commitment(reach("localStorage"), binds=["UNION"])}
    assert [each["commitment"] for each in owed("YY", "WW", commitments=promise)] == ["P"]
    assert owed("WW", "YY", commitments=promise) == owed("XX", "WW", commitments=promise) == []
    treaties = {"pact": treaty(parties=["UNION", "WW"])}
    found = world(row("U", "UNION", "WW"), treaties=treaties, commitments=promise).pair("YY", "WW", DAY)["treaties"]
    assert found[0]["owedBy"] == {"YY": ["P"], "WW": []}


def test_a_commitment_with_days_of_its_own_is_owed_on_these():
    promise = {"P": commitment(**{"from": "2025-06-02"}, until="2025-07-01")}
    days = [DAY.replace(day=1), DAY, DAY.replace(month=7, day=1)]
    assert [len(owed(day=day, commitments=promise)) for day in days] == [0, 1, 0]
    assert owed(commitments={"P": commitment(treaty="other")}) == []


def test_one_to_which_a_side_has_only_applied_is_told_with_the_standing_of_each():
    standings = [{"body": "CLUB", "place": "WW", "status": "applicant", "from": "2024-05", "until": None}]
    told = {"treaties": {"pact": treaty(partiesOf="CLUB", threshold=38)}, "standings": standings}
    service = world(memberships=[["CLUB", "XX", "2020-01-01", None]], **told)
    (found,) = service.pair("XX", "WW", DAY)["treaties"]
    assert (found["inForce"], found["since"], found["partiesNeeded"]) == (False, None, 38)
    assert {code: (each["code"], each["since"]) for code, each in found["standings"].items()} == {
        "XX": ("party", "2020-01-01"),
        "WW": ("applicant", "2024-05"),
    }
    assert service.pair("XX", "WW", date(2024, 4, 30))["treaties"] == []
    assert service.pair("XX", "YY", DAY)["treaties"] == []
