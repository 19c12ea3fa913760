"""The lists of the graph: filters, paging, dates, languages, validators."""

import pytest

import comity

LISTS = ["instruments", "norms", "jurisdictions", "recognitions", "coverage", "conflicts"]


def ids(client, path: str) -> list[str]:
    """The ids in the list at ``path``."""
    answer = client.get(f"/v1/{path}")
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_a_page_with_the_edition_of_the_graph(client, name):
    page = client.get(f"/v1/{name}").json()
    assert page["total"] == len(page["items"]) > 0
    assert page["next"] is None
    assert page["graph"]["version"] == comity.__version__
    assert [item["id"] for item in page["items"]] == sorted(item["id"] for item in page["items"])


@pytest.mark.parametrize("name", LISTS)
def test_every_item_has_an_address_of_its_own(client, name):
    for item in client.get(f"/v1/{name}").json()["items"]:
        assert client.get(f"/v1/{name}/{item['id']}").json()["iri"] == item["iri"]


def test_following_next_gives_every_item_once(client):
    seen, path = [], "/v1/norms?limit=1"
    while path:
        answer = client.get(path)
        page = answer.json()
        seen += [item["id"] for item in page["items"]]
        path = page["next"]
        assert bool(path) == ("link" in answer.headers)
    assert seen == ids(client, "norms")


def test_a_page_keeps_the_filters_of_the_one_before(client):
    following = client.get("/v1/norms?limit=1&instrument=aa/data-act&lang=zh").json()["next"]
    assert "instrument=aa%2Fdata-act" in following and "lang=zh" in following


def test_an_item_outside_the_list_is_an_empty_page(client):
    page = client.get("/v1/norms?offset=1000").json()
    assert page["items"] == [] and page["next"] is None and page["total"] == 3


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-12-31", []),
        ("2020-01-01", ["aa/data-act"]),
        ("2021-06-01", ["aa/data-act", "bb/order"]),
        ("2023-12-31", ["aa/data-act", "bb/order"]),
        ("2024-01-01", ["aa/data-act"]),
    ],
)
def test_from_is_inclusive_and_until_exclusive(client, day, expected):
    assert ids(client, f"instruments?asOf={day}") == expected


def test_norms_by_what_they_are(client):
    assert ids(client, "norms?kind=Prohibition") == ["bb/order/norm-1"]
    assert ids(client, "norms?instrument=aa/data-act&kind=obligation") == ["aa/data-act/norm-38"]
    assert ids(client, "norms?jurisdiction=BB") == ["bb/order/norm-1"]
    assert ids(client, "norms?bearer=exporter") == ["aa/data-act/norm-38"]
    assert len(ids(client, "norms?concerns=Transfer")) == 3
    assert ids(client, "norms?q=ground transfer") == ["aa/data-act/norm-38"]
    assert ids(client, "norms?q=依据") == ["aa/data-act/norm-38"]


def test_a_norm_carries_its_provision_and_what_it_leaves_out(client):
    norm = client.get("/v1/norms/AA-38").json()
    assert norm["provision"][0]["label"]["zh"] == "《数据法》第三十八条"
    assert norm["appliesWhen"] == "AaTransfer"
    assert norm["leavesOut"]["en"] == "Small print."
    assert norm["instrument"] == "aa/data-act"


def test_a_norm_says_what_it_restricts(client):
    assert sorted(client.get("/v1/norms/BB-1").json()["restricts"]) == ["localStorage", "transferBan"]
    assert client.get("/v1/norms/AA-38").json().get("restricts", []) == []


def test_members_of_a_body_on_a_day(client):
    assert ids(client, "jurisdictions?body=UN1&asOf=2015-01-01") == ["place/AA", "place/BB"]
    assert ids(client, "jurisdictions?body=UN1&asOf=2021-01-01") == ["place/BB"]
    assert ids(client, "jurisdictions?kind=Body") == ["body/UN1"]


def test_a_place_is_found_by_its_code(client):
    assert client.get("/v1/jurisdictions/AA").json()["id"] == "place/AA"


