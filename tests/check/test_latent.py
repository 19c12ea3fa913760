"""Latent conflicts: what would collide if a demand came for the data of a flow that answers none."""

from __future__ import annotations

import re
from typing import Any

import pytest

from comity.check.checker import Checker
from comity.flow.patch import patched
from comity.flow.problems import DescriptionError
from tests.shared import spread
from tests.tiny import FLOW, ITEM, PARTY, SCHEMA, flag, flow, key, norm, program, words

DEMAND = {
    "ofPlace": key("place", "of place"),
    "addressee": key("party", "addressee", node="Party", nullable=True),
    "inControlOf": key("parties", "in control of", node="Party"),
    "by": key("party", "by", node="Party", nullable=True),
    "demandKind": key("code", "kind", codes=["criminal", "civil"], vocabulary="kind"),
}
MORE = {
    "demand": key("node", "demand", node="Demand", nullable=True),
    "deeds": key("codes", "deeds", codes=["told", "none"], none_codes=["none"], controllable=True, compliance=True, vocabulary="deed"),
    "storedIn": key("places", "stored in"),
}
NODES = {
    **SCHEMA["nodes"],
    "DataFlow": {**FLOW, **MORE},
    "Demand": DEMAND,
    "DataItem": {**ITEM, "inControlOf": DEMAND["inControlOf"]},
    "Party": {**PARTY, "controlledBy": {**PARTY["controlledBy"], "acyclic": True}},
}
FROM_YY = ["some", "demand", ["place", "ofPlace", ["territory", "YY"]]]
FROM_BODY = ["some", "demand", ["place", "ofPlace", ["body", "BODY"]]]
ASKED = ["some", "demand", ["true"]]
CLASSES = {
    "Compelled": FROM_YY,
    "CompelledByBody": FROM_BODY,
    "Reached": ["and", FROM_YY, ["some", "demand", ["some", "inControlOf", ["place", "establishedIn", ["territory", "YY"]]]]],
    "Banned": ["and", flag("b"), ASKED],
    "Held": ["and", FROM_YY, ["some", "dataItems", ["some", "inControlOf", ["place", "establishedIn", ["territory", "YY"]]]]],
    "Passed": ["and", ASKED, ["place", "to", ["territory", "YY"]], ["some", "importer", ["place", "establishedIn", ["territory", "YY"]]]],
    "Told": ["and", ["has", "deeds", ["told"]], ASKED],
}
BAN = norm("ban", "Banned", "Prohibition")


def power(when: str = "Compelled") -> Any:
    return norm("power", when, "Power", instrument="yy/act")


def pair(*norms: str, **more: Any) -> Any:
    return {
        "iri": f"https://example.org/conflict/{'--'.join(norms)}",
        "norms": list(norms),
        "kind": "compelledVersusForbidden",
        "rule": "opposed",
        "duty": [*norms],
        "act": "Transfer",
        "reconciledBy": [],
        "formal": False,
        **more,
    }


def kit(order: str = "YY", place: str = "YY", **facts: Any) -> Any:
    return {"order": order, "demand": {"ofPlace": place, "demandKind": "criminal", **facts}, "powers": ["power"]}


def tiny(*norms: Any, pairs: Any = None, demands: Any = None, **more: Any) -> Checker:
    law = list(norms) or [power(), BAN]
    text = program(
        law,
        CLASSES,
        schema={**SCHEMA, "nodes": NODES, "labels": {**SCHEMA["labels"], "kind/criminal": words("criminal")}},
        conflicts=pairs or [pair("power", "ban")],
        demands=demands or [kit()],
        **more,
    )
    text["instruments"]["yy/act"]["jurisdiction"] = ["YY"]
    text["instruments"]["xx/act"]["jurisdiction"] = ["XX"]
    return Checker(text)


THERE = {"kind": "organisation", "establishedIn": ["YY"]}
HERE = {"kind": "organisation", "establishedIn": ["XX"]}
FACTS = {"from": "XX", "b": True, "exporter": HERE, "importer": THERE}


def latent(checker: Checker, detail: str = "findings", **facts: Any) -> list[Any]:
    return checker.check(flow(**{**FACTS, **facts}), detail, latent=True)["latent"]


def test_what_would_collide_if_a_demand_came_is_told_with_both_norms_in_both_languages():
    (found,) = latent(tiny())
    assert found == {
        "conflict": "https://example.org/conflict/power--ban",
        "kind": "compelledVersusForbidden",
        "act": "Transfer",
        "power": {"norm": "power", "status": "compelled"},
        "against": {"norm": "ban", "status": "prohibited"},
        "demand": {"ofPlace": "YY", "demandKind": "criminal", "addressee": "/importer"},
        "sentence": {
            "en": "If a demand (Yland: criminal) reached the recipient, art. power would compel the answer (power), "
            "and art. ban would forbid it (ban).",
            "zh": "如有要求（〔Yland〕：〔criminal〕）送达接收方，〔art. power〕将强制作出回应（〔power〕），"
            "而〔art. ban〕将予以禁止（〔ban〕）。",
        },
    }


