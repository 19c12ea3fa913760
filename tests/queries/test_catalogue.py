"""The catalogue of questions: texts in both languages, values of known vocabularies, open values, columns with names, statements."""

from __future__ import annotations

import re
from collections import Counter

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from comity.cli import app
from comity.iris import QUERIES, SH
from comity.paths import source_root
from comity.queries.catalogue import mentioning
from comity.queries.catalogue import questions as catalogue
from comity.queries.columns import column_words, heading, in_language
from comity.queries.described import catalogue_lines
from comity.queries.head import DATE, read_head
from comity.queries.local import LocalDataset
from comity.queries.named import select_rows, terms
from comity.queries.vocabularies import labelled
from comity.queries.written import written
from tests.queries.questions import Question, questions
from tests.shared import turn

ROOT = source_root()
CATALOGUE = catalogue(ROOT)
ASKED = list(questions(ROOT))
VOCABULARIES = sorted(path.stem for path in (ROOT / "queries" / "values").glob("*.rq"))
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def dataset(built) -> LocalDataset:
    """The dataset of the sources as they stand."""
    return LocalDataset(built)


def test_there_are_enough_questions():
    assert len(CATALOGUE) >= 60


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_question_is_told_in_both_languages(name):
    question = CATALOGUE[name]
    head = question.head
    assert head.text["en"] and not _CHINESE.search(head.text["en"])
    assert _CHINESE.search(head.text["zh"])
    assert bool(head.notes["en"]) == bool(head.notes["zh"])
    for parameter in head.parameters:
        assert parameter.vocabulary == DATE or parameter.vocabulary in VOCABULARIES, parameter.name
        assert parameter.name in question.columns, "a value can only be given to a variable of the head"
        assert _CHINESE.search(parameter.meaning["zh"]) and not _CHINESE.search(parameter.meaning["en"])
        assert not (parameter.open and parameter.vocabulary == DATE), "without a day there is nothing to compare with"


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_column_has_a_name_and_each_language_as_many(name):
    columns = CATALOGUE[name].columns
    for lang in ("en", "zh"):
        for column in in_language(columns, lang):
            assert heading(column, columns, lang) != "" and (lang == "en" or _CHINESE.search(heading(column, columns, lang))), column
    assert len(in_language(columns, "en")) == len(in_language(columns, "zh"))


def test_no_name_is_that_of_a_column_that_is_not_there():
    used = {heading(column, question.columns, "en") for question in CATALOGUE.values() for column in question.columns}
    assert {name for name, words in column_words().items() if words["en"] not in used} == set()


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_a_vocabulary_has_codes_with_labels_in_both_languages(dataset, vocabulary):
    known = labelled(lambda query: select_rows(dataset.store, query), vocabulary)
    assert len(known) >= 3
    assert [code for code, label in known.items() if label and set(label) != {"en", "zh"}] == []
    assert any(label for label in known.values())


def test_every_vocabulary_is_that_of_a_value():
    used = {parameter.vocabulary for question in CATALOGUE.values() for parameter in question.head.parameters}
    assert set(VOCABULARIES) == used - {DATE}


@pytest.mark.parametrize("question", ASKED[turn() % 3 :: 3], ids=lambda q: q.expected.stem)
def test_left_open_a_value_stands_for_all(dataset, question: Question):
    """Rows for all values, narrowed to one, are the rows for that one."""
    text = question.query.read_text(encoding="utf-8")
    head = read_head(text)
    opened = [parameter.name for parameter in head.parameters if parameter.open and parameter.name in question.values]
    if not opened:
        return
    given = terms(text, question.values)
    for names in {(opened[0],), tuple(opened)}:
        wide = dataset.select(text, {name: term for name, term in given.items() if name not in names})
        kept = [row for row in wide if all(row[name] == question.values[name] for name in names)]
        narrowed = Counter(frozenset((key, value) for key, value in row.items() if key not in names) for row in kept)
        assert narrowed == Counter(frozenset(row.items()) for row in dataset.select(text, given)), names


