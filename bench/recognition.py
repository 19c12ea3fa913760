"""Who recognises whom: a pair, a matrix of sixty places and ways of three hops in process, each beside the same asked as SPARQL.

The time is that of the processor, each pair of figures from the same run, so that only their ratios say something on another machine.
The SPARQL asks less: the competency queries give the rows on which data may go, and nothing on treaties, law held or what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import process_time

import pyoxigraph as ox
from rdflib import XSD

from comity.check.dataset import read_program
from comity.paths import source_root
from comity.queries.local import LocalDataset
from comity.queries.named import find_query
from comity.recognition.service import Recognitions

__all__ = ["asked_of_the_query", "measure", "most_linked"]

Figure = tuple[str, float, str]
DAY = date(2026, 11, 1)
PLACES = 60
PAIRS = 20  # of the places of the matrix, evenly spread
_QUERY = "destination-recognised"


def measure(dataset: Path) -> Iterator[Figure]:
    """Yield the milliseconds of each question, of the same as SPARQL, and how many times as long that takes."""
    service, local = Recognitions(read_program(dataset)), LocalDataset(dataset)
    places = most_linked(service, PLACES)
    pairs = [(places[number], places[-1 - number]) for number in range(0, PLACES // 2, max(1, PLACES // 2 // PAIRS))]
    yield "recognition_places", len(places), "places"
    for name, ask, sparql in (
        ("pair", lambda turn: [service.pair(one, other, _day(turn)) for one, other in pairs], lambda: _pairs(local, pairs)),
        ("matrix", lambda turn: [service.matrix(places, _day(turn))], lambda: _matrix(local, places)),
        ("ways", lambda turn: [service.ways(one, other, _day(turn)) for one, other in pairs[:5]], lambda: _ways(local, pairs[:5])),
    ):
        asked = len(ask(0))
        own = median(_spent(ask, turn) for turn in range(1, 6)) / asked
        theirs = median(_spent(sparql) for _ in range(3)) / asked
        yield f"recognition_{name}_ms", own, "ms"
        yield f"recognition_{name}_sparql_ms", theirs, "ms"
        yield f"recognition_{name}_vs_sparql_ratio", theirs / own, "ratio"


def most_linked(service: Recognitions, number: int) -> list[str]:
    """Return the codes of so many places and bodies with the most rows, as they are sides of a question."""
    rows: dict[str, int] = {}
    for row in service.text["rows"]:
        for code in (row["by"], row["of"]):
            if code is not None and (not service.gazetteer.is_body(code) or code == row["by"]):
                rows[code] = rows.get(code, 0) + 1
    return sorted(sorted(rows), key=lambda code: -rows[code])[:number]


def asked_of_the_query(local: LocalDataset, **values: str) -> list[dict[str, str]]:
    """Return the rows of the competency query on the day; without ``from`` and ``to``, those between all places."""
    bound = {name: ox.Literal(value) for name, value in values.items()}
    bound["day"] = ox.Literal(DAY.isoformat(), datatype=ox.NamedNode(str(XSD.date)))
    return local.select(find_query(_QUERY, source_root()), bound)


def _pairs(local: LocalDataset, pairs: list[tuple[str, str]]) -> None:
    for one, other in pairs:
        for start, end in ((one, other), (other, one)):
            asked_of_the_query(local, **{"from": start, "to": end})


def _matrix(local: LocalDataset, places: list[str]) -> None:
    named = set(places)
    _ = {(row["from"], row["to"]) for row in asked_of_the_query(local) if row["from"] in named and row["to"] in named}


def _ways(local: LocalDataset, pairs: list[tuple[str, str]]) -> None:
    """Follow the rows from the start, one query for each place that is reached: three hops are as many rounds."""
    for start, end in pairs:
        reached, seen = {start}, {start}
        for _ in range(3):
            reached = {row["to"] for place in reached for row in asked_of_the_query(local, **{"from": place})} - seen
            seen |= reached
            if end in reached:
                break


def _day(turn: int) -> date:
    """Return another day for each turn, so that no day is asked twice."""
    return DAY - timedelta(days=turn)


def _spent(act: Callable[..., object], *given: int) -> float:
    start = process_time()
    act(*given)
    return (process_time() - start) * 1000
