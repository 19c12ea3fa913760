"""The check page over HTTP: the form, the answer with its steps and questions, faults, what is posted and what is not kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from fastapi.testclient import TestClient

from comity.api import Settings, create_app
from comity.api.openapi import examples
from tests.pages.html import Page

FACTS = [
    ("description", ""),
    ("answer:/dataItems/0/categories", "HealthData"),
    ("answer:/dataItems/0/categories", "Name"),
    ("answer:/dataItems/0/identifiability", "direct"),
    ("answer:/dataItems/0/persons", "1,200"),
    ("answer:/dataItems/0/subjectsIn", "Germany, france"),
    ("answer:/from", "Germany"),
    ("answer:/exporter/kind", "organisation"),
    ("answer:/to", "印度"),
    ("answer:/importer/kind", ""),
    ("answer:/act", "disclosure"),
    ("answer:/asOf", "2026-05-01"),
]
HOSTILE = "\"><script>alert(1)</script><b x='"
CLASH = {
    "asOf": "2026-06-01",
    "parties": [{"id": "opponent", "kind": "organisation", "establishedIn": ["US"]}],
    "exporter": {"id": "maker", "kind": "organisation", "establishedIn": ["IE"], "inContextOf": ["IE"], "subjectToOrdersOf": ["US", "IE"]},
    "importer": "opponent",
    "act": "disclosure",
    "from": "IE",
    "to": "US",
    "procedure": "preTrialDiscovery",
    "grounds": [],
    "dataItems": [{"heldIn": ["IE"], "categories": ["CommunicationContent"], "identifiability": "direct", "subjectsIn": ["IE"]}],
    "demand": {
        "by": "opponent",
        "ofPlace": "US",
        "demandKind": "partyDiscovery",
        "demandForm": "courtOrder",
        "addressee": "maker",
        "demandRoute": "direct",
        "compulsory": True,
        "powersUsed": ["us/frcp"],
        "asksFor": ["produce"],
        "inControlOf": ["maker"],
        "agreement": None,
    },
}


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[httpx.Client]:
    """A client of the service over the law of the sources."""
    app = create_app(Settings(dataset=built, sparql_workers=0, check_workers=0))
    with TestClient(app, follow_redirects=False) as client:
        yield client


def post(client: httpx.Client, fields: list[tuple[str, str]], path: str = "/check") -> httpx.Response:
    """Post a form as a browser does."""
    return client.post(path, content=urlencode(fields), headers={"Content-Type": "application/x-www-form-urlencoded"})


def told(description: object, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The fields of a form with a description."""
    return [("description", json.dumps(description)), *more]


def description_in(answer: httpx.Response) -> dict:
    """The description that a page holds."""
    (area,) = (each for each in Page(answer.text).all("textarea") if each.attributes.get("name") == "description")
    return json.loads(area.text)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_form_has_a_label_for_every_input_and_is_small(client, lang):
    answer = client.get(f"/check?lang={lang}")
    assert answer.status_code == 200
    assert Page(answer.text).faults() == []
    assert len(answer.content) < 100_000
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'") and policy.endswith("; script-src 'self'") and "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"


def test_the_form_offers_what_the_vocabulary_has_and_nothing_else(client, built):
    schema = json.loads((built / "program.json").read_bytes())["schema"]["nodes"]
    page = Page(client.get("/check").text)
    chosen = {each.attributes["value"] for each in page.all("input") if each.attributes.get("name") == "answer:/dataItems/0/categories"}
    assert chosen == set(schema["DataItem"]["categories"]["codes"])
    (act,) = (each for each in page.all("select") if each.attributes["name"] == "answer:/act")
    options = {each.attributes["value"] for each in page.all("option") if act in each.around}
    assert options == {"", *schema["DataFlow"]["act"]["codes"]}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", examples())
