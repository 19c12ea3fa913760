"""What a commitment between states means for a restriction: each outcome, exceptions, respites, ways of dispute."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from comity.recognition.commitments import OUTCOMES
from tests.recognition.world import DAY, Json, commitment, exception, owed, power, reach, respite, row, told, treaty, world
from tests.tiny import norm

REACHES = commitment(reach("localStorage"))


def one(promise: Json = REACHES, measure: Any = None, **more: Any) -> Json:
    """Return what the only commitment of the world means."""
    day = more.pop("day", DAY)
    by, towards = more.pop("sides", ("XX", "WW"))
    (found,) = owed(by, towards, day, measure, commitments={"P": promise}, **more)
    return found


OUTCOME_OF = {
    "political": lambda: one(commitment(reach("localStorage"), strength="political")),
    "out-of-scope": lambda: one(measure=told(sort="taxation"), exceptions={"E": exception("P", excludesMeasures=["taxation"])}),
    "not-protected": lambda: one(commitment(reach("localStorage"), protects=["investor"]), told(actor="serviceSupplier")),
    "not-reached": lambda: one(measure=told(restriction="transferBan")),
    "suspended": lambda: one(exceptions={"E": exception("P", grounds=["transition"], respites=[respite("XX")])}),
    "weak": lambda: one(commitment(reach("localStorage"), strength="endeavour")),
    "arguable": lambda: one(commitment(reach("localStorage", arguable=True))),
    "owed": lambda: one(commitment()),
    "questionable": one,
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_can_be_reached_and_is_told_in_both_languages(outcome):
    found = OUTCOME_OF[outcome]()
    assert (found["outcome"], found["outcomeLabel"]) == (outcome, OUTCOMES[outcome])
    assert set(found["outcomeLabel"]) == {"en", "zh"}


def test_a_text_that_binds_nobody_is_political_whatever_its_commitments_say():
    assert one(treaties={"pact": treaty(parties=["XX", "WW"], binding=False)})["outcome"] == "political"


def test_what_binds_nobody_is_political_even_while_it_is_suspended():
    waits = {"E": exception("P", grounds=["transition"], respites=[respite("XX")])}
    assert one(commitment(reach("localStorage"), strength="political"), exceptions=waits)["outcome"] == "political"


def test_a_commitment_that_is_not_about_restrictions_is_owed_and_reaches_none():
    assert one(commitment())["outcome"] == "owed"
    assert one(commitment(), told(restriction="localStorage"))["outcome"] == "not-reached"


def test_a_restriction_that_is_reached_surely_in_one_way_is_not_merely_arguable():
    both = commitment(reach("localStorage", number="2"), reach("transferBan", arguable=True))
    assert one(both)["outcome"] == "questionable"
    assert one(both, told(restriction="transferBan"))["outcome"] == "arguable"
    assert [(each["code"], each["arguable"], each.get("item")) for each in one(both)["reaches"]] == [
        ("localStorage", False, "2"),
        ("transferBan", True, None),
    ]


def test_who_is_protected():
    some = commitment(reach("localStorage"), protects=["investor"])
    assert "coveredPerson" not in one(some)
    assert one(some, told(actor="investor"))["coveredPerson"] is True
    assert one(some, told(actor="serviceSupplier"))["coveredPerson"] is False
    assert one(measure=told(actor="investor"))["coveredPerson"] is True
    assert one(commitment(protects=["anyPerson"]), told(actor="investor"))["coveredPerson"] is True


def test_a_person_whom_an_exception_leaves_out_is_not_protected():
    leaves_out = {"E": exception("P", excludesActors=["investor"], grounds=["scope"])}
    found = one(measure=told(actor="investor"), exceptions=leaves_out)
    assert (found["outcome"], found["coveredPerson"], found["excludedBy"]) == ("not-protected", False, ["E"])
    other = one(measure=told(actor="serviceSupplier"), exceptions=leaves_out)
    assert (other["outcome"], "excludedBy" in other) == ("questionable", False)
    assert [each["exception"] for each in other["outOfScope"]] == ["E"] and other["exceptions"] == []


def test_an_exception_excuses_without_ending_the_question():
    excuse = exception("P", grounds=["security", "publicPolicy"], judgedBy="party", tests=["necessary"], disputable=False)
    found = one(exceptions={"E": excuse})
    (shown,) = found["exceptions"]
    assert found["outcome"] == "questionable"
    assert ([each["code"] for each in shown["grounds"]], shown["judgedBy"]["code"]) == (["security", "publicPolicy"], "party")
    assert ([each["code"] for each in shown["test"]], shown["disputable"], "available" in shown) == (["necessary"], False, False)


@pytest.mark.parametrize(("ground", "available"), [("security", True), ("publicPolicy", False)])
def test_an_exception_is_available_on_its_grounds_alone(ground, available):
    (shown,) = one(measure=told(ground=ground), exceptions={"E": exception("P", grounds=["security"])})["exceptions"]
    assert shown["available"] is available and shown["judgedBy"] is None


def test_an_exception_to_another_commitment_or_of_another_time_excuses_nothing():
    others = {
        "OTHER": exception("Q"),
        "OVER": exception("P", until="2025-06-02"),
        "LATER": exception("P", **{"from": "2025-06-03"}),
    }
    assert one(exceptions=others)["exceptions"] == []


def test_an_exception_of_one_party_excuses_that_party_and_those_in_it():
    for_union = {"E": exception("P", grounds=["security"], respites=[respite("UNION")])}
    excused = {by: bool(one(sides=(by, "WW"), exceptions=for_union)["exceptions"]) for by in ("UNION", "YY", "XX")}
    assert excused == {"UNION": True, "YY": True, "XX": False}


def test_a_respite_suspends_until_its_day_for_its_party_against_those_whom_it_names():
    waits = {
        "E": exception("P", grounds=["transition"], until="2025-07-01", respites=[respite("XX", against=["UNION"])]),
    }
    found = one(sides=("XX", "YY"), exceptions=waits)
    assert (found["outcome"], found["suspended"]["until"], found["suspended"]["by"]) == ("suspended", "2025-07-01", "E")
    assert one(sides=("XX", "YY"), day=date(2025, 7, 1), exceptions=waits)["outcome"] == "questionable"
    assert one(sides=("XX", "WW"), exceptions=waits)["outcome"] == "questionable"
    assert one(sides=("YY", "XX"), exceptions=waits)["outcome"] == "questionable"


def test_a_respite_that_can_be_extended_says_until_when():
    waits = {"E": exception("P", grounds=["transition"], respites=[respite("XX", extendableUntil="2028-01-01")])}
    assert one(exceptions=waits)["suspended"]["extendableUntil"] == "2028-01-01"
    plain = {"E": exception("P", grounds=["transition"], respites=[respite("XX")])}
    assert "extendableUntil" not in one(exceptions=plain)["suspended"]


OLD_ONLY = {"E": exception("P", grounds=["transition"], respites=[respite("XX", measureBy="2024-01-31")])}


@pytest.mark.parametrize(
    ("adopted", "outcome"),
    [(date(2024, 1, 31), "suspended"), (date(2024, 2, 1), "questionable"), (None, "questionable")],
)
def test_a_respite_for_measures_in_effect_by_a_day_waits_to_be_told_since_when_the_measure_is(adopted, outcome):
    found = one(measure=told(adopted=adopted), exceptions=OLD_ONLY)
    assert found["outcome"] == outcome
    assert found.get("suspended", {}).get("onlyMeasuresInEffectBy") == (None if adopted == date(2024, 2, 1) else "2024-01-31")


def test_a_respite_for_every_measure_goes_before_one_for_old_measures():
    both = OLD_ONLY | {"F": exception("P", grounds=["transition"], respites=[respite("XX")])}
    found = one(exceptions=both)
    assert (found["outcome"], found["suspended"]["by"]) == ("suspended", "F")


def test_ways_of_dispute_are_open_under_the_powers_of_the_day():
    powers = {
        "D": power("P", noticeMonths=6),
        "OVER": power("P", until="2025-01-01"),
        "Q": power("Q"),
        "C": power("P", opens=("consultations",)),
    }
    dispute = one(enforcement=powers)["dispute"]
    assert [(each["code"], each["under"]) for each in dispute["open"]] == [("consultations", ["D", "C"]), ("panel", ["D"])]
    assert (dispute["closed"], dispute["unsettled"], dispute["noticeMonths"], dispute["whoMayInvoke"]) == ([], [], 6, "party")


def test_a_commitment_without_a_power_has_no_way_of_dispute():
    assert one()["dispute"] == {"whoMayInvoke": "party", "open": [], "closed": [], "unsettled": []}


def test_a_way_that_is_closed_or_unsettled_is_not_open_and_excuses_nothing():
    shut = {"E": exception("P", closes=["panel"], until="2026-01-01")}
    found = one(enforcement={"D": power("P")}, exceptions=shut)
    assert [each["code"] for each in found["dispute"]["open"]] == ["consultations"]
    assert [(each["code"], each["by"], each["until"]) for each in found["dispute"]["closed"]] == [("panel", "E", "2026-01-01")]
    assert (found["exceptions"], found["outcome"]) == ([], "questionable")
    doubt = {"E": exception("P", unsettles=["panel"], grounds=["transition"])}
    found = one(enforcement={"D": power("P")}, exceptions=doubt)
    assert ([each["code"] for each in found["dispute"]["unsettled"]], found["outcome"]) == (["panel"], "questionable")
    assert [each["code"] for each in found["dispute"]["open"]] == ["consultations"]


@pytest.mark.parametrize(
    ("adopted", "open_ways", "closed"),
    [
        (None, ["consultations", "panel"], ["2024-01-31"]),
        (date(2024, 1, 1), ["consultations"], ["2024-01-31"]),
        (date(2025, 1, 1), ["consultations", "panel"], []),
    ],
)
def test_a_way_closed_for_old_measures_stays_open_until_the_measure_is_told_to_be_old(adopted, open_ways, closed):
    shut = {"E": exception("P", closes=["panel"], grounds=["transition"], respites=[respite("XX", measureBy="2024-01-31")])}
    dispute = one(measure=told(adopted=adopted), enforcement={"D": power("P")}, exceptions=shut)["dispute"]
    assert [each["code"] for each in dispute["open"]] == open_ways
    assert [each["onlyMeasuresInEffectBy"] for each in dispute["closed"]] == closed


def test_a_respite_for_measures_under_one_law_waits_to_be_told_under_which_law_the_measure_is():
    shut = {"E": exception("P", closes=["panel"], grounds=["transition"], respites=[respite("XX", under=["the Act"])])}
    open_ways = [
        [way["code"] for way in one(measure=measure, exceptions=shut, enforcement={"D": power("P")})["dispute"]["open"]]
        for measure in (told(), told(under="the Act"), told(under="another act"))
    ]
    assert open_ways == [["consultations", "panel"], ["consultations"], ["consultations", "panel"]]
    assert one(exceptions=shut, enforcement={"D": power("P")})["dispute"]["closed"][0]["onlyMeasuresUnder"] == ["the Act"]


def test_restrictions_of_the_side_that_owes_are_shown_under_what_reaches_them():
    norms = (
        norm("KEEP", "A", "Obligation", instrument="xx/act"),
        norm("BAN", "A", "Prohibition", instrument="xx/act"),
        norm("GONE", "A", "Prohibition", instrument="xx/act", until="2025-01-01"),
        norm("THEIRS", "A", "Prohibition", instrument="ww/act"),
        norm("PLAIN", "A", "Prohibition", instrument="xx/act"),
    )
    kinds = {"KEEP": ["localStorage"], "BAN": ["transferBan"], "GONE": ["transferBan"], "THEIRS": ["transferBan"]}
    found = one(commitment(reach("transferBan", arguable=True), reach("localStorage")), norms=norms, restricts=kinds)
    assert [(each["norm"], each["as"], each["arguable"]) for each in found["restrictions"]] == [
        ("KEEP", ["localStorage"], False),
        ("BAN", ["transferBan"], True),
    ]
    assert one(norms=norms, restricts=kinds, sides=("WW", "XX"))["restrictions"] == []


def test_a_treaty_that_is_only_signed_is_owed_by_nobody():
    treaties = {"pact": treaty(parties=["XX", "WW"], draft=True, signed="2024-01-01")}
    assert owed(treaties=treaties, commitments={"P": REACHES}) == []


def test_the_answer_says_that_no_company_can_plead_it():
    found = world(row("A", "XX", "YY")).owed("XX", "WW", DAY)
    assert found["commitments"] == [] and "No company can plead" in found["note"]["en"] and "企业不得援引" in found["note"]["zh"]
    assert (found["by"]["code"], found["towards"]["code"], found["lawHeld"], found["on"]) == ("XX", "WW", "whole", "2025-06-02")
