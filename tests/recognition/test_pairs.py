"""Two places on a day: the state of each direction, whether it is mutual, in what the directions differ, what both share."""

from __future__ import annotations

import pytest

from tests.recognition.world import DAY, Json, row, states, world
from tests.tiny import held, norm


def ids(rows: list[Json]) -> list[str]:
    return [each["id"] for each in rows]


def test_two_that_recognise_each_other_are_mutual():
    found = world(row("A", "XX", "YY"), row("B", "YY", "XX", "equivalence")).pair("XX", "YY", DAY)
    assert states(found) == ("recognised", "recognised", "mutual")
    assert (ids(found["forward"]["recognitions"]), ids(found["backward"]["recognitions"])) == (["A"], ["B"])
    assert "groundsLeft" not in found["forward"]


def test_one_that_recognises_and_gets_nothing_back_is_told_as_one_way():
    assert states(world(row("A", "XX", "YY")).pair("XX", "YY", DAY)) == ("recognised", "not-recognised", "one-way")


def test_where_the_law_of_a_side_is_not_held_a_missing_row_is_no_no():
    service = world(row("A", "XX", "WW"))
    assert states(service.pair("XX", "WW", DAY)) == ("recognised", "not-held", "unknown")
    assert states(service.pair("YY", "WW", DAY)) == ("not-recognised", "not-held", "unknown")
    assert states(service.pair("XX", "YY", DAY)) == ("not-recognised", "not-recognised", "none")


@pytest.mark.parametrize("state", ["part", "none"])
def test_law_that_is_held_in_part_is_not_held(state):
    found = world(row("A", "XX", "WW"), statements=(held("YY", state),)).pair("YY", "WW", DAY)
    assert (found["forward"]["state"], found["forward"]["lawHeld"]) == ("not-held", state)


def test_a_certificate_or_an_agreed_contract_is_a_mechanism_and_no_recognition_of_the_place():
    certificate = row("C", "XX", "SEAL", "certificationRecognition", everywhere=True)
    contract = row("K", "XX", "YY", "contractArrangement")
    takes_part = world(certificate, memberships=[["SEAL", "YY", "2020-01-01", None]])
    assert states(takes_part.pair("XX", "YY", DAY)) == ("with-mechanism", "not-recognised", "none")
    assert states(takes_part.pair("XX", "WW", DAY))[0] == "not-recognised", "nobody there can hold the certificate"
    assert states(world(contract).pair("XX", "YY", DAY)) == ("with-mechanism", "not-recognised", "none")
    assert states(world(contract).pair("XX", "WW", DAY))[0] == "not-recognised"


def test_whether_a_certificate_can_be_held_is_open_where_nobody_is_known_to_take_part():
    unknown = world(row("C", "XX", "SEAL", "certificationRecognition", everywhere=True)).pair("XX", "YY", DAY)["forward"]
    assert (unknown["state"], unknown["certificates"][0]["recipientsPlaceTakesPart"]) == ("not-recognised", None)
    seal_of_a_union = row("C", "XX", "UNION", "certificationRecognition", everywhere=True), row("U", "UNION", "ZZ")
    known = world(*seal_of_a_union).pair("XX", "WW", DAY)["forward"]
    assert (known["state"], known["certificates"][0]["recipientsPlaceTakesPart"]) == ("with-mechanism", True)


@pytest.mark.parametrize("kind", ["adequacy", "certificationRecognition", "contractArrangement"])
def test_what_opens_no_transfer_is_shown_and_improves_no_state(kind):
    of = "SEAL" if kind == "certificationRecognition" else "YY"
    found = world(row("A", "XX", of, kind, opens=False)).pair("XX", "YY", DAY)
    assert found["forward"]["state"] == "not-recognised"
    assert ids(found["forward"]["recognitions"] + found["forward"]["certificates"]) == ["A"]


def test_a_recognition_that_follows_the_recipient_everywhere_opens_no_place():
    found = world(row("A", "XX", "YY", everywhere=True)).pair("XX", "YY", DAY)
    assert found["forward"]["state"] == "with-mechanism"


def test_a_commitment_in_a_treaty_is_no_recognition():
    found = world(row("T", "XX", "YY", "treatyCommitment", opens=True)).pair("XX", "YY", DAY)
    assert (found["forward"]["state"], found["forward"]["recognitions"]) == ("not-recognised", [])


