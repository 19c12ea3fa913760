"""The service and the competency queries, which share no code, say the same of the law as it stands; where they may differ is said here.

``destination-recognised`` knows rows that name a place, or a body to which it belongs. The service knows three things more: a part
of a place is recognised with its whole; a row may follow the decisions of another (``c:recognisedThrough``); and a body is recognised
by a row that reaches every member, or by several that do so together. These three are added to the rows of the query below, and then
both agree.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import XSD

from comity.check.dataset import read_program
from comity.paths import source_root
from comity.queries.local import LocalDataset
from comity.queries.named import find_query
from comity.recognition.service import Recognitions
from comity.recognition.sides import RecognitionError, Side
from comity.recognition.treaties import Treaties
from tests.recognition.world import treaty

SIDES = (
    *("EU", "FR", "DE", "IE", "GB", "CH", "JP", "KR", "CN", "HK", "MO", "IL", "AR", "UY", "NZ", "AU", "CA", "CA-QC", "US", "US-CA"),
    *("SG", "MY", "TH", "IN", "BR", "MX", "CO", "CL", "PE", "AE", "AE-DIFC", "AE-ADGM", "SA", "TR", "RS", "UA", "GG", "JE", "IM"),
    *("BM", "ZA", "KE", "NG", "NO", "IS", "AD", "FO", "VN"),
)
DAYS = ("2012-06-01", "2018-05-25", "2020-12-31", "2023-08-15", "2025-02-01", "2026-11-01")
Pair = tuple[str, str]


@pytest.fixture(scope="module")
def dataset(built: Path) -> LocalDataset:
    """The dataset of the sources as they stand."""
    return LocalDataset(built)


@pytest.fixture(scope="module")
def service(built: Path) -> Recognitions:
    """The recognition service over the same dataset."""
    return Recognitions(read_program(built))


def literal(day: str) -> ox.Literal:
    return ox.Literal(day, datatype=ox.NamedNode(str(XSD.date)))


def sides_on(service: Recognitions, day: date) -> list[Side]:
    found = []
    for code in SIDES:
        try:
            found.append(service.gazetteer.side(code, day, "places"))
        except RecognitionError:  # pragma: no cover - a body that has lost its law
            raise AssertionError(f"{code} is no side any more") from None
    return found


class Queried:
    """The rows of the query on a day, and what follows from them by parts, by following another, and by members."""

    def __init__(self, dataset: LocalDataset, service: Recognitions, day: str) -> None:
        self.rows: dict[Pair, set[str]] = {}
        for row in dataset.select(find_query("destination-recognised", source_root()), {"day": literal(day)}):
            self.rows.setdefault((row["from"], row["to"]), set()).add(row["id"])
        self._service, self._day = service, date.fromisoformat(day)
        self._part_of = service.gazetteer.territories.part_of
        self._following = [
            row
            for row in service.text["rows"]
            if row["through"] and (row["from"] or "") <= day and (row["until"] is None or day < row["until"])
        ]

    def ids(self, one: Side, other: Side) -> set[str]:
        found = self._whole(one, other.code)
        if not other.is_body:
            return found
        each = [self._whole(one, member) for member in other.places]
        found |= set.intersection(*each)
        return found or (set().union(*each) if all(each) else set())

    def _whole(self, one: Side, other: str) -> set[str]:
        found: set[str] = set()
        for place in self._and_wholes(other):
            for maker in self._makers(one):
                found |= self.rows.get((maker, place), set())
                for row in self._following:
                    if row["by"] == maker and self.rows.get((row["through"], place)) and not one.within(self._members(row["through"])):
                        found.add(row["id"])
        return found

    def _makers(self, one: Side) -> list[str]:
        """Return a side, and the bodies in which it lies whole: the query knows the bodies of a place, not those of a body."""
        bodies = {row["by"] for row in self._service.text["rows"]} & set(self._service.text["bodies"])
        return [one.code, *(body for body in bodies if body != one.code and one.within(self._members(body)))]

    def _members(self, body: str) -> frozenset[str]:
        return self._service.gazetteer.members(body, self._day)

    def _and_wholes(self, code: str | None) -> list[str]:
        found = []
        while code is not None:
            found.append(code)
            code = self._part_of.get(code)
        return found


@pytest.mark.parametrize("day", DAYS)
def test_the_service_recognises_whom_the_query_does(dataset, service, day):
    queried, today = Queried(dataset, service, day), service.on(date.fromisoformat(day))
    sides = sides_on(service, date.fromisoformat(day))
    differ = {}
    for one in sides:
        for other in sides:
            if one.code != other.code:
                here, there = {each.row["id"] for each in today.opening(one, other)}, queried.ids(one, other)
                if here != there:
                    differ[one.code, other.code] = (sorted(here - there), sorted(there - here))
    assert differ == {}
    assert len(queried.rows) > 100, "the comparison is empty"


@pytest.mark.parametrize("day", ("2019-01-01", "2022-03-01", "2024-12-24", "2026-11-01"))
@pytest.mark.parametrize("body", ("RCEP", "CPTPP", "DEPA", "USMCA", "ASEAN"))
def test_a_treaty_of_the_members_of_a_body_is_in_force_between_whom_the_query_says(dataset, service, body, day):
    asked = date.fromisoformat(day)
    if body not in service.text["bodies"]:
        pytest.skip("the graph has no such body")
    treaties = Treaties({**service.text, "treaties": {"pact": treaty(partiesOf=body, **{"from": None})}}, service.gazetteer)
    query = find_query("in-force-between", source_root())
    told = {(row["one"], row["other"]): row["since"] for row in dataset.select(query, {"body": ox.Literal(body), "day": literal(day)})}
    told = {pair: since for pair, since in told.items() if pair[0] != pair[1]}  # the query pairs a member with itself
    codes = sorted({member for member, _ in service.gazetteer.territories.rows[body]})
    sides = [service.gazetteer.side(code, asked, "places") for code in codes]
    found = {
        (one.code, other.code): between.since
        for one in sides
        for other in sides
        if one.code != other.code
        for between in treaties.between(one, other, asked)
        if between.in_force
    }
    assert found == told
    assert found or asked.year < 2026, "the comparison is empty"


@pytest.mark.parametrize("day", DAYS)
def test_every_place_can_be_asked_with_any_other_on_any_day(service, day):
    """Each place, and each body with law, with a dozen others: there is an answer, and the pair turned round says the same."""
    asked = date.fromisoformat(day)
    codes = [code for code in sorted(service.gazetteer.labels) if _is_side(service, code, asked)]
    for number, one in enumerate(codes):
        for other in codes[number % 29 :: 29]:
            if one == other:
                continue
            found, turned = service.pair(one, other, asked), service.pair(other, one, asked)
            assert (found["forward"], found["backward"]) == (turned["backward"], turned["forward"]), (one, other)
            assert (found["mutual"], len(found["treaties"])) == (turned["mutual"], len(turned["treaties"])), (one, other)
            assert service.owed(one, other, asked)["by"]["code"] == one


def _is_side(service: Recognitions, code: str, day: date) -> bool:
    """Say whether a code can be asked; all that cannot are bodies without law of their own."""
    try:
        service.gazetteer.side(code, day, "places")
    except RecognitionError:
        assert service.gazetteer.is_body(code), code
        return False
    return True
