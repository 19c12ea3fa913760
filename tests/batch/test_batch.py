"""One line for each flow, with the verdict that a check gives it."""

from __future__ import annotations

import csv
import json

import duckdb
import numpy as np
import orjson
import pytest

from comity.batch.blocks import BatchStopped
from comity.batch.running import Sizer
from tests.batch.conftest import write_lines, write_parquet


@pytest.fixture(scope="module")
def expected(checker, flows):
    """The verdict of each flow, judged from the ground up."""
    answers = [checker.check(flow, "summary", plan=False) for flow in flows]
    return [(answer["verdict"], answer["asDescribed"]) for answer in answers]


def test_each_flow_has_the_verdict_of_its_check_in_its_order(run, tmp_path, flows, expected):
    rows, summary = run(tmp_path / "out.ndjson", write_lines(tmp_path / "flows.ndjson", flows))
    assert [row["line"] for row in rows] == list(range(1, len(flows) + 1))
    assert [(row["verdict"], row["asDescribed"]) for row in rows] == expected
    assert summary["records"] == len(flows)
    assert summary["profiles"] < len(flows)
    assert sum(summary["verdicts"].values()) == len(flows)


def test_parquet_gives_the_same_rows_as_lines_whatever_the_blocks(run, tmp_path, flows):
    lines = write_lines(tmp_path / "flows.ndjson", flows)
    first, _ = run(tmp_path / "one.ndjson", lines)
    second, _ = run(tmp_path / "two.ndjson", write_parquet(tmp_path / "flows.parquet", lines), block=17)
    third, _ = run(tmp_path / "three.ndjson", lines, block=5)
    assert first == second == third


def test_processes_that_judge_give_the_same_rows(run, tmp_path, flows):
    lines = write_lines(tmp_path / "flows.ndjson", flows[:60])
    assert run(tmp_path / "one.ndjson", lines)[0] == run(tmp_path / "two.ndjson", lines, workers=2)[0]


def test_an_answer_stands_once_for_each_profile(run, tmp_path, flows, checker):
    rows, summary = run(tmp_path / "out.ndjson", write_lines(tmp_path / "flows.ndjson", flows))
    answers = [orjson.loads(line) for line in (tmp_path / "out.answers.ndjson").read_bytes().splitlines()]
    assert [answer["profile"] for answer in answers] == list(range(summary["profiles"]))
    for answer in answers[::7]:
        assert rows[answer["line"] - 1]["profile"] == answer["profile"]
        assert answer["answer"] == checker.check(flows[answer["line"] - 1], "summary", plan=False)
    assert json.loads((tmp_path / "out.summary.json").read_text(encoding="utf-8")) == summary


def test_columns_of_parquet_may_be_the_keys_of_a_description(run, tmp_path, checker):
    import duckdb

    source = """SELECT DATE '2026-11-01' AS "asOf", 'disclosure' AS act, 'CN' AS "from", 'US' AS "to",
        {'kind': 'organisation', 'establishedIn': ['CN']} AS exporter, {'kind': 'organisation', 'establishedIn': ['US']} AS importer,
        [{'categories': ['Name'], 'persons': 90000 + i * 1000, 'subjectsIn': ['CN'], 'devices': NULL::BIGINT}] AS "dataItems"
        FROM range(30) AS t(i)"""
    duckdb.connect().execute(f"COPY ({source}) TO '{tmp_path / 'flows.parquet'}' (FORMAT parquet)")
    rows, summary = run(tmp_path / "out.ndjson", tmp_path / "flows.parquet")
    assert len(rows) == 30
    assert summary["notRead"] == 0
    party = {"kind": "organisation"}
    for number, row in enumerate(rows):
        flow = {
            "asOf": "2026-11-01",
            **{"act": "disclosure", "from": "CN", "to": "US"},
            **{"exporter": {**party, "establishedIn": ["CN"]}, "importer": {**party, "establishedIn": ["US"]}},
            "dataItems": [{"categories": ["Name"], "persons": 90000 + number * 1000, "subjectsIn": ["CN"]}],
        }
        assert row["verdict"] == checker.check(flow, "summary", plan=False)["verdict"]


