"""Tables: what their columns mean, and what of them could not be mapped."""

from __future__ import annotations

from datetime import date

import duckdb
import orjson
import pytest

from comity.batch.blocks import BatchStopped, Place
from comity.batch.mapped_table import MappedTable
from comity.batch.mapping import Mapping
from comity.batch.words import places_by_name

DAY = date(2026, 11, 1)
MAPPING = """\
set: {/act: disclosure}
columns:
  Country: {to: /to, needed: true, split: ","}
  Data: {to: /dataItems/0/categories, complete: true, values: {Contacts: [Name, EmailAddress], Health: HealthData, Other: null}}
  Goals: {to: /purposes, values: {Pay: hrManagement, Ads: marketing}}
  People: /dataItems/0/persons
  Basis: {to: /grounds, values: {Clauses: {ground: standardContract}}}
  Rare: {to: /fieldsBeyondNeed}
"""


@pytest.fixture
def table(checker, tmp_path):
    """Read a table and return its descriptions, or what is wrong with a row, and the report."""

    def read(text: str, mapping: str | None = MAPPING, needs_day: bool = False):
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        (tmp_path / "m.yaml").write_text(mapping or "", encoding="utf-8")
        places = places_by_name(checker.program.data["placeLabels"], checker.schema.place_names)
        rules = Mapping.read(tmp_path / "m.yaml") if mapping else None
        found = MappedTable(tmp_path / "t.csv", None, checker.schema, rules, needs_day, places)
        rows = {}
        for block in found.blocks(0, Place(), lambda: 2):
            rows |= dict(zip(block.numbers, map(orjson.loads, block.texts), strict=True)) | block.faults
        return [rows[number] for number in sorted(rows)], found.report

    return read


def test_a_row_becomes_a_description(table):
    rows, report = table('country,DATA,Goals,People,Basis\nGermany,Contacts; Health,Pay,"1,200",Clauses\n')
    assert rows == [
        {
            "act": "disclosure",
            "to": "DE",
            "dataItems": [{"categories": ["Name", "EmailAddress", "HealthData"], "persons": 1200}],
            "purposes": {"yes": ["hrManagement"]},
            "grounds": {"yes": [{"ground": "standardContract"}]},
        }
    ]
    assert report["columnsNotThere"] == ["Rare"]
    assert report["valuesNotMapped"] == []


def test_a_list_of_which_a_word_is_not_mapped_is_open_and_the_word_is_told(table):
    rows, report = table("Country,Data,Goals,People\nFR,Contact; Health,Pay; Adds,about 100\nFR,Contact,,\n")
    assert rows[0]["dataItems"] == [{"categories": {"yes": ["HealthData"]}}]
    assert rows[0]["purposes"] == {"yes": ["hrManagement"]}
    assert "dataItems" not in rows[1]
    told = {(entry["column"], entry["value"]): (entry["rows"], entry["nearest"]) for entry in report["valuesNotMapped"]}
    assert (told[("Data", "Contact")][0], told[("Data", "Contact")][1][0]) == (2, "contacts")
    assert told[("Goals", "Adds")][1][0] == "ads"
    assert told[("People", "about 100")] == (1, [])


def test_what_is_said_to_mean_nothing_says_nothing(table):
    rows, report = table("Country,Data\nFR,Other\n")
    assert rows == [{"act": "disclosure", "to": "FR"}]
    assert report["valuesNotMapped"] == []


def test_several_places_are_one_of_these_unless_one_is_lost(table):
    rows, report = table('Country,Data\n"France, Japan",Health\n"France, Nowhere",Health\n')
    assert rows[0]["to"] == ["FR", "JP"]
    assert "to" not in rows[1]
    assert report["severalWhereOneStands"] == [{"column": "Country", "rows": 1}]


def test_numbers_may_be_grouped_or_ranges(table):
    rows, _ = table("Country;People\nFR;1 200\nFR;1.200\nFR;300-500\nFR;12 20\nFR;1.20\n")
    assert [row.get("dataItems") for row in rows] == [
        [{"persons": 1200}], [{"persons": 1200}], [{"persons": {"atLeast": 300, "atMost": 500}}], None, None,
    ]  # fmt: skip


