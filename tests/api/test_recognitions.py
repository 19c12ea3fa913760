"""``/v1/recognitions/…`` and ``/v1/commitments/…``: answers, languages, validators and what is refused."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from comity.api import Settings, create_app

PAIR = "/v1/recognitions/pairs/XX/YY"
OWED = "/v1/commitments/XX/WW"
DAY = {"asOf": "2025-06-02"}
ROUTES = {
    PAIR: DAY,
    "/v1/recognitions/matrix": DAY,
    "/v1/recognitions/paths": {"from": "XX", "to": "WW", **DAY},
    "/v1/recognitions/changes": {"from": "2024-01-01", "until": "2025-06-02"},
    OWED: DAY,
}


def asked(client: httpx.Client, path: str, **values: str) -> Any:
    """The answer to a question that can be answered."""
    answer = client.get(path, params=values)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(client: httpx.Client, path: str, status: int = 422, **values: str) -> list[dict]:
    """The errors of the problem document by which a question is refused."""
    answer = client.get(path, params=values)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    errors = answer.json()["errors"]
    assert all(set(error["message"]) == {"en", "zh"} for error in errors)
    return errors


def test_a_pair_tells_both_directions(client):
    found = asked(client, PAIR, **DAY)
    assert (found["forward"]["state"], found["backward"]["state"], found["mutual"]) == ("recognised", "not-recognised", "one-way")
    assert found["graph"]["digest"] == client.get("/v1/norms").json()["graph"]["digest"]


def test_a_pair_may_be_named_by_names(client):
    assert asked(client, "/v1/recognitions/pairs/xland/〔Yland〕", **DAY)["from"]["code"] == "XX"


def test_a_matrix_is_of_the_places_named_or_of_all_who_recognise(client):
    assert [place["code"] for place in asked(client, "/v1/recognitions/matrix", **DAY)["places"]] == ["XX", "YY"]
    found = asked(client, "/v1/recognitions/matrix", places="XX, YY,WW,", **DAY)
    assert [(cell["from"], cell["to"]) for cell in found["cells"]] == [("XX", "YY"), ("YY", "WW")]


def test_ways_are_as_long_as_asked(client):
    ends = {"from": "XX", "to": "WW", **DAY}
    assert [way["via"] for way in asked(client, "/v1/recognitions/paths", **ends)["paths"]] == [["YY"]]
    assert asked(client, "/v1/recognitions/paths", hops="1", **ends)["paths"] == []
    assert refused(client, "/v1/recognitions/paths", hops="4", **ends)[0]["pointer"] == "/query/hops"


def test_changes_between_two_days(client):
    days = {"from": "2024-01-01", "until": "2025-06-02"}
    found = asked(client, "/v1/recognitions/changes", **days)["changes"]
    assert [(change["on"], change["membership"]["member"]["code"]) for change in found] == [("2025-01-01", "YY")]
    assert asked(client, "/v1/recognitions/changes", places="XX", **days)["changes"] == []


def test_commitments_are_narrowed_by_what_is_told(client):
    (plain,) = asked(client, OWED, **DAY)["commitments"]
    assert (plain["outcome"], "coveredPerson" in plain, "available" in plain["exceptions"][0]) == ("questionable", False, False)
    told = {"restriction": "LOCALSTORAGE", "actor": "investor", "ground": "security", "adopted": "2020-01-01", **DAY}
    (found,) = asked(client, OWED, **told)["commitments"]
    assert (found["outcome"], found["coveredPerson"], found["exceptions"][0]["available"]) == ("questionable", True, True)
    for name, value, outcome in (
        ("restriction", "transferBan", "not-reached"),
        ("actor", "serviceSupplier", "not-protected"),
        ("measure", "taxation", "out-of-scope"),
    ):
        (found,) = asked(client, OWED, **{name: value}, **DAY)["commitments"]
        assert found["outcome"] == outcome


@pytest.mark.parametrize(
    ("name", "value", "near"),
    [("restriction", "localStorag", "localStorage"), ("actor", "invester", "investor"), ("ground", "securty", "security")],
)
def test_an_unknown_word_is_refused_with_the_nearest(client, name, value, near):
    (error,) = refused(client, OWED, **{name: value}, **DAY)
    assert (error["pointer"], error["nearest"][0]) == (f"/query/{name}", near)


@pytest.mark.parametrize("path", ROUTES)
def test_one_language_is_kept_if_it_is_asked_for(client, path):
    both, english = client.get(path, params=ROUTES[path]).text, client.get(path, params={**ROUTES[path], "lang": "en"}).text
    assert '"zh":' in both and '"zh":' not in english and "〔" not in english
    assert client.get(path, params={**ROUTES[path], "lang": "fr"}).status_code == 422


@pytest.mark.parametrize("path", ROUTES)
def test_an_unknown_parameter_is_refused_and_the_nearest_named(client, path):
    name = "asof" if "asOf" in ROUTES[path] else "untill"
    (error,) = refused(client, path, 400, **{name: "2025-06-02"}, **ROUTES[path])
    assert error["pointer"] == f"/query/{name}" and error["nearest"]


@pytest.mark.parametrize(("path", "name"), [(path, name) for path, values in ROUTES.items() for name in values])
def test_what_must_be_said_is_asked_for(client, path, name):
    (error,) = refused(client, path, **{key: value for key, value in ROUTES[path].items() if key != name})
    assert error["pointer"] == f"/query/{name}" and error["message"]["en"] == f"{name} is missing; say it in the query."


@pytest.mark.parametrize("day", ["2025-6-2", "2025-02-30", "today", ""])
def test_what_is_no_day_is_refused(client, day):
    for path in (PAIR, OWED, "/v1/recognitions/matrix"):
        assert [error["pointer"] for error in refused(client, path, asOf=day)] == ["/query/asOf"]
    assert [error["pointer"] for error in refused(client, OWED, adopted=day, **DAY)] == ["/query/adopted"]


@pytest.mark.parametrize(
    ("path", "values", "pointers"),
    [
        ("/v1/recognitions/pairs/Xlnd/Ylnd", DAY, ["/path/one", "/path/other"]),
        ("/v1/recognitions/pairs/XX/xland", DAY, ["/path/other"]),
        ("/v1/commitments/Xlnd/Ylnd", DAY, ["/path/by", "/path/towards"]),
        ("/v1/commitments/XX/CLUB", DAY, ["/path/towards"]),
        ("/v1/recognitions/paths", {"from": "Xlnd", "to": "Ylnd", **DAY}, ["/query/from", "/query/to"]),
        ("/v1/recognitions/matrix", {"places": "Xlnd,YY,Wlnd", **DAY}, ["/query/places", "/query/places"]),
        ("/v1/recognitions/changes", {"from": "2025-01-02", "until": "2025-01-01"}, ["/query/until"]),
        (PAIR, {"asOf": "2021-12-31"}, ["/query/asOf"]),
    ],
)
def test_a_fault_points_to_the_part_of_the_address_that_is_wrong(client, path, values, pointers):
    assert [error["pointer"] for error in refused(client, path, **values)] == pointers


def test_an_unknown_place_is_refused_with_the_nearest(client):
    error, _ = refused(client, "/v1/recognitions/pairs/Xlnd/Ylnd", **DAY)
    assert error["nearest"][0] == "XX" and "Xlnd" in error["message"]["zh"]


def test_too_many_places_are_refused_with_their_number(client):
    (error,) = refused(client, "/v1/recognitions/matrix", places=",".join(["XX"] * 120), **DAY)
    assert error["message"]["en"].startswith("120 places are asked for")


@pytest.mark.parametrize("path", ROUTES)
def test_an_answer_that_the_client_holds_is_not_sent_again(client, path):
    first = client.get(path, params=ROUTES[path])
    again = client.get(path, params=ROUTES[path], headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(path, params={**ROUTES[path], "lang": "zh"}, headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200 and "max-age" in first.headers["cache-control"]


@pytest.mark.parametrize("path", ROUTES)
def test_only_json_is_made(client, path):
    assert client.get(path, params=ROUTES[path], headers={"Accept": "text/turtle"}).status_code == 406


def test_one_recognition_of_the_graph_keeps_its_address_beside_these(client):
    item = client.get("/v1/recognitions").json()["items"][0]
    assert client.get(f"/v1/recognitions/{item['id']}").json()["iri"] == item["iri"]


def test_the_routes_are_in_the_published_description(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/v1/recognitions/pairs/{one}/{other}", "/v1/recognitions/matrix", "/v1/commitments/{by}/{towards}"} <= set(paths)


@pytest.fixture(scope="module")
def real(built) -> httpx.Client:
    """A client of the application over the law as it stands."""
    with TestClient(create_app(Settings(dataset=built, sparql_workers=0))) as client:
        yield client


def test_no_pair_of_the_real_law_fails_on_any_of_some_days(real):
    """Those who recognise, one with another: the pair says of itself what the matrix says, and ways end where they should."""
    for day in ("2012-06-01", "2018-05-25", "2020-12-31", "2023-08-15", "2026-11-01"):
        found = asked(real, "/v1/recognitions/matrix", asOf=day)
        codes = [place["code"] for place in found["places"]]
        cells = {(cell["from"], cell["to"]) for cell in found["cells"]}
        assert codes
        for number, one in enumerate(codes):
            for other in codes[number + 1 :: 5]:
                pair = asked(real, f"/v1/recognitions/pairs/{one}/{other}", asOf=day)
                open_ways = tuple(pair[way]["state"] in ("recognised", "same-law") for way in ("forward", "backward"))
                assert open_ways == ((one, other) in cells, (other, one) in cells), (one, other, day)
        for other in codes[1::7]:
            assert asked(real, f"/v1/commitments/{codes[0]}/{other}", asOf=day)["note"]
            for way in asked(real, "/v1/recognitions/paths", **{"from": codes[0], "to": other, "asOf": day})["paths"]:
                assert 1 <= len(way["hops"]) <= 3 and way["hops"][-1]["to"] == other