def test_it_is_told_only_where_it_is_asked_for_and_changes_nothing_else():
    checker = tiny()
    plain, told = (checker.check(flow(**FACTS), "all", latent=asked) for asked in (False, True))
    assert told.pop("latent") and "latent" not in plain
    norms = told.pop("norms")
    assert plain.pop("norms").keys() <= norms.keys() and told == plain


def test_a_demand_that_is_described_leaves_nothing_latent_and_its_conflict_holds():
    answer = tiny().check(flow(**FACTS, demand={"ofPlace": "YY"}), "findings", latent=True)
    assert answer["latent"] == [] and [conflict["possible"] for conflict in answer["conflicts"]] == [False]
    assert latent(tiny(), demand=None)


def test_what_collides_already_or_may_is_not_told_again():
    checker = tiny(norm("power", "A", "Power", instrument="yy/act"), norm("ban", "B", "Prohibition"))
    assert latent(checker) == [] and len(latent(checker, a=True)) == 0
    assert checker.check(flow(**FACTS, a=True), "summary", latent=True)["conflicts"][0]["possible"] is False


def test_what_is_open_is_not_guessed():
    assert latent(tiny(), b=False) == []
    checker = tiny()
    silent = {name: value for name, value in FACTS.items() if name != "b"}
    assert checker.check(flow(**silent), "findings", latent=True)["latent"] == []


@pytest.mark.parametrize(
    ("facts", "addressee"),
    [
        ({"importer": HERE}, None),
        ({"importer": HERE, "to": "YY"}, "/importer"),
        ({"importer": HERE, "storedIn": ["YY"]}, "/importer"),
        ({"exporter": {**THERE, "id": "sender"}, "importer": HERE}, "/exporter"),
        ({"importer": {**HERE, "controlledBy": [{**HERE, "controlledBy": [THERE]}]}}, "/importer/controlledBy/0/controlledBy/0"),
        ({"importer": "firm", "parties": [{**HERE, "id": "firm", "controlledBy": ["parent"]}, {**THERE, "id": "parent"}]}, "/parties/1"),
        ({"importer": None, "exporter": None, "to": "YY"}, None),
    ],
    ids=["nobody is there", "destination", "storage", "exporter", "parents", "by name", "nobody"],
)
def test_a_demand_reaches_whoever_is_in_its_place_or_receives_the_data_there(facts, addressee):
    found = latent(tiny(), **facts)
    assert [entry["demand"]["addressee"] for entry in found] == ([addressee] if addressee else [])


def test_whoever_is_asked_has_the_data_in_its_control_unless_something_else_is_said_of_them():
    assert latent(tiny(power("Reached"), BAN))
    checker = tiny(power("Held"), BAN)
    assert latent(checker, dataItems=[{"persons": 3}])
    assert latent(checker, dataItems=[{"persons": 3, "inControlOf": [HERE]}]) == []


def test_whoever_stands_above_a_holder_gets_the_data_from_it():
    checker = tiny(power(), norm("ban", "Passed", "Prohibition"))
    below = {**HERE, "controlledBy": [THERE]}
    assert [entry["demand"]["addressee"] for entry in latent(checker, importer=below, to="XX")] == ["/importer/controlledBy/0"]
    assert latent(checker, importer=HERE, exporter=below)
    assert latent(checker, importer=HERE, to="XX") == []


def test_a_demand_under_the_law_of_a_body_comes_from_the_member_that_is_reached():
    more = {
        "places": {"XX": {"partOf": None}, "YY": {"partOf": None}, "ZZ": {"partOf": None}},
        "memberships": [["BODY", "YY", None, None], ["BODY", "ZZ", None, None]],
    }
    checker = tiny(power("CompelledByBody"), BAN, demands=[kit("BODY", "ZZ", by={"kind": "organisation", "establishedIn": ["ZZ"]})], **more)
    assert [entry["demand"]["ofPlace"] for entry in latent(checker)] == ["YY"]
    assert latent(checker, importer=HERE) == []


def test_a_conflict_in_form_only_is_never_latent():
    assert latent(tiny(pairs=[pair("power", "ban", formal=True)])) == []


def test_a_duty_that_a_good_deed_brings_about_makes_no_conflict_latent():
    checker = tiny(power(), norm("duty", "Told", "Prohibition"), pairs=[pair("power", "duty")])
    assert latent(checker, deeds=["told"]) == [] == latent(checker, deeds=["none"])


