"""Norms judged for each data item, beside norms judged for the flow as a whole."""

from __future__ import annotations

import pytest

from tests.tiny import checker, flag, flow, norm, statuses, verdict, words

SECRET = ["some", "dataItems", ["has", "secret", [True]]]
CLASSES = {"Secret": SECRET}
ITEM_DUTY = norm("duty", "Secret", perItem=True, exceptions=["spared"])
FLOW_DUTY = norm("duty", "A", exceptions=["spared"])
ITEM_SPARED = norm("spared", "Secret", "Exemption", perItem=True)
FLOW_SPARED = norm("spared", "B", "Exemption")


def items(*secret):
    return [{} if value is None else {"secret": value} for value in secret]


def test_a_norm_reaches_only_the_items_in_its_situation():
    told = checker([ITEM_DUTY, FLOW_SPARED], CLASSES).check(flow(b=False, dataItems=items(True, False, True)))
    assert statuses(told) == {"duty": "due"}
    assert told["findings"][0]["items"] == ["/dataItems/0", "/dataItems/2"]


def test_items_of_different_status_are_different_findings():
    told = checker([ITEM_DUTY, FLOW_SPARED], CLASSES).check(flow(b=False, dataItems=items(True, None, False)))
    assert statuses(told)["duty"] == ["due", "unknown"]
    assert [f["items"] for f in told["findings"] if f["norm"] == "duty"] == [["/dataItems/0"], ["/dataItems/1"]]


def test_a_single_item_is_not_named():
    told = checker([ITEM_DUTY, FLOW_SPARED], CLASSES).check(flow(b=False, dataItems=items(True)))
    assert "items" not in told["findings"][0]


def test_without_items_the_flow_itself_is_judged():
    told = checker([ITEM_DUTY, FLOW_SPARED], CLASSES)
    assert statuses(told.check(flow(b=False))) == {"duty": "unknown"}
    assert statuses(told.check(flow(b=False, dataItems=[]))) == {}


@pytest.mark.parametrize(("b", "status"), [(True, "exempted"), (False, "due"), (None, "unknown")])
def test_an_exemption_of_the_flow_covers_every_item(b, status):
    facts = {} if b is None else {"b": b}
    told = checker([ITEM_DUTY, FLOW_SPARED], CLASSES).check(flow(dataItems=items(True, True), **facts))
    assert [(f["status"], f["items"]) for f in told["findings"] if f["norm"] == "duty"] == [(status, ["/dataItems/0", "/dataItems/1"])]


@pytest.mark.parametrize(
    ("secret", "status"),
    [
        ((True, True), "exempted"),
        ((True, False), "due"),
        ((False, False), "due"),
        ((True, None), "unknown"),
        ((None, None), "unknown"),
        ((None, False), "due"),
    ],
)
def test_an_exemption_of_items_spares_the_flow_only_where_it_covers_them_all(secret, status):
    told = checker([FLOW_DUTY, ITEM_SPARED], CLASSES).check(flow(a=True, dataItems=items(*secret)))
    assert statuses(told)["duty"] == status


def test_item_exempts_item():
    open_to_play = {"Secret": SECRET, "Play": ["has", "purposes", ["play"]]}
    duty, spared = norm("duty", "Secret", perItem=True, exceptions=["spared"]), norm("spared", "Play", "Exemption", perItem=True)
    told = checker([duty, spared], open_to_play).check(
        flow(purposes=["work"], dataItems=[{"secret": True, "purposes": ["play"]}, {"secret": True}])
    )
    by_item = {f["items"][0]: f["status"] for f in told["findings"] if f["norm"] == "duty"}
    assert by_item == {"/dataItems/0": "exempted", "/dataItems/1": "due"}
    assert verdict(told) == "conditional"


def test_what_an_item_says_of_itself_replaces_what_the_flow_says():
    told = checker([norm("duty", "A", perItem=True)]).check(flow(a=False, dataItems=[{"a": True}, {}]))
    assert [(f["items"], f["because"][0]["path"]) for f in told["findings"]] == [(["/dataItems/0"], "/dataItems/0/a")]


def test_what_an_item_says_of_itself_is_not_said_of_the_flow():
    assert statuses(checker([norm("duty", "A")]).check(flow(a=False, dataItems=[{"a": True}]))) == {}


def test_the_gravest_item_decides_the_verdict():
    banned = norm("ban", "Secret", "Prohibition", perItem=True)
    told = checker([banned, norm("duty", "All", perItem=True)], CLASSES).check(flow(dataItems=items(False, True)))
    assert verdict(told) == "prohibited"


def test_items_that_say_the_same_are_judged_once_and_all_named():
    named = items(True, False, True)
    private = {
        "name": "Private",
        "notation": "xx/Private",
        "label": words("Private"),
        "domain": "DataItem",
        "instruments": ["xx/act"],
        "provisions": [],
    }
    judge = checker([ITEM_DUTY, FLOW_SPARED], {**CLASSES, "Private": flag("secret")}, reported=[private])
    told = judge.check(flow(b=False, dataItems=named))
    assert statuses(told) == {"duty": "due"}
    assert told["findings"][0]["items"] == ["/dataItems/0", "/dataItems/2"]
    assert [(c["on"], c.get("alsoOn")) for c in told["classes"]] == [("/dataItems/0", ["/dataItems/2"])]
