"""What the tools answer, and how they refuse."""

import json

import pytest

from comity.api.settings import Settings
from comity.http.problems import Problem
from comity.mcp import told
from comity.mcp.desk import Desk


def refused(desk, tool, **arguments):
    with pytest.raises(Problem) as raised:
        desk.call(tool, arguments)
    return raised.value.document()


def only(language, value):
    """Whether no text in both languages is left."""
    if isinstance(value, dict):
        return not (value and value.keys() <= {"en", "zh"}) and all(only(language, each) for each in value.values())
    return not isinstance(value, list) or all(only(language, each) for each in value)


def test_every_answer_has_citations_and_the_graph(desk, flow):
    calls = {
        "ask": {"description": flow},
        "check": {"description": flow},
        "plan": {"description": flow},
        "recognise": {"one": "JP", "other": "EU", "on": "2026-11-01"},
        "conflicts": {"place": "CN", "against": "US", "on": "2026-11-01"},
        "article": {"name": "PIPL-38-1"},
    }
    assert set(calls) == set(desk.tools)
    for name, arguments in calls.items():
        for lang in ("en", "zh"):
            answer = desk.call(name, {**arguments, "lang": lang})
            assert answer["graph"] == desk.graph
            assert answer["graph"]["digest"].startswith("sha256:")
            assert answer["citations"], name
            assert only(lang, answer)
            for cited in answer["citations"]:
                assert cited["iri"].startswith("https://w3id.org/comity/id/")
                assert cited.get("norm") or cited.get("id")
                links = [each["official"] for each in cited.get("articles", ())] + cited.get("sources", [])
                assert links and all(link.startswith("http") for link in links)


def test_what_an_answer_names_is_cited(desk, flow):
    answer = desk.call("check", {"description": flow})
    deciding = {each["norm"] for law in answer["instruments"] for each in law.get("deciding", ())}
    assert deciding
    assert deciding <= {each["norm"] for each in answer["citations"]}
    plan = desk.call("plan", {"description": flow})
    cured = {norm for step in plan["plan"]["do"] for norm in step["cures"]}
    assert cured
    assert cured <= {each["norm"] for each in plan["citations"]}


def test_check_says_what_the_checker_says(desk, flow, checker):
    answer = desk.call("check", {"description": flow})
    known = checker.check(flow, "summary", plan=False)
    assert (answer["verdict"], answer["asDescribed"]) == (known["verdict"], known["asDescribed"])
    assert [law["instrument"] for law in answer["instruments"]] == [law["instrument"] for law in known["instruments"]]
    assert answer["coverage"]
    assert "plan" not in answer
    assert "findings" in desk.call("check", {"description": flow, "detail": "findings"})


def test_a_talk_goes_from_nothing_to_questions_that_are_answered(desk):
    answer = desk.call("ask", {})
    description = answer["description"]
    assert not answer["settled"]
    assert answer["examples"]
    put = set()
    for fact, value in (("/to", "US"), ("/act", "disclosure")):
        pointers = {question["pointer"]: question for question in answer["questions"]}
        assert fact in pointers
        assert pointers[fact]["tier"] == "verdict"
        assert pointers[fact]["question"]
        description[fact[1:]] = value
        put.add(fact)
        answer = desk.call("ask", {"description": description})
        assert not put & {question["pointer"] for question in answer["questions"]}


def test_a_settled_flow_asks_nothing_about_its_verdict(desk, flow):
    answer = desk.call("ask", {"description": flow})
    assert answer["settled"]
    assert answer["verdict"] == desk.call("check", {"description": flow})["verdict"]


def test_an_example_is_a_description(desk):
    name = next(iter(desk.tools["ask"].arguments["example"].values))
    description = desk.call("ask", {"example": name})["description"]
    assert desk.call("check", {"description": description})["verdict"]


def test_a_description_may_come_as_its_text(desk, flow):
    assert desk.call("check", {"description": json.dumps(flow)}) == desk.call("check", {"description": flow})


def test_a_route_is_answered_leg_by_leg(desk, flow):
    leg = {key: value for key, value in flow.items() if key != "asOf"}
    route = {"asOf": flow["asOf"], "legs": [leg, {**leg, "from": "US", "to": "SG"}]}
    assert len(desk.call("check", {"description": route})["legs"]) == 2
    assert desk.call("plan", {"description": route})["citations"]
    assert isinstance(desk.call("ask", {"description": route})["questions"], list)


def test_variants_are_checked_and_neither_asked_about_nor_planned(desk, flow):
    varied = {**flow, "variants": [{"name": "to Singapore", "patch": [{"op": "replace", "path": "/to", "value": "SG"}]}]}
    assert "variants" in desk.call("check", {"description": varied})
    for tool in ("ask", "plan"):
        assert refused(desk, tool, description=varied)["errors"][0]["pointer"] == "/description/variants"


def test_faults_of_a_description_have_pointers_from_the_call(desk, flow):
    flow = {**flow, "importer": {"knd": "organisation"}, "act": "disclosre"}
    problem = refused(desk, "check", description=flow)
    pointers = {each["pointer"]: each for each in problem["errors"]}
    assert "kind" in pointers["/description/importer/knd"]["nearest"]
    assert "disclosure" in pointers["/description/act"]["nearest"]