def test_figures_written_in_other_ways_and_items_that_are_alike_are_told_apart(run, tmp_path, checker, flows):
    base = next(flow for flow in flows if "legs" not in flow and flow.get("dataItems"))
    item = {**base["dataItems"][0], "id": "a"}
    made = []
    for persons in (5, 5.0, 0, 10**14, 10**15, {"atLeast": 5}, {"atLeast": 5, "atMost": 9}, -1, True):
        made.append({**base, "dataItems": [{**item, "persons": persons}]})
    for first, second in ((5, 5), (5, 6), (100_000, 100_000), (1_000_000, 999_999)):
        made.append({**base, "dataItems": [{**item, "persons": first}, {**item, "id": "b", "persons": second}]})
    text = b"".join(orjson.dumps(flow) + b"\n" for flow in made)
    spaced = b"".join(json.dumps(flow).encode() + b"\r\n" for flow in made)
    (tmp_path / "flows.ndjson").write_bytes(text + spaced)
    rows, _ = run(tmp_path / "out.ndjson", tmp_path / "flows.ndjson")
    assert len(rows) == 2 * len(made)
    for row, flow in zip(rows, made + made, strict=True):
        try:
            assert row["verdict"] == checker.check(flow, "summary", plan=False)["verdict"]
        except ValueError as fault:
            assert row["verdict"] is None
            assert row["problem"] == str(fault)


def test_bad_lines_are_told_with_their_numbers_and_the_rest_goes_on(run, tmp_path, flows):
    good = [orjson.dumps(flow) for flow in flows[:3]]
    variants = orjson.dumps({**flows[0], "variants": []})
    bad = [
        b"",
        b"{",
        b"\xff{}",
        b'{"a":1,"a":2}',
        b"[1]",
        b'"text"',
        variants,
        b'{"x":\x01}',
        b'{"asOf":"2026-02-31","act":"disclosure","to":"US"}',
    ]
    (tmp_path / "flows.ndjson").write_bytes(b"\n".join([good[0], *bad, good[1], good[2], b'{"half": ']))
    rows, summary = run(tmp_path / "out.ndjson", tmp_path / "flows.ndjson")
    assert [row["line"] for row in rows] == list(range(1, 14))
    assert [row["line"] for row in rows if row["verdict"] is None] == [*range(2, 11), 13]
    assert all(row["problem"] for row in rows if row["verdict"] is None)
    assert summary["notRead"] == 10
    assert [fault["line"] for fault in summary["faults"]] == [*range(2, 11), 13]
    assert rows[-1]["problem"] == "the file ends in the middle of this line: it is half-written"


def test_a_last_line_without_an_end_is_a_line(run, tmp_path, flows):
    (tmp_path / "flows.ndjson").write_bytes(b"\n".join(map(orjson.dumps, flows[:2])))
    rows, summary = run(tmp_path / "out.ndjson", tmp_path / "flows.ndjson", block=1)
    assert len(rows) == 2
    assert summary["notRead"] == 0


def test_a_file_without_flows_has_no_rows(run, tmp_path):
    (tmp_path / "flows.ndjson").write_bytes(b"")
    rows, summary = run(tmp_path / "out.ndjson", tmp_path / "flows.ndjson")
    assert (rows, summary["records"], summary["profiles"]) == ([], 0, 0)


def test_shapes_that_are_forgotten_are_found_again(run, tmp_path, flows, monkeypatch):
    lines = write_lines(tmp_path / "flows.ndjson", flows)
    expected, _ = run(tmp_path / "one.ndjson", lines)
    monkeypatch.setattr("comity.batch.shapes._MOST_SHAPES", 3)
    assert run(tmp_path / "two.ndjson", lines, block=11)[0] == expected


def test_a_batch_ends_though_nothing_that_was_found_is_found_again(run, tmp_path, flows, monkeypatch):
    lines = write_lines(tmp_path / "flows.ndjson", flows[:20])
    expected, _ = run(tmp_path / "one.ndjson", lines)
    monkeypatch.setattr("comity.batch.profiles.Base.match", lambda base, figures, rows: np.full(rows, -1))
    alone, summary = run(tmp_path / "two.ndjson", lines)
    assert [row["verdict"] for row in alone] == [row["verdict"] for row in expected]
    assert summary["profiles"] == 20


def test_what_is_read_is_not_overwritten(run, tmp_path, flows):
    lines = write_lines(tmp_path / "flows.ndjson", flows[:1])
    with pytest.raises(BatchStopped, match="would be read and overwritten"):
        run(tmp_path / "flows.ndjson", lines, force=True)


