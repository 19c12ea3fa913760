"""The parts of which the pages about the law are made, each with the least that it needs."""

from __future__ import annotations

import datetime

import pytest

from comity.web.conflict_list import by_kinds, by_orders, is_between
from comity.web.law_changes import changes_by_day, norm_events
from comity.web.law_index import law_by_place
from comity.web.law_words import LAW_WORDS
from comity.web.links import Links
from comity.web.path_picture import chain, pair
from comity.web.words import WORDS

LINKS = Links("", "/page", {"kind": "a&b", "page": "3"}, "zh")
KIND = {"code": "clash", "label": {"en": "clash", "zh": "冲突"}}


def conflict(one: list[str], other: list[str]) -> dict:
    """A conflict between legal orders."""
    return {"kind": KIND, "sides": [{"legalOrders": one}, {"legalOrders": other}]}


def test_links_keep_the_question_and_the_language():
    assert LINKS.again(page=None) == "/page?kind=a%26b&lang=zh"
    assert LINKS.again(on="2026-01-31", page="4") == "/page?kind=a%26b&page=4&on=2026-01-31&lang=zh"
    assert (
        Links("/below", "/a b", {}).to("/x y", q="é") == "/below/x%20y?q=%C3%A9"
        and Links("", "/a b", {"path": "1"}).again() == "/a%20b?path=1"
    )


def test_each_two_legal_orders_are_counted_once_and_those_of_one_side_never():
    found = [conflict(["AA", "BB"], ["CC"]), conflict(["CC"], ["AA"])]
    labels = {code: code for code in ("AA", "BB", "CC")}
    table = by_orders(found, labels, LINKS, "en")
    numbers = {
        (row, column): cell.number for row, _, cells in table.rows for (column, _), cell in zip(table.columns, cells, strict=True) if cell
    }
    assert numbers == {("AA", "CC"): 2, ("CC", "AA"): 2, ("BB", "CC"): 1, ("CC", "BB"): 1}
    assert [[cell.number for cell in cells if cell] for _, _, cells in by_kinds(found, labels, LINKS, "en").rows] == [
        [2, 2],
        [1, 1],
        [2, 2],
    ]
    assert [is_between(found[0], orders) for orders in ([], ["BB"], ["AA", "BB"], ["CC", "BB"], ["DD"])] == [True, True, False, True, False]


@pytest.mark.parametrize(
    "name", ["A place", "A place with a name that is far too long for any box in the picture", "有一个非常非常非常非常长的名称的地方"]
)
def test_names_in_a_picture_fit_their_boxes(name):
    shown = pair((name, "B"), ("yes", True), ("no", False), "A to B")
    assert shown.boxes[0].whole == name and len(shown.boxes[0].text) <= 34
    assert [arrow.broken for arrow in shown.arrows] == [False, True]
    assert len(chain(["A", "B", "C"], ["x", "y"], "A to C").arrows) == 2


def test_changes_are_those_after_the_first_day_and_up_to_the_last():
    days = ("2024-01-01", "2024-01-02", "2024-02", "2024-03-01", None)
    norms = [{"id": f"n{at}", "label": {"en": "n"}, "instrument": "law", "from": day, "until": None} for at, day in enumerate(days)]
    start, end = datetime.date(2024, 1, 1), datetime.date(2024, 2, 29)
    events = [*norm_events(norms, start, end, lambda norm, day: True)]
    assert [(on, event) for on, event, _ in events] == [("2024-01-02", "begins"), ("2024-02", "begins")]
    shown = changes_by_day(events, [], {"law": {"label": {"en": "Law"}}}, datetime.date(2024, 1, 15), LINKS, "en")
    assert [(day.on, day.to_come, day.groups[0].heading) for day in shown] == [("2024-01-02", False, "Law"), ("2024-02", True, "Law")]


def test_the_law_of_several_stands_by_itself_and_last():
    places = [{"id": "place/AA", "code": "AA", "label": {"en": "Aland", "zh": "甲国"}}]
    laws = [
        {"id": "aa/act", "label": {"en": "Act", "zh": "法"}, "title": {"zh": "甲国法"}, "jurisdiction": ["AA"], "from": "2020"},
        {"id": "treaty/pact", "label": {"en": "Pact", "zh": "条约"}, "jurisdiction": ["AA", "BB"]},
    ]
    said = [{"id": "coverage/AA", "label": {"en": "Aland: transfer", "zh": "甲国：传输"}, "place": "AA", "state": "part"}]
    first, last = law_by_place(laws, places, said, LINKS, "en")
    assert (first.code, first.coverage[0].state, first.instruments[0].title, first.instruments[0].title_lang) == (
        "AA",
        "in part",
        "甲国法",
        "zh-Hans",
    )
    assert (last.code, last.instruments[0].title, last.instruments[0].label) == ("", "Pact", "")


def test_every_word_is_there_in_both_languages():
    assert all(texts.keys() == {"en", "zh"} and all(texts.values()) for texts in LAW_WORDS.values())
    assert set(LAW_WORDS) <= set(WORDS)
