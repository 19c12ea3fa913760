"""What the pages say agrees with what they are made from: numbers with lists, tables with pairs, days with days, changes with the query."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

import pyoxigraph as ox
import pytest

from comity.check.dataset import program_of
from comity.manifest import read_dataset
from comity.recognition.service import Recognitions
from tests.pages.law.page_text import read_page


@pytest.fixture(scope="module")
def recognitions(law_dataset) -> Recognitions:
    """The recognition service itself."""
    return Recognitions(program_of(read_dataset(law_dataset, "program.json")[1]["program.json"], law_dataset))


_CELL = re.compile(r'<td><a href="([^"]+)#list" aria-label="[^"]*">(\d+)</a></td>')


def everything(law, path: str, **asked: str) -> list[dict]:
    """All items of a list, page after page."""
    items: list[dict] = []
    while True:
        page = law.get(path, params={**asked, "offset": len(items)}, headers={"Accept": "application/json"}).json()
        items += page["items"]
        if len(items) >= page["total"]:
            return items


@pytest.mark.parametrize("path", ["/conflicts", "/conflicts?place=EU&on=2025-06-30", "/conflicts?formal=true&kind=counterMeasure"])
def test_a_number_of_the_matrix_is_the_length_of_the_list_to_which_it_leads(law, path):
    cells = _CELL.findall(law.get(path).text)
    assert cells
    for href, number in cells[:: max(1, len(cells) // 25)]:
        heading = next(
            text
            for level, text in read_page(law.get(href.replace("&amp;", "&")).text).headings
            if "onflict" in text and level == 2 and text[0].isdigit()
        )
        assert heading.split()[0] == number, href


def test_the_page_lists_what_the_api_lists(law):
    asked = {"place": "US", "against": "CN", "on": "2026-01-31", "settled": "true"}
    listed = everything(law, "/v1/conflicts", **asked)
    found: list[str] = []
    for page in range(1, 1 + -(-len(listed) // 25)):
        links = read_page(law.get("/conflicts", params={**asked, "page": page}).text).links
        found += [link.removeprefix("/id/") for link in links if link.startswith("/id/conflict/")]
    assert sorted(found) == sorted(item["id"] for item in listed)


def test_each_conflict_has_a_sentence_with_both_sides(law):
    text = law.get("/conflicts?place=US&against=CN").text
    assert text.count("against it, ") == text.count('href="/id/conflict/')
    assert law.get("/conflicts?place=US&against=CN&lang=zh").text.count("与之相对") == text.count("against it, ")


def test_the_table_says_of_a_pair_what_its_page_says(law):
    table = law.get("/recognition?places=EU,GB,JP,US,CN&on=2026-01-31").text
    cells = re.findall(r'<td class="[^"]*"><a href="(/recognition/[^"]+)" title="([^"]+)"', table)
    assert len(cells) == 20
    for href, says in cells:
        page = law.get(href).text
        state = says.split("; ")[0]
        first = page.split("<h2>", 3)[2]
        assert state.split(":")[0] in first, (href, says)


def test_recognition_one_way_is_marked_and_told(law):
    text = law.get("/recognition?places=EU,US,JP&on=2026-01-31").text
    assert 'class="yes asym"' in text and "European Union recognises United States; in return:" in text
    assert "European Union recognises Japan; in return" not in text


def test_a_pair_page_shows_rows_instruments_pictures_and_days(law):
    text = law.get("/recognition/EU/US?on=2018-01-01").text
    assert "/id/recognition/REC-016" in text and "/id/eu/" in text
    assert '<svg class="picture"' in text and text.count("<text") > 4
    days = re.findall(r'href="(/recognition/EU/US\?on=[0-9-]+)#time"( aria-current="true")?', text)
    assert ("/recognition/EU/US?on=2016-07-12", ' aria-current="true"') in days
    assert "Ended, signed or announced" in text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("EU", "US"),
        ("EU", "GB"),
        ("GB", "JP"),
        ("CN", "HK"),
        ("RU", "IN"),
        ("CO", "AR"),
        ("CO", "JP"),
        ("IL", "KR"),
        ("EEA", "US"),
        ("CA", "FR"),
        ("JE", "NZ"),
        ("DE", "CH"),
    ],
)
def test_between_two_days_of_the_line_nothing_changes_and_on_each_something_does(recognitions, one, other):

    def state(day: datetime.date) -> tuple[object, ...]:
        found = recognitions.pair(one, other, day)
        rows = [
            frozenset(row["id"] for key in ("recognitions", "ofParts") for row in found[way].get(key, ()))
            | {row["id"] for row in found[way]["certificates"] if row["recipientsPlaceTakesPart"]}
            for way in ("forward", "backward")
        ]
        ways = (found["forward"]["state"], found["backward"]["state"])
        return *("" if way in ("not-recognised", "not-held") else way for way in ways), *rows

    days = [datetime.date.fromisoformat(change["on"]) for change in recognitions.history(one, other, datetime.date(2026, 1, 31))]
    first, step = recognitions.first_day, datetime.timedelta(days=1)
    assert all(state(day) != state(day - step) for day in days if day > first)
    probes = [first + datetime.timedelta(days=97 * number) for number in range(120)]
    for before, after in pairwise(probes):
        if not any(before < day <= after for day in days):
            assert state(before) == state(after), (before, after)


@pytest.mark.parametrize(
    ("place", "start", "end"), [("CN", "2024-03-01", "2024-06-30"), ("US", "2025-04-01", "2025-04-30"), ("EU", "2019-12-31", "2020-12-31")]
)
def test_norms_that_change_are_those_of_the_query(law, root, law_dataset, place, start, end):
    text = (root / "queries" / "competency" / "changed-between.rq").read_text("utf-8")
    step = datetime.timedelta(days=1)
    bounds = {name: (datetime.date.fromisoformat(day) + step).isoformat() for name, day in (("from", start), ("until", end))}
    store = ox.Store()
    store.bulk_load(path=str(law_dataset / "dataset.nq"), format=ox.RdfFormat.N_QUADS)
    date = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
    bound = {ox.Variable("place"): ox.Literal(place)} | {ox.Variable(name): ox.Literal(day, datatype=date) for name, day in bounds.items()}
    rows = {row["norm"].value for row in store.query(text, use_default_graph_as_union=True, substitutions=bound)}
    told = set(re.findall(r'<span class="identifier">([^<]+)</span>', law.get(f"/changes?from={start}&to={end}&place={place}").text))
    assert rows and rows <= told


def test_changes_name_the_conflicts_that_come(law):
    text = law.get("/changes?from=2023-01-01&to=2024-01-01").text
    assert "New on 2024-01-01" in text and "/id/conflict/" in text


def test_the_law_is_listed_under_official_titles_with_its_coverage(law):
    text = law.get("/law?lang=zh").text
    assert "中华人民共和国个人信息保护法" in text and 'lang="en"' in text
    assert 'href="/id/coverage/CN-transfer?lang=zh"' in text
    ids = {item["id"] for item in everything(law, "/v1/instruments")}
    assert {link.removeprefix("/id/").removesuffix("?lang=zh") for link in read_page(text).links} >= ids


def test_an_instrument_lists_each_provision_with_its_norms(law):
    text = law.get("/id/cn/pipl").text
    assert "Provisions, and what each states" in text
    assert text.index("/id/cn/pipl/art-40") < text.index("PIPL-41<") < text.index("/id/cn/pipl/art-42")


def test_a_norm_tells_its_history(law):
    text = law.get("/id/cn/csl/norm-39-1").text
    old, new = (
        text.index("earlier version: in force from 2017-06-01 until 2026-01-01"),
        text.index("this version: in force since 2026-01-01"),
    )
    assert old < new and "/id/cn/csl-2016/norm-37-old" in text
    assert "later version" in law.get("/id/cn/csl-2016/norm-37-old").text
