"""Things and words at their own addresses, in every format, in both languages."""

import pyoxigraph as ox
import pytest

NORM = "/id/aa/data-act/norm-38"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def html(client, path: str, **headers: str) -> str:
    """The page at ``path`` as a browser gets it."""
    answer = client.get(path, headers={**BROWSER, **headers})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


def test_turtle_holds_the_statements_of_the_thing(client):
    answer = client.get(NORM, headers={"Accept": "text/turtle"})
    data = ox.Store()
    data.load(answer.content, format=ox.RdfFormat.TURTLE)
    assert bool(
        data.query(
            "PREFIX c: <https://w3id.org/comity/ns#> ASK { <https://w3id.org/comity/id/aa/data-act/norm-38> c:appliesWhen c:AaTransfer }"
        )
    )


def test_turtle_and_json_ld_of_a_class_are_the_same_graph(client):
    graphs = []
    for accept, form in (("text/turtle", ox.RdfFormat.TURTLE), ("application/ld+json", ox.RdfFormat.JSON_LD)):
        data = ox.Dataset(ox.parse(client.get("/ns/AaTransfer", headers={"Accept": accept}).content, format=form))
        data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        graphs.append({str(quad) for quad in data})
    assert graphs[0] == graphs[1] and len(graphs[0]) > 30


def test_the_whole_class_expression_survives(client, dataset):
    """What is served for a class is what the dataset holds for it, anonymous nodes and lists included."""
    served = ox.Dataset(ox.parse(client.get("/ns/AaTransfer?format=ttl").content, format=ox.RdfFormat.TURTLE))
    store = ox.Store()
    store.load(path=str(dataset / "dataset.nq"), format=ox.RdfFormat.N_QUADS)
    found, open_nodes = set(), [ox.NamedNode("https://w3id.org/comity/ns#AaTransfer")]
    while open_nodes:
        for quad in store.quads_for_pattern(open_nodes.pop(), None, None, None):
            found.add(quad.triple)
            if isinstance(quad.object, ox.BlankNode):
                open_nodes.append(quad.object)
    expected = ox.Dataset(ox.Quad(*triple) for triple in found)
    for data in (served, expected):
        data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert {str(quad) for quad in served} == {str(quad) for quad in expected}


def test_the_page_of_a_conflict_leads_to_its_witness_and_that_page_shows_the_flow(client):
    assert '<a href="/id/scenario/aa/act/a-ship-sails">A ship sails</a>' in html(client, "/id/conflict/1")
    page = html(client, "/id/scenario/aa/act/a-ship-sails")
    assert "{\n  &#34;act&#34;: &#34;disclosure&#34;," in page and 'href="/id/conflict/1"' in page
    for form, parse in (("ttl", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)):
        data = client.get(f"/id/scenario/aa/act/a-ship-sails?format={form}").content
        (flow,) = [q.object for q in ox.parse(data, format=parse) if q.predicate.value.endswith("#flowDescription")]
        assert flow.value == '{"act": "disclosure", "asOf": "2023-01-01", "to": "BB"}'


def test_the_format_parameter_wins_over_the_header(client):
    assert client.get(f"{NORM}?format=jsonld", headers=BROWSER).headers["content-type"] == "application/ld+json"
    assert client.get(f"{NORM}?format=pdf").status_code == 422
    assert client.get(NORM, headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            (
                "What the one wants the other forbids.",
                "How hard it is: curable.",
                "AA art. 38 obliges the exporter",
                "BB order forbids it",
                "A treaty request</strong> — channel between States; by the one who is asked; within 14 days, counted from: service",
                "Fine of up to ten",
                "Why both cannot be followed",
            ),
        ),
        (
            "zh",
            (
                "一法所求为另一法所禁。",
                "严重程度：可化解。",
                "甲法第38条要求提供方",
                "国家间渠道；由被要求方采取；自送达起14日内",
                "罚款十元以下",
            ),
        ),
    ],
)
def test_the_page_of_a_conflict_tells_both_sides_why_they_collide_and_the_ways_out(client, lang, told):
    page = html(client, f"/id/conflict/1?lang={lang}")
    assert [words for words in told if words not in page] == []