def test_the_place_of_the_recipient_may_take_no_part_in_the_scheme_of_the_certificate():
    service = world(row("C", "XX", "SEAL", "certificationRecognition"), memberships=[["SEAL", "YY", "2020-01-01", None]])
    taking = {to: service.pair("XX", to, DAY)["forward"]["certificates"][0]["recipientsPlaceTakesPart"] for to in ("YY", "WW")}
    assert taking == {"YY": True, "WW": False}


def test_a_member_recognises_and_is_recognised_through_its_body():
    service = world(row("A", "UNION", "XX"), row("B", "XX", "UNION"))
    for member in ("YY", "ZZ", "UNION"):
        assert states(service.pair(member, "XX", DAY)) == ("recognised", "recognised", "mutual"), member
    assert states(service.pair("WW", "XX", DAY))[:2] == ("not-held", "not-recognised")


def test_a_place_that_is_no_member_any_more_is_not_recognised_through_the_body():
    members = [["UNION", "YY", "2020-01-01", None], ["UNION", "ZZ", "2020-01-01", "2025-06-02"]]
    service = world(row("A", "UNION", "XX"), row("B", "XX", "UNION"), memberships=members)
    assert [service.pair("XX", "ZZ", day)["forward"]["state"] for day in (DAY.replace(day=1), DAY)] == ["recognised", "not-recognised"]
    assert [service.pair("ZZ", "XX", day)["forward"]["state"] for day in (DAY.replace(day=1), DAY)] == ["recognised", "not-held"]


def test_a_part_is_recognised_with_its_whole():
    assert states(world(row("A", "YY", "XX")).pair("YY", "XX-1", DAY))[0] == "recognised"


def test_a_whole_of_which_one_part_is_recognised_is_recognised_in_part():
    found = world(row("A", "YY", "XX-1")).pair("YY", "XX", DAY)["forward"]
    assert (found["state"], found["recognitions"]) == ("partly", [])
    assert [(each["id"], each["places"]) for each in found["ofParts"]] == [("A", ["XX-1"])]
    assert "groundsLeft" in found


def test_a_body_of_which_every_member_is_recognised_is_recognised():
    one, other = row("A", "XX", "YY"), row("B", "XX", "ZZ")
    whole = row("U", "UNION", "WW")
    assert world(one, whole).pair("XX", "UNION", DAY)["forward"]["state"] == "partly"
    found = world(one, other, whole).pair("XX", "UNION", DAY)["forward"]
    assert (found["state"], ids(found["ofParts"])) == ("recognised", ["A", "B"])


def test_rows_that_together_reach_a_body_count_only_where_each_opens_transfers():
    rows = (row("A", "XX", "YY"), row("B", "XX", "ZZ", opens=False), row("U", "UNION", "WW"))
    assert world(*rows).pair("XX", "UNION", DAY)["forward"]["state"] == "partly"


def test_a_part_with_rows_of_its_own_recognises_by_these_alone():
    service = world(row("A", "XX", "YY"), row("B", "XX-1", "WW"))
    assert service.pair("XX-2", "YY", DAY)["forward"]["state"] == "recognised"
    assert service.pair("XX-1", "YY", DAY)["forward"]["state"] == "not-recognised"
    assert service.pair("XX-1", "WW", DAY)["forward"]["state"] == "recognised"
    assert service.pair("XX", "WW", DAY)["forward"]["state"] == "not-recognised"


def test_one_that_follows_another_recognises_whom_that_one_recognises_on_the_day():
    follows = row("F", "WW", None, "whiteList", through="UNION")
    service = world(follows, row("A", "UNION", "XX", until="2025-06-02"), row("B", "UNION", "YY", "contractArrangement"))
    assert service.pair("WW", "XX", DAY.replace(day=1))["forward"]["recognitions"][0]["recognisedThrough"] == "UNION"
    assert service.pair("WW", "XX", DAY)["forward"]["state"] == "not-held"
    assert service.pair("WW", "YY", DAY)["forward"]["state"] == "not-held", "a contract is no recognition to follow"


def test_who_follows_is_not_followed_in_turn():
    rows = (row("F", "WW", None, through="UNION"), row("G", "XX", None, through="WW"), row("A", "UNION", "YY"))
    assert world(*rows).pair("WW", "YY", DAY)["forward"]["state"] == "recognised"
    assert world(*rows).pair("XX", "YY", DAY)["forward"]["state"] == "not-recognised"