@pytest.mark.parametrize("question", ASKED, ids=lambda q: q.expected.stem)
def test_written_into_the_text_values_give_the_same_rows(dataset, question: Question):
    text = question.query.read_text(encoding="utf-8")
    told = select_rows(dataset.store, written(CATALOGUE[question.query.stem], question.values))
    given = select_rows(dataset.store, text, terms(text, question.values))
    assert Counter(frozenset(row.items()) for row in told) == Counter(frozenset(row.items()) for row in given)


def test_the_catalogue_is_stated_and_every_statement_can_be_read():
    store = ox.Store()
    store.load(input="\n".join(catalogue_lines(ROOT)).encode(), format=ox.RdfFormat.N_QUADS)
    stated = select_rows(
        store,
        f"""PREFIX sh: <{SH}> SELECT ?question ?text (COUNT(?parameter) AS ?parameters) WHERE {{ GRAPH ?g {{
          ?question a sh:SPARQLExecutable , sh:SPARQLSelectExecutable ; sh:select ?text .
          OPTIONAL {{ ?question sh:parameter ?parameter . ?parameter sh:path ?path ; sh:datatype ?kind ; sh:optional ?open }} }} }}
          GROUP BY ?question ?text""",
    )
    assert {row["question"].removeprefix(QUERIES): int(row["parameters"]) for row in stated} == {
        name: len(question.head.parameters) for name, question in CATALOGUE.items()
    }
    assert {row["question"].removeprefix(QUERIES): row["text"] for row in stated} == {n: q.query for n, q in CATALOGUE.items()}


def test_the_dataset_holds_the_catalogue(dataset):
    found = dataset.select(f"PREFIX sh: <{SH}> SELECT ?q WHERE {{ ?q a sh:SPARQLSelectExecutable }}")
    assert {row["q"] for row in found} == {QUERIES + name for name in CATALOGUE}


def test_words_find_questions_in_both_languages():
    assert "members-on" in [question.name for question in mentioning(CATALOGUE, "belong body")]
    assert "members-on" in [question.name for question in mentioning(CATALOGUE, "附日期的名单")]
    assert mentioning(CATALOGUE, "nothing of the sort") == []


def test_command_line_lists_a_line_each():
    result = CliRunner().invoke(app, ["query", "--list"])
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, len(CATALOGUE))
    some = CliRunner().invoke(app, ["query", "--list", "treaty", "--lang", "zh"])
    assert some.exit_code == 0 and 0 < len(some.stdout.splitlines()) < 20 and _CHINESE.search(some.stdout)
    assert CliRunner().invoke(app, ["query", "--list", "zzzz"]).exit_code == 2


def test_command_line_answers_in_a_language_and_leaves_values_open(built):
    call = ["query", "members-on", "day=2022-06-01", "--dataset", str(built)]
    table = CliRunner().invoke(app, [*call, "body=RCEP", "--lang", "zh"])
    assert table.exit_code == 0 and "名称" in table.stdout and "日本" in table.stdout and "Japan" not in table.stdout
    everybody = CliRunner().invoke(app, [*call, "--csv"])
    assert everybody.stdout.startswith("body,place,en,zh,since,until\n") and "RCEP,JP,Japan,日本" in everybody.stdout
    assert CliRunner().invoke(app, [*call, "body=RCEP", "--json"]).stdout.startswith("[")


@pytest.mark.parametrize(
    ("values", "says"),
    [(["body=RECP", "day=2022-06-01"], "RCEP"), (["body=RCEP"], "day=…"), (["body=RCEP", "dya=2022-06-01"], "nearest: day")],
)
def test_command_line_says_what_would_do(built, values, says):
    result = CliRunner().invoke(app, ["query", "members-on", *values, "--dataset", str(built)])
    assert result.exit_code == 2 and says in result.output


def test_no_word_of_the_pages_has_two_meanings():
    from comity.web.law_words import LAW_WORDS
    from comity.web.question_words import QUESTION_WORDS
    from comity.web.words import WORDS

    assert LAW_WORDS.keys() & QUESTION_WORDS.keys() == set()
    assert WORDS["questions"]["en"] == "Open questions"