def test_a_starting_point_is_judged_and_told_whole(client, name, lang):
    answer = client.get(f"/check?start={name}&lang={lang}")
    assert answer.status_code == 200
    page = Page(answer.text)
    assert page.faults() == []
    assert description_in(answer) == examples()[name]["value"]
    verdict = client.post("/v1/conflict-check", json=examples()[name]["value"]).json()["verdict"]
    assert f"v-{verdict}" in next(each for each in page.all("h1")).attributes["class"]
    assert "not told" not in [each.text for each in page.all("h1")]


def test_facts_of_the_form_become_a_description(client):
    answer = post(client, FACTS)
    assert answer.status_code == 200
    assert description_in(answer) == {
        "dataItems": [{"categories": ["HealthData", "Name"], "identifiability": "direct", "persons": 1200, "subjectsIn": ["DE", "FR"]}],
        "from": "DE",
        "exporter": {"kind": "organisation"},
        "to": "IN",
        "act": "disclosure",
        "asOf": "2026-05-01",
    }


@pytest.mark.parametrize("name", ["prompts-to-model-api", "hr-to-headquarters", "telemetry"])
def test_every_step_and_way_can_be_taken(client, name):
    start = client.get(f"/check?start={name}")
    patches = [each.attributes["value"] for each in Page(start.text).all("button") if each.attributes.get("name") == "patch"]
    assert len(patches) > 2
    began = description_in(start)
    for patch in patches:
        answer = post(client, [("description", json.dumps(began)), ("patch", patch)])
        assert answer.status_code == 200, (patch, [each.text for each in Page(answer.text).all("strong")])
        assert description_in(answer) != began


def test_a_way_taken_whole_betters_the_verdict(client):
    start = client.get("/check?start=prompts-to-model-api")
    way = next(each for each in Page(start.text).all("button") if "Take this way" in each.text)
    answer = post(client, [("description", json.dumps(description_in(start))), ("patch", way.attributes["value"])])
    assert "unlawful" not in next(each for each in Page(answer.text).all("h1")).text


def test_an_answer_to_a_question_goes_to_its_place_and_it_is_asked_no_more(client):
    start = client.get("/check?start=hr-to-headquarters")
    asked = {each.attributes["name"] for each in Page(start.text).all("input") if each.attributes.get("name", "").startswith("answer:")}
    assert "answer:/exporter/personsHandled" in asked
    answer = post(client, [("description", json.dumps(description_in(start))), ("answer:/exporter/personsHandled", "1000-5000")])
    assert description_in(answer)["exporter"]["personsHandled"] == {"atLeast": 1000, "atMost": 5000}
    again = {each.attributes.get("name") for each in Page(answer.text).all("input")}
    assert "answer:/exporter/personsHandled" not in again


def test_a_count_is_told_with_what_it_counts(client):
    start = client.get("/check?start=hr-to-headquarters")
    page = Page(start.text)
    along = [
        (each.attributes["name"], each.attributes["value"]) for each in page.all("input") if each.attributes.get("name", "")[:5] == "with:"
    ]
    place = along[0][0].removeprefix("with:")
    answers = [(f"answer:{place}/count", "900"), (f"answer:{place}/exemptFlowsRemoved", "none:")]
    answer = post(client, [("description", json.dumps(description_in(start))), *along, *answers])
    assert answer.status_code == 200
    (total,) = description_in(answer)["totals"]
    assert total["count"] == 900 and total["exemptFlowsRemoved"] == [] and total["counted"]
    assert "totals" not in description_in(post(client, [("description", json.dumps(description_in(start))), *along]))