@pytest.mark.parametrize(
    ("tool", "arguments", "pointer", "near"),
    [
        ("check", {"descripton": {}}, "/descripton", "description"),
        ("check", {}, "/description", None),
        ("check", {"description": []}, "/description", None),
        ("check", {"description": '{"asOf": x'}, "/description", None),
        ("check", {"description": {"asOf": "2026-11-01"}, "detail": "findngs"}, "/detail", "findings"),
        ("check", {"description": {"asOf": "2026-11-31"}}, "/description/asOf", "2026-11-30"),
        ("ask", {"example": "telemetri"}, "/example", "telemetry"),
        ("ask", {"lang": "fr"}, "/lang", "en"),
        ("recognise", {"one": "JP"}, "/other", None),
        ("recognise", {"one": "Japn", "other": "EU"}, "/one", None),
        ("recognise", {"one": "JP", "other": "EU", "on": "2026-2-31"}, "/on", "2026-02-28"),
        ("conflicts", {"kind": "retainVersusEras"}, "/kind", "retainVersusErase"),
        ("conflicts", {"limit": 500}, "/limit", "40"),
        ("conflicts", {"limit": True}, "/limit", None),
        ("conflicts", {"against": "US"}, "/place", None),
        ("conflicts", {"norm": "PIPL-411"}, "/norm", "PIPL-41"),
        ("conflicts", {"id": "nothing--of-it"}, "/id", None),
        ("article", {"name": "PIPL 38"}, "/name", "cn/pipl/art-38-1"),
        ("article", {"name": "x" * 513}, "/name", None),
        ("article", {"name": "no such thing at all ~/"}, "/name", None),
    ],
)
def test_bad_arguments_are_told_with_their_place_and_the_nearest(desk, tool, arguments, pointer, near):
    problem = refused(desk, tool, **arguments)
    found = {each["pointer"]: each for each in problem["errors"]}
    assert pointer in found, found
    assert found[pointer]["message"]["en"] and found[pointer]["message"]["zh"]
    if near is not None:
        assert near in found[pointer]["nearest"]


def test_a_tool_that_is_none_is_told_the_nearest(desk):
    assert refused(desk, "chek")["nearest"] == ["check"]


def test_conflicts_are_paged_and_one_is_explained(desk):
    first = desk.call("conflicts", {"place": "CN", "limit": 2})
    second = desk.call("conflicts", {"place": "CN", "limit": 2, "offset": 2})
    assert first["total"] == second["total"] > 4
    assert not {each["id"] for each in first["conflicts"]} & {each["id"] for each in second["conflicts"]}
    one = desk.call("conflicts", {"id": first["conflicts"][0]["id"]})
    assert one["says"] and one["why"]


def test_norms_articles_and_instruments_are_found_by_every_name(desk):
    norm = desk.call("article", {"name": "pipl-38-1"})
    assert norm["norm"]["identifier"] == "PIPL-38-1"
    assert norm["norm"]["bearer"] and norm["norm"]["reading"]
    assert desk.call("article", {"name": norm["norm"]["iri"]}) == norm
    article = desk.call("article", {"name": norm["citations"][0]["articles"][0]["iri"]})
    assert "PIPL-38-1" in {each["norm"] for each in article["states"]}
    law = desk.call("article", {"name": norm["norm"]["instrument"]})
    assert "PIPL-38-1" in {each["norm"] for each in law["states"]} or law.get("normsMore")


@pytest.mark.parametrize(
    "description",
    [{"asOf": "\ud800"}, '{"asOf": "\ud800"}', {"asOf": float("nan")}, {"asOf": 10**400}, json.loads('{"a":' * 80 + "1" + "}" * 80)],
)
def test_what_no_json_can_hold_is_refused_and_not_a_fault_of_ours(desk, description):
    problem = refused(desk, "check", description=description)
    assert problem["status"] in (400, 422)
    assert problem["errors"][0]["pointer"].startswith("/description")


def test_an_answer_that_is_too_long_says_what_to_do(desk, flow, monkeypatch):
    monkeypatch.setattr(told, "MOST_BYTES", 1000)
    problem = refused(desk, "check", description=flow)
    assert problem["status"] == 413
    assert "summary" in problem["detail"]


def test_a_description_that_is_too_long_is_not_read(desk, flow):
    problem = refused(desk, "check", description={**flow, "purposes": ["x" * 2_000_000]})
    assert problem["status"] == 413


def test_a_description_that_takes_too_long_is_stopped(built, flow):
    hurried = Desk(Settings(dataset=built, check_workers=1, check_timeout_seconds=0.02))
    try:
        problem = refused(hurried, "plan", description=flow)
        assert problem["status"] == 503
        assert "0.02" in problem["detail"]
    finally:
        hurried.close()


def test_the_schemas_name_codes_of_the_graph(desk):
    for tool in desk.tools.values():
        schema = tool.schema()
        assert schema["additionalProperties"] is False
        assert set(schema["required"]) <= set(schema["properties"])
        assert all(each["description"] for each in schema["properties"].values())
    assert "retainVersusErase" in desk.tools["conflicts"].schema()["properties"]["kind"]["enum"]
