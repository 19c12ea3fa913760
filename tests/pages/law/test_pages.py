"""Every page about the law in both languages: sound to a reading aid, small, without anything from elsewhere, links that lead somewhere."""

from __future__ import annotations

import gzip
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from tests.pages.law.page_text import read_page

PAGES = [
    "/law",
    "/conflicts",
    "/conflicts?place=CN&against=US&on=2026-01-31&kind=compelledVersusForbidden",
    "/conflicts?between=CN,EU&page=2",
    "/conflicts?place=AQ",
    "/recognition",
    "/recognition?places=EU,China&place=GB&place=JP&on=2024-06-30",
    "/recognition/EU/US",
    "/recognition/EU/US?on=2012-01-01",
    "/recognition/CN/HK",
    "/recognition/RU/CN?on=2025-01-01",
    "/changes",
    "/changes?from=2024-01-01&to=2024-06-30&place=CN",
    "/changes?from=1900-01-01&to=1900-02-01",
    "/freshness",
    "/freshness?asOf=2024-02-29&place=EU",
    "/search?q=GDPR+48",
    "/queries",
    "/queries?q=treaty",
    "/queries/members-on",
    "/search?q=nothingofthesort",
    "/search?q=",
    "/id/cn/pipl",
    "/id/cn/pipl/norm-38-1-2",
    "/",
]


def in_language(path: str, lang: str) -> str:
    """The address of a page in a language."""
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound(law, path, lang):
    answer = law.get(in_language(path, lang))
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert len(gzip.compress(answer.content)) <= 100_000
    page = read_page(answer.text)
    assert page.lang == {"en": "en", "zh": "zh-Hans"}[lang]
    assert page.inline == []
    assert len(page.ids) == len(set(page.ids))
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), page.headings
    assert all(text.strip() for _, text in page.headings)
    assert [told for told in page.fields if told.get("id") not in page.labelled] == []
    assert [told for told in page.heads if told.get("scope") not in ("col", "row")] == []
    assert [told for told in page.pictures if not (told["tag"] == "img" or told.get("aria-label"))] == []


@pytest.mark.parametrize(
    "path", ["/law", "/conflicts", "/recognition?places=EU,US,CN,JP", "/recognition/EU/US", "/changes", "/freshness", "/id/cn/dsl"]
)
def test_links_lead_somewhere(law, path):
    page = read_page(law.get(path).text)
    inside = list(dict.fromkeys(link for link in page.links if link.startswith("/")))
    step = max(1, len(inside) // 60)
    for link in inside[::step]:
        answer = law.get(link, headers={"Accept": "*/*"})
        assert answer.status_code in (200, 303), link
    for anchor in (link[1:] for link in page.links if link.startswith("#")):
        assert anchor in page.ids
    assert [link for link in page.links if urlsplit(link).scheme not in ("", "http", "https")] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_page_can_be_reached_from_every_page_and_keeps_the_language(law, lang):
    links = read_page(law.get(f"/?lang={lang}").text).links
    for path in ("/law", "/conflicts", "/recognition", "/changes", "/freshness"):
        assert f"{path}?lang={lang}" in links


def test_the_other_language_asks_the_same(law):
    links = read_page(law.get("/conflicts?place=CN&kind=counterMeasure").text).links
    assert "/conflicts?place=CN&kind=counterMeasure&lang=zh" in links


@pytest.mark.parametrize(
    ("path", "status", "near"),
    [
        ("/conflicts?place=Chnia", 422, "/conflicts?place=CN"),
        ("/conflicts?kind=counterMesure", 422, "/conflicts?kind=counterMeasure"),
        ("/conflicts?plaec=CN", 400, "/conflicts?place=CN"),
        ("/conflicts?place=CN&page=99", 422, "/conflicts?place=CN&page=1"),
        ("/conflicts?place=CN&against=CN", 422, ""),
        ("/conflicts?settled=perhaps", 422, ""),
        ("/conflicts?between=CN,XX", 422, ""),
        ("/recognition?places=Japn", 422, "/recognition?places=JP"),
        ("/recognition?on=2026-13-45", 422, ""),
        ("/recognition?on=1901-01-01", 422, ""),
        ("/recognition/EU/Jappan", 422, ""),
        ("/recognition/EU/EU", 422, ""),
        ("/changes?from=2025-01-01&to=2024-01-01", 422, ""),
        ("/changes?place=Germny", 422, "/changes?place=DE"),
        ("/changes?lang=fr", 422, ""),
        ("/law?x=" + "y" * 3000, 400, ""),
        ("/conflicts?place=" + "y" * 3000, 422, ""),
    ],
)
def test_what_cannot_be_answered_is_a_page_that_says_what_would_do(law, path, status, near):
    for lang in ("en", "zh"):
        answer = law.get(path if "lang=" in path else in_language(path, lang))
        assert answer.status_code == status, answer.text[:300]
        assert answer.headers["content-type"] == "text/html; charset=utf-8" and answer.headers["cache-control"] == "no-store"
        page = read_page(answer.text)
        assert page.inline == [] and [level for level, _ in page.headings] == [1]
        assert not near or f"{near}&lang={lang}" in page.links


@pytest.mark.parametrize("name", ["place", "against", "kind", "act", "instrument", "settled", "between", "page", "on", "nameless"])
def test_hostile_input_is_text(law, name):
    hostile = "\"><script>alert(1)</script><a href='javascript:alert(1)'>"
    answer = law.get("/conflicts", params={name: hostile})
    assert answer.status_code in (400, 422)
    page = read_page(answer.text)
    assert page.inline == [] and not any(link.startswith("javascript") for link in page.links)


@pytest.mark.parametrize(
    "path", ["/recognition/%3Cscript%3E/US", "/recognition/EU/%22%3E%3Cscript%3E", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"]
)
def test_hostile_paths_are_text(law, path):
    answer = law.get(path)
    assert answer.status_code in (200, 422) and read_page(answer.text).inline == []


def test_a_page_is_not_made_again_for_who_holds_it(law):
    for path in ("/law", "/conflicts", "/recognition", "/changes", "/freshness"):
        etag = law.get(path).headers["etag"]
        assert law.get(path, headers={"If-None-Match": etag}).status_code == 304
        assert law.get(path, headers={"If-None-Match": etag, "Accept-Language": "zh"}).status_code == 200