def test_one_day_may_be_asked_for_all(run, tmp_path, flows, checker):
    from datetime import date

    some = [{key: value for key, value in flow.items() if key != "asOf"} for flow in flows[:20]]
    rows, _ = run(tmp_path / "out.ndjson", write_lines(tmp_path / "flows.ndjson", some), on=date(2026, 6, 1))
    assert [row["verdict"] for row in rows] == [
        checker.check({**flow, "asOf": "2026-06-01"}, "summary", plan=False)["verdict"] for flow in some
    ]


def test_several_files_and_the_other_forms_of_the_output(run, tmp_path, flows):
    one, two = write_lines(tmp_path / "one.ndjson", flows[:5]), write_lines(tmp_path / "two.ndjson", [*flows[:2], {}])
    rows, _ = run(tmp_path / "out.ndjson", one, two)
    assert [(row["file"], row["line"]) for row in rows] == [(str(one), n) for n in range(1, 6)] + [(str(two), n) for n in range(1, 4)]
    run(tmp_path / "out.csv", one, two)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as text:
        written = list(csv.DictReader(text))
    run(tmp_path / "out.parquet", one, two)
    named = duckdb.connect().execute(f"SELECT file, line, verdict, profile, problem FROM '{tmp_path / 'out.parquet'}'").fetchall()
    for row, cells, stored in zip(rows, written, named, strict=True):
        assert [cells["verdict"] or None, cells["problem"] or None] == [row["verdict"], row.get("problem")]
        assert [*stored] == [row["file"], row["line"], row["verdict"], row["profile"], row.get("problem")]


def test_null_states_that_there_is_none_in_a_text_and_nothing_in_a_column(run, tmp_path, checker):
    source = "SELECT '2026-11-01' AS \"asOf\", 'disclosure' AS act, 'US' AS \"to\", NULL::STRUCT(kind VARCHAR) AS exporter"
    duckdb.connect().execute(f"COPY ({source}) TO '{tmp_path / 'columns.parquet'}' (FORMAT parquet)")
    flow = {"asOf": "2026-11-01", "act": "disclosure", "to": "US", "exporter": None}
    lines = write_lines(tmp_path / "lines.ndjson", [flow])
    rows, summary = run(tmp_path / "out.ndjson", lines, tmp_path / "columns.parquet", lines)
    assert summary["profiles"] == 2
    assert [row["profile"] for row in rows] == [0, 1, 0]
    del flow["exporter"]
    assert run(tmp_path / "unsaid.ndjson", write_lines(tmp_path / "said-less.ndjson", [flow]))[0][0]["verdict"] == rows[1]["verdict"]


def test_plans_are_made_on_demand_and_their_steps_counted(run, tmp_path, flows):
    lines = write_lines(tmp_path / "flows.ndjson", flows[:12])
    _, plain = run(tmp_path / "plain.ndjson", lines)
    _, planned = run(tmp_path / "planned.ndjson", lines, plans=True)
    assert "steps" not in plain
    assert planned["steps"]
    assert planned["steps"] == sorted(planned["steps"], key=lambda step: -step["flows"])
    assert plain["verdicts"] == planned["verdicts"]


def test_another_schema_of_parquet_is_told(run, tmp_path):
    duckdb.connect().execute(f"COPY (SELECT 'US' AS destination, 'disclosure' AS acts) TO '{tmp_path / 'a.parquet'}' (FORMAT parquet)")
    with pytest.raises(BatchStopped, match=r"another schema.*'acts' is no fact of a flow: did you mean act.*there is no column 'to'"):
        run(tmp_path / "out.ndjson", tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(BatchStopped, match=r"b\.parquet is no Parquet file"):
        run(tmp_path / "out.ndjson", tmp_path / "b.parquet")
    with pytest.raises(BatchStopped, match="of no known kind"):
        run(tmp_path / "out.ndjson", tmp_path / "c.xlsx")
    with pytest.raises(BatchStopped, match="it ends with"):
        run(tmp_path / "out.txt", tmp_path / "b.parquet")


def test_blocks_follow_the_time_that_they_take():
    sizer = Sizer()
    first = sizer()
    sizer.took(first, 0.1)
    grown = sizer()
    assert grown > first
    sizer.took(grown, 400)
    assert sizer() < grown
    assert Sizer(5)() == 5
