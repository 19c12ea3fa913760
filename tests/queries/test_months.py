"""Dates known to the month or the year in the queries: one rule, a thing counts as long as it may be in force."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from rdflib import RDF, XSD, Graph, Literal

from comity.compile.days import bounding_days
from comity.paths import source_root
from comity.queries.local import LocalDataset
from comity.queries.named import find_query, select_rows, terms
from comity.rdf.names import ELI, C
from tests.queries.questions import Question, questions

ROOT = source_root()
# A count is no row that could be lost: it may rise where days are told to the month.
OF_A_DAY = [q for q in questions(ROOT) if "day" in q.values and "COUNT(" not in q.query.read_text(encoding="utf-8")]
DATES = (ELI.date_applicability, ELI.date_no_longer_in_force, ELI.first_date_entry_in_force)


@pytest.fixture(scope="module")
def dataset(built):
    """The dataset of the sources as they stand."""
    return LocalDataset(built)


@pytest.fixture(scope="module")
def coarse(graph, dataset) -> ox.Store:
    """The law with every day of force told to the month only, and the conflicts that the build found."""
    known = Graph()
    for triple in graph:
        subject, predicate, value = triple
        if predicate in DATES and isinstance(value, Literal) and value.datatype == XSD.date:
            value = Literal(str(value)[:7], datatype=XSD.gYearMonth, normalize=False)
        known.add((subject, predicate, value))
    store = ox.Store()
    store.bulk_load((known + bounding_days(known)).serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES)
    for kind in dataset.store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(C.Conflict), None):
        store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in dataset.store.quads_for_pattern(kind.subject, None, None))
    return store


@pytest.mark.parametrize(
    ("query", "values", "column", "rows"),
    [
        ("members-on", {"body": "APEC-CBPR", "day": "2021-02-01"}, "place", "AU CA JP KR MX PH SG TW US"),
        ("norm-on", {"norm": "FISA-702-i-widened", "day": "2026-01-10"}, "from", "2024-04-20"),
        ("norm-on", {"norm": "FISA-702-i-widened", "day": "2027-06-01"}, "from", ""),
        ("destination-recognised", {"from": "AE-DIFC", "to": "SG", "day": "2025-06-01"}, "since", "2022"),
        ("recognitions-from", {"from": "EU", "day": "2008-06-01"}, "to", "AR CA CA CH GG IM JE US"),
    ],
)
def test_a_date_known_to_the_month_or_the_year_counts(dataset, query, values, column, rows):
    text = find_query(query, ROOT)
    assert sorted(row[column] for row in dataset.select(text, terms(text, values))) == rows.split()


def test_a_power_that_ended_in_a_month_has_ended(dataset):
    text = find_query("compelled-disclosure", ROOT)
    norms = {row["norm"] for row in dataset.select(text, terms(text, {"day": "2027-06-01"}))}
    assert norms and not {"FISA-702-i", "FISA-702-i-widened", "FISA-702-transition"} & norms


@pytest.mark.parametrize("question", OF_A_DAY, ids=lambda q: q.expected.stem)
def test_no_row_is_lost_where_days_are_told_to_the_month(dataset, coarse, question: Question):
    text = question.query.read_text(encoding="utf-8")
    values = terms(text, question.values)
    exact, rough = ([undated(row) for row in rows] for rows in (dataset.select(text, values), select_rows(coarse, text, values)))
    assert [row for row in exact if row not in rough] == []


def undated(row: dict[str, str]) -> dict[str, str]:
    """Return a row without dates, which are told as they are known, and without what the build adds."""
    return {name: value for name, value in row.items() if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value)}


@pytest.mark.parametrize("path", [p for p in (ROOT / "queries").rglob("*.rq") if p.parent.name != "checks"], ids=lambda p: p.stem)
def test_no_query_compares_a_stated_date_with_a_day(path):
    text = path.read_text(encoding="utf-8")
    stated = set(re.findall(r"eli:(?:date_\w+|first_date\w+) \?(\w+)", text))
    compared = {name for pair in re.findall(r"\?(\w+) *(?:<=|>=|<|>) *\?(\w+)", text) for name in pair}
    assert not stated & compared


def test_no_conflict_begins_before_a_norm_on_either_side(dataset):
    text = """PREFIX c: <https://w3id.org/comity/ns#>
        SELECT ?conflict ?earliest ?first WHERE {
          { SELECT ?conflict ?side (MIN(?day) AS ?first) WHERE {
              VALUES ?side { c:firstSide c:secondSide } ?conflict a c:Conflict ; ?side ?norm .
              ?norm c:earliest ?day } GROUP BY ?conflict ?side }
          OPTIONAL { ?conflict c:earliest ?earliest } FILTER(BOUND(?earliest) && ?earliest < ?first) }"""
    assert dataset.select(text) == []


def test_days_are_bounded_by_one_rule():
    graph = Graph().parse(format="turtle", data=f"""@prefix eli: <{ELI}> . @prefix c: <{C}> . @prefix xsd: <{XSD}> .
        c:a eli:date_applicability "2024-02"^^xsd:gYearMonth ; eli:date_no_longer_in_force "2025"^^xsd:gYear .
        c:b eli:first_date_entry_in_force "2024-02-03"^^xsd:date ; c:signatureOn "2020-01-01"^^xsd:date .
        c:c c:signatureOn "2020-01-01"^^xsd:date .""")  # fmt: skip
    found = {(str(s)[-1], str(p).rpartition("#")[2], str(o)) for s, p, o in bounding_days(graph)}
    assert found == {
        ("a", "earliest", "2024-02-01"),
        ("a", "latest", "2025-12-31"),
        ("b", "earliest", "2024-02-03"),
        ("c", "earliest", "2020-01-01"),
    }