def test_two_counts_go_to_places_of_their_own_and_the_first_may_stay_open(client):
    value = {key: told for key, told in examples()["chatbot-prompts-to-parent"]["value"].items() if key != "totals"}
    with_both = [
        (f"with:/totals/{number}", json.dumps({"unit": "persons", "counted": [code]})) for number, code in enumerate(("Name", "AnyData"))
    ]
    second = ("answer:/totals/1/count", "7")
    both = post(client, told(value, *with_both, ("answer:/totals/0/count", "5"), second))
    assert [(each["counted"], each["count"]) for each in description_in(both)["totals"]] == [(["Name"], 5), (["AnyData"], 7)]
    one = post(client, told(value, *with_both, second))
    assert [(each["counted"], each["count"]) for each in description_in(one)["totals"]] == [(["AnyData"], 7)]


def test_what_a_step_tells_is_not_undone_by_an_older_answer(client):
    patch = json.dumps([{"op": "replace", "path": "/to", "value": "JP"}])
    answer = post(client, told(examples()["hr-to-headquarters"]["value"], ("patch", patch), ("answer:/to", "Germany")))
    assert description_in(answer)["to"] == "JP"


def test_laws_that_collide_stand_side_by_side(client):
    answer = post(client, told(CLASH))
    page = Page(answer.text)
    assert answer.status_code == 200 and page.faults() == []
    pairs = [each for each in page.all("article") if each.attributes.get("class") == "conflict"]
    assert pairs
    for pair in pairs:
        assert len([each for each in page.all("div") if each.attributes.get("class") == "side" and pair in each.around]) == 2


def test_a_route_is_told_leg_by_leg(client):
    first = {key: value for key, value in examples()["chatbot-prompts-to-parent"]["value"].items() if key != "asOf"}
    second = {"from": "US", "to": "IN", "act": "disclosure", "exporter": "parent", "importer": {"id": "other", "kind": "organisation"}}
    answer = post(client, told({"asOf": "2026-05-01", "legs": [first, {**second, "dataItems": [{"categories": ["PromptContent"]}]}]}))
    page = Page(answer.text)
    assert answer.status_code == 200 and page.faults() == []
    assert [each.text for each in page.all("text") if "leg 2" in each.text]
    assert any(name.startswith("answer:/legs/1/") for name in (each.attributes.get("name", "") for each in page.elements))


def test_variants_are_told_as_a_table(client):
    value = {**examples()["cloud-region"]["value"], "variants": [{"name": "as is", "patch": []}, {"name": HOSTILE, "patch": []}]}
    answer = post(client, told(value))
    assert answer.status_code == 200
    page = Page(answer.text)
    assert page.faults() == []
    assert [each.text for each in page.all("th") if each.attributes["scope"] == "row"] == ["as is", HOSTILE]


@pytest.mark.parametrize("start", ["support-access-from-abroad", "clinical-trial"])
def test_every_link_of_an_answer_leads_somewhere(client, start):
    page = Page(client.get(f"/check?start={start}").text)
    links = {each.attributes["href"] for each in page.elements if each.attributes.get("href", "").startswith("/")}
    assert len(links) > 10
    assert [link for link in sorted(links) if client.get(link).status_code not in (200, 304)] == []


def test_the_picture_says_in_words_what_it_shows(client):
    page = Page(client.get("/check?start=support-access-from-abroad").text)
    _, title = page.all("title")
    (desc,) = page.all("desc")
    assert title.text.strip()
    for word in ("Germany", "India", "name", "shop", "support"):
        assert word in desc.text
    shown = [each.text for each in page.all("text")]
    assert any("!" in each for each in shown), "a sign stands beside the colour"


def test_a_fault_stands_beside_its_pointer_with_values_to_choose(client):
    value = {"asOf": "2026-05-01", "form": "DE", "to": "Germny", "exporter": {"kind": "organization"}, "dataItems": []}
    answer = post(client, told(value))
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.faults() == []
    assert description_in(answer) == value
    pointers = [each.text for each in page.all("code")]
    assert {"/form", "/to", "/exporter/kind"} <= set(pointers)
    mended = value
    for wanted in ("use from", "use DE (Germany)", "use organisation"):
        page = Page(post(client, told(mended)).text)
        patch = next(each.attributes["value"] for each in page.all("button") if each.text.strip() == wanted)
        mended = description_in(post(client, told(mended, ("patch", patch))))
    assert mended == {"asOf": "2026-05-01", "from": "DE", "to": "DE", "exporter": {"kind": "organisation"}, "dataItems": []}


