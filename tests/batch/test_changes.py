"""Which flows change on which day, and by which law: the timeline of each profile, summed."""

from __future__ import annotations

from datetime import date

import orjson

from tests.batch.conftest import write_lines

SPAN = (date(2024, 1, 1), date(2027, 12, 31))


def test_each_flow_changes_when_its_timeline_says_so(run, tmp_path, flows, checker):
    some = flows[:40]
    rows, summary = run(tmp_path / "out.ndjson", write_lines(tmp_path / "flows.ndjson", some), span=SPAN)
    expected: dict[str, int] = {}
    laws: dict[str, dict[str, int]] = {}
    for row, flow in zip(rows, some, strict=True):
        found = checker.timeline(flow, *SPAN)
        days = [change["on"] for change in found["changes"]]
        assert (row["verdict"], row["changes"], row["next"]) == (found["start"]["verdict"], len(days), days[0] if days else None)
        for change in found["changes"]:
            expected[change["on"]] = expected.get(change["on"], 0) + 1
            for law in {each["instrument"] for each in change["instruments"]}:
                counted = laws.setdefault(change["on"], {})
                counted[law] = counted.get(law, 0) + 1
    assert {day["on"]: day["flows"] for day in summary["changes"]} == expected
    assert expected, "no flow of the sample changes; take a longer span"
    for day in summary["changes"]:
        assert {law: told["flows"] for law, told in day["laws"].items()} == laws.get(day["on"], {})


def test_the_timelines_stand_beside_the_rows_once_for_each_profile(run, tmp_path, flows):
    rows, summary = run(tmp_path / "out.ndjson", write_lines(tmp_path / "flows.ndjson", flows), span=SPAN)
    answers = [orjson.loads(line) for line in (tmp_path / "out.answers.ndjson").read_bytes().splitlines()]
    assert len(answers) == summary["profiles"] < len(flows)
    for row in rows:
        assert answers[row["profile"]]["changes"] == row["changes"] == len(answers[row["profile"]]["answer"]["changes"])