@pytest.mark.parametrize(
    ("query", "count"),
    [("from=UN1", 2), ("to=BB", 1), ("place=BB", 1), ("from=AA", 0), ("kind=adequacy", 2), ("asOf=2020-07-16", 0), ("asOf=2026-01-05", 1)],
)
def test_recognitions_by_side_kind_and_day(client, query, count):
    assert len(ids(client, f"recognitions?{query}")) == count


def test_a_conflict_names_both_norms_with_their_articles(client):
    (conflict,) = client.get("/v1/conflicts?norm=BB-1").json()["items"]
    assert conflict["kind"] == "compelledVersusForbidden"
    assert [side["identifier"] for side in conflict["norms"]] == ["AA-38", "BB-1"]
    assert conflict["norms"][1]["provision"][0]["label"]["en"] == "Order s. 1"
    assert conflict["instruments"] == ["aa/data-act", "bb/order"]


def test_a_conflict_brings_the_flow_that_shows_it(client):
    for path in ("/v1/conflicts/conflict/1", "/v1/conflicts/conflict/1?lang=zh"):
        (witness,) = client.get(path).json()["witness"]
        assert witness["flow"] == {"act": "disclosure", "asOf": "2023-01-01", "to": "BB"}
        assert witness["source"] == "tests/scenarios/aa/act.yaml" and "A ship sails" in str(witness["label"])


def test_conflicts_between_two_places_are_found_from_either_side(client):
    assert ids(client, "conflicts?place=AA&against=BB") == ids(client, "conflicts?place=BB&against=AA") != []
    assert ids(client, "conflicts?place=aland&against=BB") and ids(client, "conflicts?place=AA")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("against=BB", "/query/place"), ("place=AA&against=B8", "/query/against"), ("place=AA&against=AA", "/query/against")],
)
def test_the_other_side_of_a_conflict_needs_a_place_and_is_another_known_one(client, query, parameter):
    answer = client.get(f"/v1/conflicts?{query}")
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == parameter


@pytest.mark.parametrize("name", ["on", "asOf"])
def test_a_conflict_lasts_while_both_norms_do(client, name):
    assert ids(client, f"conflicts?{name}=2023-01-01")
    assert not ids(client, f"conflicts?{name}=2024-01-01")
    assert client.get(f"/v1/conflicts?{name}=2023-01-01").json()["asOf"] == "2023-01-01"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("settled=true", 1),
        ("settled=false", 0),
        ("act=transfer", 1),
        ("kind=CompelledVersusForbidden", 1),
        ("instrument=bb/order&norm=aa/data-act/norm-38", 1),
        ("place=AA-1&against=BB&limit=1", 1),
        ("place=UNION", 0),
        ("q=against&formal=true", 1),
    ],
)
def test_conflicts_by_what_they_are(client, query, count):
    assert len(ids(client, f"conflicts?{query}")) == count


def test_a_conflict_says_whether_it_is_settled_and_between_which_legal_orders_it_stands(client):
    conflict = client.get("/v1/conflicts/conflict/1").json()
    assert conflict["settled"] is True and conflict["legalOrders"] == [["AA"], ["BB"]]


@pytest.mark.parametrize(
    ("query", "parameter", "nearest"),
    [
        ("place=AAA", "place", "AA"),
        ("act=Transfr", "act", "Transfer"),
        ("kind=forbidden", "kind", "compelledVersusForbidden"),
        ("instrument=bb/ordre", "instrument", "bb/order"),
        ("on=2026-02-30", "on", "2026-02-28"),
        ("on=20260131", "on", "2026-01-31"),
        ("on=2023-01-01&asOf=2023-01-02", "on", "2023-01-02"),
    ],
)
@pytest.mark.parametrize("path", ["conflicts", "conflicts/matrix"])
def test_a_question_about_conflicts_that_names_what_is_not_there_is_refused(client, path, query, parameter, nearest):
    answer = client.get(f"/v1/{path}?{query}")
    if path == "conflicts/matrix" and parameter == "place":
        assert answer.status_code == 400
        return
    assert answer.status_code == 422 and answer.headers["content-type"] == "application/problem+json"
    (error,) = answer.json()["errors"]
    assert error["pointer"] == f"/query/{parameter}" and nearest in error["nearest"]
    assert error["message"]["en"] and error["message"]["zh"]


