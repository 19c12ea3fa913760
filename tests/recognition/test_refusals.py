"""Questions that cannot be answered are refused in both languages, with the part that is wrong and what would do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from comity.recognition.service import MOST_PLACES, Recognitions
from comity.recognition.sides import Fault, RecognitionError
from tests.recognition.world import DAY, row, tiny_program, treaty, world

SERVICE = world(
    row("A", "XX", "YY"),
    row("U", "UNION", "WW", **{"from": "2021-05"}),
    memberships=[["CLUB", "XX", "2020-01-01", None], ["CLUB", "ZZ", "2020-01-01", None]],
)


def refused(ask: Callable[..., Any], *asked: Any) -> list[Fault]:
    """Return the faults of a question, each told in either language."""
    with pytest.raises(RecognitionError) as told:
        ask(*asked)
    for fault in told.value.faults:
        assert fault.en.endswith(".") and fault.zh.endswith("。"), fault
        assert not re.search("[一-鿿]", fault.en.replace("〔", "")) and re.search("[一-鿿]", fault.zh), fault
    assert str(told.value) == "; ".join(fault.en for fault in told.value.faults)
    return told.value.faults


@pytest.mark.parametrize(("name", "near"), [("Xlnd", ["XX"]), ("WWW", ["WW"]), ("Zlend", ["ZZ"]), ("qqqqqqqq", [])])
def test_an_unknown_place_is_refused_with_the_nearest(name, near):
    (fault,) = refused(SERVICE.pair, name, "YY", DAY)
    assert (fault.field, fault.nearest[: len(near)]) == ("one", near)
    assert repr(name) in fault.en and f"“{name}”" in fault.zh
    assert bool(near) == ("Nearest:" in fault.en) == ("最接近的：" in fault.zh)


def test_a_name_without_end_is_not_said_again_in_full():
    (fault,) = refused(SERVICE.pair, "x" * 10_000, "YY", DAY)
    assert len(fault.en) < 300 and fault.nearest == []


def test_names_codes_and_spaces_around_them_are_understood_in_any_case():
    for name in ("xx", " XX ", "XLAND", "〔Xland〕"):
        assert SERVICE.pair(name, "YY", DAY)["from"]["code"] == "XX"


def test_every_fault_of_a_question_is_told_under_the_name_that_the_question_gives_to_the_part():
    asked = "nowhere", "nobody", DAY
    fields = {ask.__name__: [fault.field for fault in refused(ask, *asked)] for ask in (SERVICE.pair, SERVICE.ways, SERVICE.owed)}
    assert fields == {"pair": ["one", "other"], "ways": ["from", "to"], "owed": ["by", "towards"]}
    assert [fault.field for fault in refused(SERVICE.matrix, ["nowhere", "XX", "nobody"], DAY)] == ["places", "places"]
    assert [fault.field for fault in refused(SERVICE.changes, DAY, DAY, ["nowhere"])] == ["places"]


def test_a_body_without_law_of_its_own_is_refused_with_what_it_is_and_its_members():
    (fault,) = refused(SERVICE.pair, "XX", "CLUB", DAY)
    assert (fault.field, fault.nearest) == ("other", ["XX", "ZZ"])
    assert "This is CLUB." in fault.en and "Its members on the day: XX, ZZ." in fault.en
    assert "此为CLUB。当日成员：XX、ZZ。" in fault.zh


def test_a_body_without_law_and_without_members_on_the_day_is_refused_all_the_same():
    (fault,) = refused(SERVICE.owed, "SEAL", "XX", DAY)
    assert fault.nearest == [] and "members on the day" not in fault.en and "当日成员" not in fault.zh


def test_of_many_members_some_are_named_and_the_others_counted():
    codes = [f"P{number:02}" for number in range(20)]
    data = tiny_program(row("A", "XX", "YY"), memberships=[["CLUB", code, "2020-01-01", None] for code in codes])
    data["places"] |= {code: {"partOf": None} for code in codes}
    (fault,) = refused(Recognitions(data).pair, "XX", "CLUB", DAY)
    assert "P10, P11 and 8 more." in fault.en and "等 20 个。" in fault.zh


@pytest.mark.parametrize(("one", "other"), [("XX", "XX"), ("XX", "Xland"), ("〔Xland〕", "xx")])
def test_a_place_is_not_asked_about_itself_by_whatever_name(one, other):
    for ask, field in ((SERVICE.pair, "other"), (SERVICE.ways, "to"), (SERVICE.owed, "towards")):
        (fault,) = refused(ask, one, other, DAY)
        assert fault.field == field and one in fault.en and other in fault.zh


def test_a_day_before_the_first_recognition_is_refused_with_that_day():
    early = date(2021, 4, 30)
    for ask, asked in ((SERVICE.pair, ("XX", "YY")), (SERVICE.ways, ("XX", "YY")), (SERVICE.matrix, (["XX"],))):
        (fault,) = refused(ask, *asked, early)
        assert (fault.field, fault.nearest) == ("asOf", ["2021-05-01"]) and "2021-04-30" in fault.en
    assert SERVICE.pair("XX", "YY", date(2021, 5, 1))["mutual"] == "none"
    assert world().pair("XX", "YY", date(1900, 1, 1))["mutual"] == "none", "a graph without recognitions has no first day"


def test_a_day_before_the_first_treaty_is_refused_where_commitments_are_asked():
    service = world(row("A", "XX", "YY"), treaties={"pact": treaty(parties=["XX", "YY"])})
    (fault,) = refused(service.owed, "XX", "YY", date(2021, 12, 31))
    assert (fault.field, fault.nearest) == ("asOf", ["2022-01-01"]) and "the first treaty" in fault.en
    assert service.owed("XX", "YY", date(2022, 1, 1))["commitments"] == []


def test_an_end_before_its_start_is_refused():
    (fault,) = refused(SERVICE.changes, date(2025, 1, 2), date(2025, 1, 1))
    assert fault.field == "until" and "2025-01-01 is before from 2025-01-02" in fault.en


def test_a_matrix_of_too_many_places_is_refused_with_their_number():
    (fault,) = refused(SERVICE.matrix, ["XX"] * (MOST_PLACES + 1), DAY)
    assert fault.field == "places" and f"{MOST_PLACES + 1} places are asked for; a matrix has at most {MOST_PLACES}." in fault.en
    assert SERVICE.matrix(["XX"] * MOST_PLACES, DAY)["cells"] == []
