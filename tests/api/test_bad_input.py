"""What is refused, with which status, and whether the answer names the place and the remedy."""

import httpx
import pytest

PATH = "/v1/conflict-check"
JSON = {"Content-Type": "application/json"}


def refused(client: httpx.Client, body: bytes, status: int, headers: dict = JSON) -> dict:
    """The problem document for ``body``, which is refused with ``status``."""
    answer = client.post(PATH, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert list(problem)[:4] == ["type", "title", "status", "detail"]
    assert problem["status"] == status
    return problem


def test_an_unknown_key_is_named_with_the_nearest(client):
    problem = refused(client, b'{"giv": 1}', 422)
    assert problem["errors"][0]["pointer"] == "/giv"
    assert set(problem["errors"][0]["message"]) == {"en", "zh"}
    assert problem["errors"][0]["nearest"]


@pytest.mark.parametrize("body", [b"1", b"null", b'"flow"', b"true"])
def test_json_that_is_neither_an_object_nor_a_list_is_refused(client, body):
    refused(client, body, 422)


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        (b'{"give":\n  tru}', 2, 3),
        (b"{", 1, 2),
        (b'{"a": NaN}', 1, 7),
        (b'{"a": Infinity}', 1, 7),
        (b"{'a': 1}", 1, 2),
        (b'{"a": 01}', 1, 7),
    ],
)
def test_malformed_json_names_line_and_column(client, body, line, column):
    error = refused(client, body, 400)["errors"][0]
    assert (error["line"], error["column"]) == (line, column)


def test_an_empty_body_is_named_as_such(client):
    assert "empty" in refused(client, b"", 400)["detail"]
    assert "empty" in refused(client, b" \n", 400)["detail"]


def test_invalid_utf_8_names_the_byte(client):
    problem = refused(client, b'{"give":\n "\xd6\xd0"}', 400)
    assert "0xd6" in problem["detail"] and "line 2" in problem["detail"] and "UTF-8" in problem["detail"]


def test_a_byte_order_mark_is_named(client):
    assert "byte order mark" in refused(client, b"\xef\xbb\xbf{}", 400)["detail"]


def test_half_a_character_is_refused(client):
    refused(client, b'{"give": "\\ud800"}', 400)


def test_a_key_given_twice_is_refused(client):
    assert "'give'" in refused(client, b'{"give": "met", "give": "unmet"}', 422)["detail"]


def nested(depth: int) -> bytes:
    """Lists in lists below a key, ``depth`` levels with the object around them."""
    return b'{"deep":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"


@pytest.mark.parametrize("depth", [65, 900, 100_000])
def test_a_nesting_bomb_is_refused(client, depth):
    assert "64 levels" in refused(client, nested(depth), 422)["detail"]


@pytest.mark.parametrize("depth", [201, 900, 100_000])
def test_a_nesting_bomb_of_lists_is_refused(client, depth):
    assert "200 levels" in refused(client, b"[" * depth + b"]" * depth, 422)["detail"]


def test_a_nesting_bomb_in_a_list_of_descriptions_is_refused_in_its_place(client):
    (problem,) = client.post(PATH, content=b"[" + nested(65) + b"]", headers=JSON).json()
    assert problem["status"] == 422 and "64 levels" in problem["detail"]


def test_an_unclosed_nesting_bomb_is_refused(client):
    refused(client, b'{"a":' * 100_000, 422)


def test_depth_at_the_limit_is_not_the_services_business(client):
    problem = refused(client, nested(64), 422)
    assert "levels" not in problem["detail"]


def test_a_huge_number_does_not_break_the_service(client):
    assert client.post(PATH, content=b'{"note": ' + b"9" * 5000 + b"}", headers=JSON).status_code in (200, 400)


def test_a_body_over_the_limit_is_a_413_that_names_the_limit(client):
    problem = refused(client, b'{"note": "' + b"x" * 1024 * 1024 + b'"}', 413)
    assert problem["limit"] == 1024 * 1024


def test_a_body_without_a_length_is_counted_as_it_comes(client):
    answer = client.post(PATH, content=(b"x" * 65536 for _ in range(100)), headers=JSON)
    assert answer.status_code == 413


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "application/xml"])
def test_a_body_sent_as_something_else_is_a_415_with_the_remedy(client, kind):
    assert "application/json" in refused(client, b"{}", 415, {"Content-Type": kind})["detail"]


def test_a_compressed_body_is_refused(client):
    refused(client, b"\x1f\x8b", 415, {**JSON, "Content-Encoding": "gzip"})


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "application/ld+json", "APPLICATION/JSON"])
def test_json_by_any_of_its_names_is_read(client, kind):
    assert client.post(PATH, content=b"{}", headers={"Content-Type": kind}).status_code == 200


def test_a_wrong_method_names_the_right_one(client):
    answer = client.get(PATH)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert "POST" in answer.json()["detail"]
    assert client.post("/v1/norms").status_code == 405


def test_an_unknown_address_is_a_problem(client):
    answer = client.get("/v1/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_fault_of_the_service_tells_nothing_of_the_inside(client, caplog):
    answer = client.post(PATH, json={"give": "fault"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "the secret inside" in caplog.text