def test_a_summary_tells_three_and_counts_the_others():
    bans = [norm(f"ban-{number}", "Banned", "Prohibition") for number in range(5)]
    checker = tiny(power(), *bans, pairs=[pair("power", ban["id"]) for ban in bans])
    brief = checker.check(flow(**FACTS), "summary", latent=True)
    assert (len(brief["latent"]), brief["latentMore"], len(latent(checker))) == (3, 2, 5)
    assert {"power", "ban-0"} <= brief["norms"].keys()


def test_of_what_would_collide_bans_come_first():
    duty = norm("duty", "Banned", demand=["has", "signed", [True]])
    found = latent(tiny(power(), duty, BAN, pairs=[pair("power", "duty"), pair("power", "ban")]))
    assert [entry["against"]["norm"] for entry in found] == ["ban", "duty"]
    assert "would stand in its way" in found[1]["sentence"]["en"]


def test_what_is_disputed_is_told_as_disputed():
    sides = [
        norm(f"ban-{side}", when, "Prohibition", question="q", position=f"q/{side}") for side, when in (("wide", "Banned"), ("narrow", "D"))
    ]
    (found,) = latent(tiny(power(), *sides, pairs=[pair("power", "ban-wide")]), d=False)
    assert found["against"]["status"] == "contested" and "which is disputed" in found["sentence"]["en"]


def test_each_leg_of_a_route_is_asked_for_itself():
    leg = {name: value for name, value in FACTS.items() if name != "importer"}
    answer = tiny().check(flow(legs=[{**leg, "importer": HERE}, {**leg, "importer": THERE}]), "findings", latent=True)
    assert [len(each["latent"]) for each in answer["legs"]] == [0, 1]
    assert answer["legs"][1]["latent"][0]["demand"]["addressee"] == "/legs/1/importer"


def test_demands_that_would_take_too_long_are_counted():
    many = [kit(demandKind="civil") for _ in range(70)]
    checker = tiny(power(), BAN, demands=many)
    answer = checker.check(flow(**{**FACTS, "b": False}), "summary", latent=True)
    assert answer["latent"] == [] and answer["latentUntried"] == 70 - 64
    long = [{"persons": number} for number in range(90)]
    assert checker.check(flow(**{**FACTS, "b": False, "dataItems": long}), "summary", latent=True)["latentUntried"] == 70 - 4096 // 93


def test_a_description_that_is_too_large_with_a_demand_is_answered_all_the_same():
    importer = {**THERE, "controlledBy": [HERE for _ in range(23)]}
    full = flow(**{**FACTS, "importer": importer, "dataItems": [{"persons": number} for number in range(93)]})
    found = tiny(demands=[kit(by={"kind": "organisation"})]).check(full, "summary", latent=True)
    assert (found["latent"], found["latentUntried"]) == ([], 1)


def test_answers_of_one_profile_are_the_same_whether_they_are_kept_or_not():
    def told(persons: int) -> Any:
        return flow(**FACTS, dataItems=[{"persons": persons}])

    keeping, anew = tiny(), tiny()
    keeping.check_json(told(3), latent=True)
    assert keeping.check_json(told(4), latent=True) == anew.check_json(told(4), latent=True)
    assert b'"latent"' not in keeping.check_json(told(4))


def test_of_real_flows_nothing_latent_holds_and_no_step_of_a_plan_adds_to_it(checker):
    listed = {pair["iri"] for pair in checker.program.data["conflicts"] if not pair["formal"]}
    seen = 0
    for scenario in spread(60):
        described = scenario.description
        if "variants" in described or "legs" in described:
            continue
        try:
            answer = checker.check(described, "summary", latent=True)
        except DescriptionError:
            continue
        told = checker.check(described, "findings", plan=False, latent=True)
        found = {entry["conflict"] for entry in told["latent"]}
        held = {conflict["conflict"] for conflict in told["conflicts"]}
        assert found <= listed and not found & held, scenario.name
        assert not (found and described.get("demand")), scenario.name
        for entry in told["latent"]:
            assert all(re.search(pattern, entry["sentence"][lang]) for lang, pattern in (("en", r"^If .*\.$"), ("zh", "^如有.*。$")))
        seen += bool(found)
        ways = [answer["plan"], *answer["plan"]["oneOf"]]
        steps = [step for way in ways for name in ("do", "confirm") for step in way.get(name, ()) if step.get("change")]
        for step in steps[:3]:
            try:
                after = checker.check(patched(described, step["change"], ""), "findings", plan=False, latent=True)
            except DescriptionError:  # the steps of a way build on one another
                continue
            assert {entry["conflict"] for entry in after["latent"]} <= found | held, (scenario.name, step["act"]["en"])
    assert seen
