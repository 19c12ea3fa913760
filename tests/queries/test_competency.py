"""The competency queries answer exactly as expected; ``python -m tests.queries.update`` writes what they answer now."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from comity.cli import app
from comity.paths import source_root
from comity.queries.local import LocalDataset
from comity.queries.named import select_rows
from comity.queries.running import QueryError, declared, find_query, read_pairs, run_query, terms
from tests.queries.questions import Question, questions

ROOT = source_root()
QUESTIONS = list(questions(ROOT))
NAMED = sorted((ROOT / "queries" / "competency").glob("*.rq"))


@pytest.fixture(scope="module")
def dataset(built):
    """The dataset of the sources as they stand."""
    return LocalDataset(built)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.expected.stem)
def test_answers_as_expected(dataset, question: Question):
    assert question.expected.is_file(), "no expected rows yet: python -m tests.queries.update"
    assert question.answer(dataset) == question.expected.read_text(encoding="utf-8")


def test_every_competency_query_is_asked_and_every_expected_file_is_of_a_query():
    folder = ROOT / "queries" / "competency"
    assert {q.query for q in QUESTIONS} == set(folder.glob("*.rq"))
    assert {q.expected for q in QUESTIONS} == set((folder / "expected").glob("*.csv"))


@pytest.mark.parametrize("path", NAMED, ids=lambda p: p.stem)
def test_head_says_what_is_asked_and_rows_have_an_order(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ") and "\nORDER BY " in text
    head = text[text.index("\nSELECT") :].split("WHERE", 1)[0]
    assert [name for name in declared(text) if f"?{name} " not in head] == [], "a value can only be given to a variable of the head"


def test_the_list_of_all_conflicts_and_of_all_instruments_has_rows(dataset):
    for name in ("conflicts", "instruments"):
        assert dataset.select(find_query(name, ROOT)), name


def test_command_line_binds_values(built):
    values = ["-b", "body=CPTPP", "-b", "place=CN", "-b", "day=2026-06-01"]
    call = ["query", "standing-in-body", "--dataset", str(built), "--format", "csv", *values]
    result = CliRunner().invoke(app, call)
    assert (result.exit_code, result.stdout.splitlines()) == (0, ["standing,counts,since,until", "applicant,false,2021-09-16,"])


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"body": "RCEP", "place": "CN"}, "needs day=… (the day asked)"),
        ({"body": "RCEP", "place": "CN", "day": "2026-02-30"}, "day=2026-02-30 is no day"),
        ({"body": "RCEP", "place": "CN", "day": "today"}, "write YYYY-MM-DD"),
        ({"body": "RCEP", "place": "CN", "day": "2026-06-01", "since": "1"}, "takes no value 'since'; it takes: body, place, day"),
    ],
)
def test_values_that_a_query_cannot_take_are_refused(values, says):
    with pytest.raises(QueryError, match=says.replace("(", r"\(").replace(")", r"\)")):
        terms(find_query("standing-in-body", ROOT), values)


@pytest.mark.parametrize("pair", ["day", "=2024-01-01", "day=", "a b=1"])
def test_a_value_without_a_variable_is_refused(pair):
    with pytest.raises(QueryError, match="write variable=value"):
        read_pairs([pair])


def test_a_value_stays_a_value_whatever_it_holds(dataset):
    text = find_query("members-on", ROOT)
    values = terms(text, {"body": 'RCEP" } UNION { ?s ?p ?o } #', "day": "2022-06-01"})
    assert select_rows(dataset.store, text, values) == []


@pytest.mark.parametrize(
    ("query", "values", "says"),
    [
        ("members-on", {"body": "RECP", "day": "2022-06-01"}, "body: the graph knows no 'RECP'; nearest: RCEP"),
        ("norm-on", {"norm": "RCEP-12.14-22", "day": "2022-06-01"}, "norm: the graph knows no 'RCEP-12.14-22'; nearest: RCEP-12.14-2"),
        ("parties-of", {"treaty": "treaty/rcpe", "day": "2022-06-01"}, "treaty: the graph knows no 'treaty/rcpe'; nearest: treaty/rcep"),
        ("members-on", {"body": "nothing like it at all", "day": "2022-06-01"}, "body: the graph knows no 'nothing like it at all'"),
    ],
)
def test_an_unknown_code_is_an_error_with_the_nearest_and_no_empty_answer(dataset, query, values, says):
    text = find_query(query, ROOT)
    with pytest.raises(QueryError, match=re.escape(says)):
        dataset.select(text, terms(text, values))


def test_command_line_refuses_an_unknown_code(built):
    result = CliRunner().invoke(app, ["query", "members-on", "--dataset", str(built), "-b", "body=RECP", "-b", "day=2022-06-01"])
    assert result.exit_code == 2 and "RCEP" in result.output


def test_every_unknown_code_is_told(dataset):
    text = find_query("in-force-between", ROOT)
    with pytest.raises(QueryError, match=r"one: .*; other: "):
        dataset.select(text, terms(text, {"body": "RCEP", "one": "C1", "other": "J1", "day": "2022-06-01"}))


def test_values_are_not_sent_to_another_endpoint(monkeypatch, built):
    monkeypatch.setenv("COMITY_SPARQL_ENDPOINT", "http://127.0.0.1:9/query")
    with pytest.raises(QueryError, match="unset COMITY_SPARQL_ENDPOINT"):
        run_query(find_query("members-on", ROOT), built, {"body": "RCEP", "day": "2022-06-01"})
