"""Every graph case holds: a question about treaties, memberships, recognitions or norms by date has the rows that it states."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from comity.compile.days import bounding_days
from comity.curate.graph_cases import GraphCase, read_graph_cases, run_graph_case

HERE = Path(__file__).parent
CASES = read_graph_cases(HERE)


@pytest.fixture(scope="session")
def store(sources, graph):
    """The sources in a store, every triple in its default graph, with the days that the build adds to what is dated."""
    store = sources.store()
    store.load(bounding_days(graph).serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES)
    return store


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.file.parent.name}/{c.file.stem}: {c.name}")
def test_graph_case(store, root, case: GraphCase):
    assert run_graph_case(store, case, root) == []


def test_a_code_that_the_graph_does_not_know_is_a_difference_and_not_an_empty_answer(store, root):
    case = GraphCase("a slip of the pen", HERE, "standing-in-body", {"body": "RECP", "place": "CN", "day": "2022-01-01"}, {"ask": False})
    (told,) = run_graph_case(store, case, root)
    assert told.startswith("body: the graph knows no 'RECP'; nearest: RCEP")


def test_a_wrong_row_is_told_by_its_column(store, root):
    values = {"body": "RCEP", "one": "CN", "other": "PH", "day": "2023-06-02"}
    case = GraphCase("a day late", HERE, "in-force-between", values, [{"since": "2023-06-03"}])
    assert run_graph_case(store, case, root) == ["since: '2023-06-02', expected '2023-06-03'"]


def test_graph_cases_made_from_the_corpus_are_of_the_corpus_and_not_parked_as_well(shared):
    folder = shared / "corpus"
    if not folder.is_dir():
        pytest.skip(f"the corpus of official cases is not at {folder} (COMITY_SHARED names another place): NOT CHECKED")
    known = {
        case["id"]
        for path in (*folder.glob("*.json"), folder / "next" / "treaties-2.json")
        for case in json.loads(path.read_text(encoding="utf-8"))
    }
    told = {case.case for case in CASES if case.case}
    parked = [entry["case"] for path in HERE.glob("not-yet*.yaml") for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]
    assert sorted(told - known) == [], "cases that are not in the corpus"
    assert sorted(told & set(parked)) == [], "cases both told and parked"
