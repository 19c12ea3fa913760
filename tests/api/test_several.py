"""Several descriptions in one request: a fault of one does not stop the others."""

from __future__ import annotations

import json

import pytest

PATH = "/v1/conflict-check"
LINES = {"Content-Type": "application/x-ndjson"}


def test_an_array_of_descriptions_gives_an_array_of_answers(client):
    answer = client.post(PATH, json=[{"give": "unmet"}, {"give": "met"}])
    assert answer.status_code == 200
    assert [each["findings"][0]["status"] for each in answer.json()] == ["unmet", "met"]


def test_in_the_place_of_a_fault_stands_its_problem(client):
    first, wrong, last = client.post(PATH, json=[{"give": "unmet"}, {"giv": "met"}, {"give": "met"}]).json()
    assert first["verdict"] and last["verdict"]
    assert wrong["status"] == 422 and wrong["errors"][0]["pointer"] == "/giv"


def test_lines_are_answered_line_by_line_and_a_fault_names_its_line(client):
    answer = client.post(PATH, content=b'{"give": "unmet"}\n\n{"give":\n{"give": "met"}\n', headers=LINES)
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    first, wrong, last = [json.loads(line) for line in answer.text.splitlines()]
    assert first["verdict"] and last["verdict"]
    assert (wrong["status"], wrong["line"]) == (400, 3)


@pytest.mark.parametrize(("body", "status"), [(b"[" + b"{}," * 100 + b"{}]", 413), (b"[{}", 400), (b'[{"a": 1, "a": 2}]', 422)])
def test_an_array_that_cannot_be_read_is_refused(client, body, status):
    assert client.post(PATH, content=body, headers={"Content-Type": "application/json"}).status_code == status


@pytest.mark.parametrize(("query", "near"), [("detail=sumary", "summary"), ("scope=flows", "flow"), ("plan=flase", "false")])
def test_a_word_that_is_not_known_is_refused_with_the_nearest(client, query, near):
    answer = client.post(f"{PATH}?{query}", json={"give": "met"})
    assert answer.status_code == 422 and near in answer.json()["errors"][0]["nearest"]
