"""``/v1/freshness`` over the small world."""

import datetime


def test_the_day_is_today_unless_it_is_said(client):
    found = client.get("/v1/freshness").json()
    assert found["asOf"] == datetime.datetime.now(datetime.UTC).date().isoformat()
    assert client.get("/v1/freshness?asOf=2023-06-01").json()["until"] == "2024-06-01"


def test_it_tells_of_norms_what_is_coming_and_the_graph(client):
    found = client.get("/v1/freshness?asOf=2023-06-01").json()
    assert found["graph"]["digest"].startswith("sha256:")
    assert found["readings"]["total"] == len(found["readings"]["norms"]) > 0
    assert sum(group["number"] for group in found["readings"]["byAge"]) == found["readings"]["total"]
    assert {(each["on"], each["event"], each["id"]) for each in found["coming"]} >= {("2024-01-01", "ends", "bb/order/norm-1")}
    assert isinstance(found["announced"], list)


def test_norms_are_paged(client):
    whole = client.get("/v1/freshness?asOf=2023-06-01").json()["readings"]
    part = client.get("/v1/freshness?asOf=2023-06-01&limit=1&offset=1").json()["readings"]
    assert part["norms"] == whole["norms"][1:2]
    assert (part["total"], part["limit"], part["offset"]) == (whole["total"], 1, 1)


def test_one_place_and_one_language(client):
    found = client.get("/v1/freshness?asOf=2023-06-01&place=BB&lang=zh").json()
    assert found["place"] == "BB"
    assert {code for each in found["readings"]["norms"] for code in each["jurisdiction"]} == {"BB"}
    assert all(set(each["label"]) == {"zh"} for each in found["readings"]["norms"])


def test_what_is_asked_wrongly_is_told_with_the_nearest(client):
    for asked, pointer, near in (
        ("asOf=2026-2-31", "/query/asOf", "2026-02-28"),
        ("place=BLND", "/query/place", None),
        ("limit=100000", "/query/limit", "200"),
        ("plase=BB", "/query/plase", "place"),
    ):
        answer = client.get(f"/v1/freshness?{asked}")
        assert answer.status_code in (400, 422), asked
        fault = answer.json()["errors"][0]
        assert fault["pointer"] == pointer
        assert near is None or near in fault["nearest"]


def test_it_is_cached_by_day(client):
    first = client.get("/v1/freshness?asOf=2023-06-01")
    assert client.get("/v1/freshness?asOf=2023-06-01", headers={"If-None-Match": first.headers["etag"]}).status_code == 304