def test_answers_are_kept_while_the_text_is_no_json(client):
    answer = post(client, [("description", '{"asOf": 2026-'), ("answer:/to", "Germany"), ("answer:/from", HOSTILE)])
    assert answer.status_code == 400
    page = Page(answer.text)
    kept = {each.attributes["name"]: each.attributes["value"] for each in page.all("input") if each.attributes.get("type") == "hidden"}
    assert kept == {"answer:/to": "Germany", "answer:/from": HOSTILE}
    assert next(each for each in page.all("textarea")).text.strip() == '{"asOf": 2026-'


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_hostile_is_shown_as_text(client, lang):
    value = {
        "asOf": "2026-05-01",
        "exporter": {"id": HOSTILE, "kind": "organisation", "establishedIn": ["DE"]},
        "importer": {"id": "x", "kind": "organisation", "establishedIn": ["IN"]},
        "act": "disclosure",
        "from": "DE",
        "to": "IN",
        "dataItems": [{"categories": ["Name"], "subjectsIn": ["DE"]}],
    }
    for description in (value, {**value, "to": HOSTILE}, {**value, HOSTILE: HOSTILE}):
        answer = post(client, told(description, (f"answer:{HOSTILE}", HOSTILE)), f"/check?lang={lang}")
        page = Page(answer.text)
        assert page.all("b") == [] and page.faults() == []
        assert {each.attributes["src"] for each in page.all("script")} <= {"/static/check.js"}
        assert description_in(answer) == description


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ([("description", "[" * 500 + "]" * 500)], 422),
        ([("description", "[1]")], 422),
        ([("description", "{}"), ("patch", "no patch")], 422),
        ([("description", "{}"), ("patch", '[{"op": "remove", "path": "/to"}]')], 422),
        ([("description", "{}"), ("patch", '[{"op": 1}]')], 422),
        ([("description", "{}"), ("patch", json.dumps([{"op": "add", "path": "/id", "value": "x"}] * 401))], 422),
        ([("description", '{"to": "DE"}'), ("answer:/to/x/y", "z")], 422),
        ([("description", ""), *[(f"answer:/x{number}", "1") for number in range(2001)]], 400),
        ([("description", "x" * 1_100_000)], 413),
    ],
)
def test_a_form_that_makes_no_description_gets_a_page_that_says_so(client, fields, status):
    answer = post(client, fields)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert Page(answer.text).faults() == []


def test_another_type_is_refused(client):
    answer = client.post("/check", json={})
    assert answer.status_code == 415


def test_an_unknown_starting_point_is_told_with_those_that_are_known(client):
    answer = client.get("/check?start=telemetri")
    assert answer.status_code == 404
    assert "telemetry" in answer.text


def test_the_description_and_the_answer_can_be_taken_along(client):
    value = examples()["cloud-region"]["value"]
    answer = post(client, told(value), "/check/description.json")
    assert answer.json() == value
    assert answer.headers["content-disposition"] == 'attachment; filename="description.json"'
    answer = post(client, told(value), "/check/answer.json")
    assert answer.json() == client.post("/v1/conflict-check?detail=all", json=value).json()
    assert "attachment" in answer.headers["content-disposition"] and answer.headers["cache-control"] == "no-store"
    assert post(client, told({**value, "to": "Nowhere"}), "/check/answer.json").headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/", "/ns", "/coverage", "/check"])
def test_every_page_leads_to_the_check(client, path):
    assert any(each.attributes.get("href") == "/check" for each in Page(client.get(path, headers={"Accept": "text/html"}).text).all("a"))