def test_a_bad_row_is_told_and_the_rest_goes_on(table, tmp_path):
    rows, _ = table("Country,Data\nFR\nFR,Health,more\nFR,Health\n")
    assert rows[0] == "the row has 1 cells, and the table 2 columns"
    assert rows[1] == "the row has 3 cells, and the table 2 columns"
    assert rows[2]["to"] == "FR"


def test_columns_that_no_rule_names_are_told(table):
    _, report = table("Country,Owner\nFR,me\n")
    assert report["columnsNotMapped"] == ["Owner"]


@pytest.mark.parametrize(
    ("header", "mapping", "told"),
    [
        ("Countries,Data", MAPPING, r"lacks needed columns: 'Country' \(the nearest is 'Countries'\).*it has 'Countries', 'Data'"),
        ("Data", "columns: {Data: /dataItems/0/categories}", r"lacks needed columns: one for /act.*one for /to"),
        ("act,tos", "columns: {act: /act, tos: /tos}", "/tos leads to no fact of a flow: did you mean to"),
        ("act,tos", None, "column 'tos': /tos leads to no fact of a flow: did you mean to"),
        ("a", "columns: {a: {too: /to}}", "says with 'to' which fact it is"),
        ("a", "columns: {a: {to: /to, value: {}}}", "has no 'value': did you mean values"),
        ("a", "column: {}", "is no mapping"),
        ("a", "columns: {a: [", "is no YAML"),
        ("", MAPPING, "is empty"),
    ],
)
def test_what_is_missing_is_named_with_the_nearest(table, header, mapping, told):
    with pytest.raises(BatchStopped, match=told):
        table(f"{header}\n", mapping)


def test_the_day_has_to_be_said_somewhere(table):
    with pytest.raises(BatchStopped, match=r"no column says for which day.*--on"):
        table("act,to\ndisclosure,FR\n", None, needs_day=True)


def test_columns_may_be_called_as_the_facts_are(table):
    rows, _ = table("asOf,act,to,/dataItems/0/persons,fieldsBeyondNeed\n2026-11-01,disclosure,FR,5,no\n", None, needs_day=True)
    assert rows == [{"asOf": "2026-11-01", "act": "disclosure", "to": "FR", "dataItems": [{"persons": 5}], "fieldsBeyondNeed": False}]


@pytest.mark.parametrize("name", ["cnil", "ico"])
def test_the_samples_are_read_and_tell_what_is_not_mapped(run, root, tmp_path, name):
    folder = root / "examples" / "ropa"
    rows, summary = run(tmp_path / "out.ndjson", folder / f"{name}.csv", mapping=folder / f"{name}.yaml", on=DAY)
    assert len(rows) == 5
    assert summary["notRead"] == 0
    report = summary["mapping"][0]
    assert report["columnsNotMapped"] == report["columnsNotThere"] == []
    assert report["valuesNotMapped"]


def test_a_table_in_parquet_is_mapped_as_well(run, root, tmp_path):
    folder = root / "examples" / "ropa"
    duckdb.connect().execute(f"COPY (SELECT * FROM read_csv('{folder / 'ico.csv'}', all_varchar = true)) TO '{tmp_path / 'ico.parquet'}'")
    rows, _ = run(tmp_path / "a.ndjson", tmp_path / "ico.parquet", mapping=folder / "ico.yaml", on=DAY)
    assert rows == run(tmp_path / "b.ndjson", folder / "ico.csv", mapping=folder / "ico.yaml", on=DAY)[0]


def test_the_report_counts_each_row_once_when_a_job_goes_on(run, checker, tmp_path, monkeypatch):
    from comity.batch.job import Job

    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "t.csv").write_text("Country,Data\n" + "FR,Contact\n" * 20, encoding="utf-8")
    reached, times = Job.reached, []

    def ended(self, *given):
        reached(self, *given)
        times.append(1)
        if len(times) == 3:
            raise KeyboardInterrupt

    wanted = {"mapping": tmp_path / "m.yaml", "on": DAY, "block": 4}
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Job, "reached", ended)
        run(tmp_path / "out.ndjson", tmp_path / "t.csv", **wanted)
    rows, summary = run(tmp_path / "out.ndjson", tmp_path / "t.csv", resume=True, **wanted)
    assert [row["line"] for row in rows] == list(range(1, 21))
    assert [(entry["value"], entry["rows"]) for entry in summary["mapping"][0]["valuesNotMapped"]] == [("Contact", 20)]