def test_directions_that_differ_say_in_what():
    here = row("A", "XX", "YY", scope={"en": "trade"}, until="2030-01-01")
    there = row("B", "YY", "XX", "equivalence", scope={"en": "all"}, tested=True, **{"from": "2023-01-01"})
    found = world(here, there).pair("XX", "YY", DAY)["differences"]
    assert [(each["aspect"], each["forward"], each["backward"]) for each in found] == [
        ("kind", ["adequacy"], ["equivalence"]),
        ("scope", [{"en": "trade"}], [{"en": "all"}]),
        ("since", ["2022-01-01"], ["2023-01-01"]),
        ("until", ["2030-01-01"], [None]),
        ("scopeTested", [False], [True]),
    ]
    assert world(row("A", "XX", "YY"), row("B", "YY", "XX")).pair("XX", "YY", DAY)["differences"] == []
    assert world(row("A", "XX", "YY")).pair("XX", "YY", DAY)["differences"] == []


def test_certificates_that_both_accept_and_schemes_in_which_both_take_part_are_told_apart():
    rows = (row("C", "XX", "SEAL", "certificationRecognition"), row("D", "YY", "SEAL", "certificationRecognition"))
    more = (row("E", "XX", "MARK", "certificationRecognition"),)
    members = [["MARK", "XX", "2020-01-01", None], ["MARK", "YY", "2020-01-01", None], ["SEAL", "XX", "2020-01-01", None]]
    found = world(*rows, *more, memberships=members).pair("XX", "YY", DAY)
    assert [each["code"] for each in found["certificatesOfBoth"]] == ["SEAL"]
    assert [each["code"] for each in found["schemesOfBoth"]] == ["MARK"]


def test_where_there_is_no_recognition_the_grounds_left_are_those_of_the_law_of_the_side_on_the_day():
    norms = (
        norm("OPEN", "A", "Permission", resort="last"),
        norm("OVER", "A", "Permission", until="2025-06-02"),
        norm("DUTY", "A"),
        norm("FOREIGN", "A", "Permission", instrument="yy/act"),
    )
    grounds = world(norms=norms).pair("XX-1", "YY", DAY)["forward"]["groundsLeft"]
    assert [(each["norm"], each["resort"]) for each in grounds] == [("OPEN", "last")]


@pytest.mark.parametrize(("begins", "until"), [("2025-06", None), ("2022-01-01", "2025-06"), ("2025", None)])
def test_a_row_whose_date_is_known_to_the_month_or_year_counts_while_it_may_and_says_so(begins, until):
    (found,) = world(row("A", "XX", "YY", **{"from": begins}, until=until)).pair("XX", "YY", DAY)["forward"]["recognitions"]
    assert (found["since"], found["until"], found["datesUncertain"]) == (begins, until, True)


def test_a_row_begins_on_its_first_day_and_has_ended_on_its_last():
    service = world(row("A", "XX", "YY", **{"from": "2025-06-02"}, until="2025-07-02"), row("OLD", "WW", "YY"))
    days = [DAY.replace(day=1), DAY, DAY.replace(month=7, day=1), DAY.replace(month=7)]
    assert [service.pair("XX", "YY", day)["forward"]["state"] == "recognised" for day in days] == [False, True, True, False]
    assert "datesUncertain" not in service.pair("XX", "YY", DAY)["forward"]["recognitions"][0]


def test_what_has_ended_or_is_only_signed_is_told_apart_from_what_is_in_force():
    rows = (
        row("ENDED", "XX", "YY", until="2025-01-01"),
        row("SIGNED", "XX", "YY", inForce=False, signed="2025-02-01", **{"from": None}),
        row("LATER", "XX", "YY", inForce=False, signed="2025-08-01", **{"from": None}),
        row("TREATY", "XX", "YY", "treatyCommitment", until="2025-01-01"),
        row("OTHER", "XX", "WW", until="2025-01-01"),
    )
    found = world(*rows).pair("XX", "YY", DAY)["forward"]
    assert (found["state"], ids(found["notInForce"])) == ("not-recognised", ["ENDED", "SIGNED"])
    assert not any("datesUncertain" in each for each in found["notInForce"])


def test_each_row_shows_its_instrument_its_sources_and_how_far_it_was_verified():
    read = {"status": "encoded", "against": ["text, art. 1"], "copies": [], "secondary": [], "on": "2025-01-01"}
    named = [{"label": {"en": "Decision", "zh": "决定"}, "iri": None}]
    entry = row("A", "XX", "YY", verification=read, instruments=named, sources=["https://example.org"], citation="Decision, art. 1")
    (shown,) = world(entry).pair("XX", "YY", DAY)["forward"]["recognitions"]
    assert (shown["verification"], shown["instruments"], shown["citation"]) == (read, named, "Decision, art. 1")
    assert shown["kind"] == {"code": "adequacy", "label": {"en": "adequacy", "zh": "〔adequacy〕"}}