def test_the_page_of_a_norm_shows_what_a_reader_needs(client):
    page = html(client, f"{NORM}?lang=en")
    for text in (
        "Who sends data abroad needs a ground.",
        "AA-38",
        "Data Act art. 38",
        "Household exemption",
        "Small print.",
        "a contract in effect",
    ):
        assert text in page, text
    assert 'href="/ns/AaTransfer?lang=en"' in page


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ("restricts", "ban on transfer", "local facilities")), ("zh", ("所设限制", "禁止传输", "本地设施"))]
)
def test_the_page_of_a_norm_says_what_it_restricts(client, lang, words):
    page = html(client, f"/id/bb/order/norm-1?lang={lang}")
    assert [word for word in words if word not in page] == []


def test_the_page_of_an_instrument_lists_its_norms_and_provisions(client):
    page = html(client, "/id/aa/data-act?lang=en")
    assert "Household exemption" in page and "A ground for" in page
    assert page.index("Data Act art. 9") < page.index("Data Act art. 38")


def test_exceptions_are_shown_both_ways(client):
    page = html(client, f"{NORM}?lang=en")
    assert "Household exemption" in section(page, "What lifts it") and "Data Act art. 9" in section(page, "What lifts it")
    assert "No sending out" in section(page, "What it lifts"), "c:yieldsTo on the other norm is the same arrow"
    assert "A ground for" in section(html(client, "/id/aa/data-act/norm-9?lang=en"), "What it lifts")
    assert "exception to" not in page and "Exceptions that defeat it" not in page, "told once"


def test_the_expression_reads_like_manchester_syntax(client):
    text = _plain(html(client, "/ns/AaTransfer?lang=en"))
    for line in (
        "DataFlow",
        "and exporter some (establishedIn value AA)",
        "and act some {disclosure, access}",
        "and not AaHousehold",
        "and dataItems some (persons some integer[>= 100, < 1000])",
    ):
        assert line in text, text


def test_a_demand_reads_like_an_expression(client):
    text = _plain(html(client, "/ns/AaOther?lang=en"))
    for line in (
        "status some {disclosure, access}",
        "not (grounds some {access})",
        "persons some (< 100)",
        "no demand",
        "not HealthData",
    ):
        assert line in text, text
    ways = _plain(html(client, "/ns/AaTransferDemand?lang=en"))
    assert "grounds some (ground value ground-standardContract" in ways and "consents stated" in ways


def section(page: str, heading: str) -> str:
    """The text of the section of ``page`` below ``heading``."""
    return _plain(page.partition(f"<h2>{heading}</h2>")[2].partition("</section>")[0])


def test_the_page_of_a_norm_tells_the_demand_in_words_and_as_shacl(client):
    demand = section(html(client, f"{NORM}?lang=en"), "What it demands")
    assert "Any one of these ways meets it" in demand and "a contract in effect" in demand
    assert "consents stated" in demand and "c:AaTransferDemand\n    a sh:NodeShape ;\n    sh:or (" in demand
    assert "已生效的合同" in section(html(client, f"{NORM}?lang=zh"), "要求")


def test_the_page_of_a_norm_unfolds_the_names_of_its_situation(client):
    page = section(html(client, f"{NORM}?lang=en"), "When it applies")
    assert "AaHousehold — household flow" in page and "householdActivity value true" in page


def test_the_page_of_a_norm_tells_open_questions_sanctions_provenance_and_witnesses(client):
    page = html(client, f"{NORM}?lang=en")
    questions = section(page, "Open questions")
    for text in ("Does a copy count as a transfer?", "held by: The registrar", "expressed by", "AA-38"):
        assert text in questions, text
    assert "Fine of up to ten" in section(page, "Sanctions")
    assert "A treaty request" in section(page, "What the law offers to reconcile it with another law")
    provenance = section(page, "Reading and provenance")
    assert "Small print." in provenance and "Data Act of Aland" in provenance
    assert "seen through" in provenance, "a property that the service does not know is shown by its label"
    assert "A ship sails" in section(page, "Scenarios that show a conflict of it")
    for text in ("未决问题", "复制是否构成传输？", "法律责任", "解读与出处"):
        assert text in html(client, f"{NORM}?lang=zh"), text


def test_the_page_of_a_class_tells_who_uses_it(client):
    page = section(html(client, "/ns/AaHousehold?lang=en"), "Where it is named")
    assert "Classes in whose definition it stands" in page and "transfer out of Aland" in page
    assert "AA-38" not in page
    assert "A ground for" in section(html(client, "/ns/AaContract?lang=en"), "Where it is named"), "inside the demand of a norm"


def _plain(page: str) -> str:
    import html as entities
    import re

    return entities.unescape(re.sub(r"<[^>]+>", "", page))