def test_the_matrix_counts_conflicts_by_legal_orders_and_kinds(client):
    matrix = client.get("/v1/conflicts/matrix").json()
    assert matrix["pairs"] == [{"between": ["AA", "BB"], "total": 1, "kinds": {"compelledVersusForbidden": 1}}]
    assert [order["code"] for order in matrix["legalOrders"]] == ["AA", "BB"] and matrix["graph"]["version"] == comity.__version__
    assert client.get("/v1/conflicts/matrix?on=2024-01-01").json()["pairs"] == []
    assert "en" not in client.get("/v1/conflicts/matrix?lang=zh").json()["legalOrders"][0]["label"]


@pytest.mark.parametrize(
    ("path", "status", "nearest"),
    [
        ("norms?instrumnt=x", 400, "instrument"),
        ("norms?instrument=aa/data-akt", 422, "aa/data-act"),
        ("norms?kind=Prohibiton", 422, "Prohibition"),
        ("jurisdictions?body=UN2", 422, "UN1"),
        ("conflicts?norm=AA-39", 422, "AA-38"),
        ("recognitions?form=UN1", 400, "from"),
    ],
)
def test_an_unknown_filter_or_value_names_the_nearest(client, path, status, nearest):
    answer = client.get(f"/v1/{path}")
    assert answer.status_code == status
    assert nearest in answer.json()["errors"][0]["nearest"]


@pytest.mark.parametrize(
    "query",
    [
        "asOf=2026-02-30",
        "asOf=yesterday",
        "asOf=20260131",
        "limit=0",
        "limit=201",
        "offset=-1",
        "offset=18446744073709551616",
        "lang=de",
        "limit=many",
    ],
)
def test_values_that_cannot_be_are_refused(client, query):
    answer = client.get(f"/v1/norms?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_unknown_item_names_the_nearest(client):
    answer = client.get("/v1/norms/AA-37")
    assert answer.status_code == 404
    assert "AA-38" in answer.json()["nearest"]


def test_lang_keeps_one_language(client):
    assert client.get("/v1/norms/AA-38?lang=zh").json()["label"] == {"zh": "每次传输须有依据"}


def test_a_list_that_the_client_holds_is_not_sent_again(client):
    first = client.get("/v1/norms")
    assert first.headers["cache-control"].startswith("public")
    again = client.get("/v1/norms", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    assert client.get("/v1/norms?lang=en", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_lists_are_json_only(client):
    assert client.get("/v1/norms", headers={"Accept": "text/turtle"}).status_code == 406


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["coverage/AA-transfer", "coverage/BB-ai", "coverage/UN1-transfer"]),
        ("?place=AA-1&asOf=2021-01-01", ["coverage/AA-transfer"]),
        ("?place=AA-1&asOf=2020-01-15", ["coverage/AA-transfer", "coverage/UN1-transfer"]),
        ("?place=AA&asOf=2019-06-01", ["coverage/UN1-transfer"]),
        ("?place=bb", ["coverage/BB-ai", "coverage/UN1-transfer"]),
        ("?place=BB&subject=ai", ["coverage/BB-ai"]),
        ("?subject=transfer&state=none", []),
    ],
)
def test_coverage_of_a_place_is_that_of_its_wholes_and_bodies_too(client, asked, expected):
    assert ids(client, f"coverage{asked}") == expected


def test_a_statement_of_coverage_says_what_is_lacking_since_when_and_what_bears_it_out(client):
    said = client.get("/v1/coverage/coverage/AA-transfer").json()
    assert (said["place"], said["subject"], said["state"], said["from"], said["on"]) == (
        "AA",
        "transfer",
        "part",
        "2020-01-01",
        "2026-01-31",
    )
    assert said["note"]["zh"] == "缺少道路命令。" and said["instruments"] == ["aa/data-act"]


def test_an_unknown_place_or_subject_of_coverage_is_refused_with_the_nearest(client):
    assert client.get("/v1/coverage?place=AB").status_code == 422
    assert client.get("/v1/coverage?subject=transfers").json()["errors"][0]["nearest"] == ["transfer"]