def test_labels_are_escaped(client):
    page = html(client, NORM)
    assert "A ground for &lt;every&gt; transfer" in page
    assert "<every>" not in page


def test_an_address_that_is_no_web_page_is_never_a_link(client):
    assert 'href="javascript' not in html(client, "/id/aa/data-act/art-38")
    assert 'href="https://law.example/aa#9"' in html(client, "/id/aa/data-act/art-9")


@pytest.mark.parametrize(
    ("path", "header", "lang"),
    [
        (NORM, "zh-CN,zh;q=0.9,en;q=0.5", "zh-Hans"),
        (NORM, "en-GB", "en"),
        (f"{NORM}?lang=zh", "en", "zh-Hans"),
        (NORM, "fr", "en"),
        (NORM, "en;q=0.1, zh;q=0.2", "zh-Hans"),
    ],
)
def test_the_language_is_the_readers(client, path, header, lang):
    assert f'<html lang="{lang}">' in html(client, path, **{"Accept-Language": header})


def test_links_keep_a_language_that_was_asked_for(client):
    assert "?lang=zh" in html(client, f"{NORM}?lang=zh").split("<main", 1)[1]


def test_a_page_allows_no_outside_request(client):
    answer = client.get(NORM, headers=BROWSER)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert 'src="http' not in answer.text and '<link rel="stylesheet" href="http' not in answer.text


def test_an_unknown_thing_names_the_nearest(client):
    answer = client.get("/id/aa/data-act/norm-37", headers={"Accept": "text/turtle"})
    assert answer.status_code == 404
    assert "aa/data-act/norm-38" in answer.json()["nearest"]
    page = client.get("/id/aa/data-act/norm-37", headers=BROWSER)
    assert page.status_code == 404 and "/id/aa/data-act/norm-38" in page.text


@pytest.mark.parametrize("key", ["<script>alert(1)</script>", "a b", "x" * 5000, "%22%3E%3Cimg", "../../etc/passwd", "", "a\\b", "{x}"])
def test_a_key_that_nothing_can_have_is_a_404(client, key):
    answer = client.get(f"/id/{key}", headers=BROWSER)
    assert answer.status_code == 404
    assert "<script>" not in answer.text and "<img" not in answer.text.replace('<img src="/static/comity.svg"', "")


@pytest.mark.parametrize("path", ["/ns/%5B", "/ns/%25", "/ns/%5E", "/id/%C2%85", "/id/%FF%FE", "/id/%ED%A0%80", "/id/%00", "/id/a%0Ab"])
def test_an_address_that_no_iri_can_have_is_a_404(client, path):
    for header in (BROWSER, {"Accept": "text/turtle"}):
        assert client.get(path, headers=header).status_code == 404


def test_the_vocabulary_has_every_word_at_its_anchor(client):
    page = html(client, "/ns?lang=zh")
    assert 'id="AaTransfer"' in page and "健康数据" in page
    whole = client.get("/ns", headers={"Accept": "text/turtle"})
    assert b"c:AaTransfer\n" in whole.content


def test_search_finds_by_label_and_goes_to_an_exact_name(client):
    assert "/id/place/AA" in html(client, "/search?q=aland")
    assert "/id/aa/data-act/norm-9" in html(client, "/search?q=家庭活动")
    answer = client.get("/search?q=AA-38")
    assert answer.status_code == 303 and answer.headers["location"] == NORM
    assert "&lt;b&gt;" in html(client, "/search?q=<b>")


def test_equal_requests_get_equal_bytes(client):
    for path in (NORM, "/ns/AaTransfer", "/ns"):
        for accept in ("text/turtle", "application/ld+json", "text/html"):
            first, second = (client.get(path, headers={"Accept": accept}).content for _ in range(2))
            assert first == second


def test_the_page_says_how_far_a_norm_was_verified(client):
    page = html(client, NORM)
    assert "Read in a copy of the official text, on 2026-01-31. What is not verified: the dates" in page
    assert '<a class="outside" href="https://example.org/data-act" rel="noreferrer noopener">Data Act of Aland, text of 2019</a>' in page
    assert 'href="https://example.org/copy"' in page and ">read in a secondary source</a>" in page
    assert "已于 2026-01-31 据官方文本的副本核对。未核实部分：日期" in html(client, f"{NORM}?lang=zh")
    assert "Not verified against a text." in html(client, "/id/bb/order/norm-1")
    assert "未与任何文本核对。" in html(client, "/id/bb/order/norm-1?lang=zh")
    assert "How far it was verified" not in html(client, "/id/conflict/1")
