"""Readings: what makes one wrong, what makes one stale, and what the stamp writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from comity.cli import app
from comity.curate.reading_faults import reading_faults
from comity.iris import NS, READINGS
from comity.readings.digest import digest, holders
from comity.readings.record import FOLDER, read_file, read_readings
from comity.readings.stamping import stamped
from comity.readings.standing import flaws, table
from comity.readings.statements import reading_lines

CLASSES = {"Out": ["and", ["place", "to", ["all"]], ["is", "Many"]], "Many": ["num", "persons", 100, False, None, False]}
NORM = {
    "id": "ACT-1", "iri": "https://w3id.org/comity/id/xx/act/norm-1", "instrument": "xx/act", "kind": "Obligation", "perItem": False,
    "when": "Out", "situation": "Out", "nexus": None,
    "demand": ["present", "notices", 1], "exceptions": ["ACT-2"], "exceptionsMustBeShown": False,
    "from": "2024-01-01", "until": None,
}  # fmt: skip
LIFTING = {**NORM, "id": "ACT-2", "when": "Many", "situation": "Many", "demand": None, "exceptions": []}
PROGRAM = {"norms": [NORM, LIFTING], "classes_compiled": CLASSES}
ENTRY = {
    "read": "2026-01-31",
    "text": {"url": "https://example.org/act", "edition": "2024", "how": "official"},
    "elements": [
        {"says": "at least a hundred people", "zh": "一百人以上", "held": "Many"},
        {"says": "in writing", "zh": "书面", "left": "no fact says so", "left_zh": "无此事实"},
    ],
    "dates": {"says": "from 2024", "zh": "自2024年", "held": "dates"},
}


@pytest.fixture
def write(tmp_path: Path):
    def written(entry: dict, norm: str = "ACT-1", name: str = "xx/act") -> Path:
        path = tmp_path / FOLDER / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump({norm: entry}, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"read": "soon"}, "which day"),
        ({"read": "2999-01-01"}, "still to come"),
        ({"text": {**ENTRY["text"], "how": "hearsay"}}, "which text"),
        ({"text": {**ENTRY["text"], "url": "the gazette"}}, "no address"),
        ({"text": {**ENTRY["text"], "how": "secondary"}}, "not named"),
        ({"of": "md5:0"}, "no digest"),
        ({"elements": []}, "no element"),
        ({"elements": [{"says": "who", "held": "Many"}]}, "English and Chinese"),
        ({"elements": [{"says": "who", "zh": "谁"}]}, "neither held nor left out"),
        ({"elements": [{"says": "who", "zh": "谁", "held": "Many", "left": "so", "left_zh": "故"}]}, "neither held nor left out"),
        ({"elements": [{"says": "who", "zh": "谁", "left": "so"}]}, "one language"),
        ({"governs": "flow"}, "keys"),
    ],
)
def test_the_form_of_an_entry(write, change, complaint):
    (flaw,) = read_file(write({**ENTRY, **change})).flaws
    assert complaint in flaw.message and flaw.message_zh and flaw.remedy and flaw.remedy_zh and flaw.line >= 1


def test_a_file_that_is_no_yaml_is_one_flaw_with_its_line(write):
    path = write(ENTRY)
    path.write_text("ACT-1:\n  read: [\n", encoding="utf-8")
    (flaw,) = read_file(path).flaws
    assert flaw.line > 1 and "YAML" in flaw.message


@pytest.mark.parametrize(
    ("norm", "name", "held", "complaint", "remedy"),
    [
        ("ACT-11", "xx/act", "Many", "no weighed norm", "ACT-1"),
        ("ACT-1", "xx/other", "Many", "another file", "Move"),
        ("ACT-1", "xx/act", "Mny", "does not rest", "Many"),
    ],
)
def test_what_a_reading_speaks_of_must_be_there(write, tmp_path, norm, name, held, complaint, remedy):
    path = write({**ENTRY, "elements": [{"says": "who", "zh": "谁", "held": held}]}, norm, name)
    (flaw,) = flaws(read_file(path), tmp_path, PROGRAM)
    assert complaint in flaw.message and remedy in flaw.remedy


@pytest.mark.parametrize(("how", "encoded", "claims"), [("secondary", True, True), ("secondary", False, False), ("copy", True, False)])
def test_a_norm_claims_no_more_than_its_reading_saw(write, tmp_path, how, encoded, claims):
    write({**ENTRY, "text": {**ENTRY["text"], "how": how, "where": "a note of a law firm"}})
    told = reading_faults(tmp_path, PROGRAM, {}, {"ACT-1"} if encoded else set())
    faults = [fault for fault in told if fault.rule == "reading-claims"]
    assert [(fault.focus, fault.level, fault.line) for fault in faults] == ([("ACT-1", "fault", 1)] if claims else [])


def test_a_norm_rests_on_its_classes_facts_and_exceptions():
    norms = {"ACT-1": NORM, "ACT-2": LIFTING}
    assert holders(NORM, norms, CLASSES) == {"demand", "exceptionTo", "dates", "ACT-2", "Out", "Many", "to", "persons", "notices"}
    assert "ACT-1" in holders(LIFTING, norms, CLASSES)


@pytest.mark.parametrize(
    ("norm", "classes", "changes"),
    [
        ({"label": {"en": "another name"}}, {}, False),
        ({"until": "2030-01-01"}, {}, True),
        ({"nexus": "XxLinked"}, {}, True),
        ({"exceptions": []}, {}, True),
        ({"demand": None}, {}, True),
        ({}, {"Many": ["num", "persons", 101, False, None, False]}, True),
        ({}, {"Other": ["true"]}, False),
    ],
)
def test_a_reading_is_stale_once_what_was_read_has_changed(norm, classes, changes):
    before, after = digest(NORM, {"Many"}, CLASSES), digest({**NORM, **norm}, {"Many"}, {**CLASSES, **classes})
    assert (before != after) is changes


@pytest.mark.parametrize(
    ("one", "other", "changes"),
    [
        (["place", "to", ["body", "AA"]], ["place", "to", ["body", "BB"]], True),
        (["place", "to", ["body", "AA"]], ["place", "storedIn", ["body", "AA"]], True),
        (["place", "to", ["territory", "AA"]], ["place", "to", ["union", ["territory", "AA"], ["territory", "BB"]]], True),
        (["and", ["place", "to", ["body", "AA"]], ["present", "notices", 1]], ["place", "to", ["body", "AA"]], True),
        (["or", ["inforce", "recognition/A"]], ["or", ["inforce", "recognition/A"], ["inforce", "recognition/B"]], False),
    ],
)
def test_a_place_list_counts_as_it_is_named_and_recognitions_by_the_class(one, other, changes):
    """Who belongs to a body is no part of a compiled class, so that a reading outlives a new member."""
    before, after = (digest(NORM, {"Many"}, {**CLASSES, "Many": said}) for said in (one, other))
    assert (before != after) is changes


def test_the_stamp_makes_a_reading_current_and_leaves_every_other_line(write, tmp_path):
    path = write(ENTRY)
    before = path.read_text(encoding="utf-8")
    (row,) = table(read_readings(tmp_path), PROGRAM)
    assert (row.norms, row.read, row.elements, row.held, row.left, row.stale, row.absent) == (2, 1, 3, 2, 1, ["ACT-1"], ["ACT-2"])
    text, changed = stamped(read_file(path), {"ACT-1"}, PROGRAM)
    assert changed == ["ACT-1"] and text.startswith(before)
    path.write_text(text, encoding="utf-8")
    assert table(read_readings(tmp_path), PROGRAM)[0].stale == []
    assert stamped(read_file(path), {"ACT-1"}, PROGRAM) == (text, [])


def test_readings_become_statements(write):
    lines = list(reading_lines(read_file(write(ENTRY)).readings, {"ACT-1": NORM["iri"]}, {NS + "Many"}, {"ACT-1": True}))
    assert all(line.endswith(f"<{READINGS}> .") for line in lines)
    joined = "\n".join(lines)
    assert f"<{NS}heldBy> <{NS}Many>" in joined and f'<{NS}heldBy> "dates"' in joined and '"无此事实"@zh' in joined
    assert f"<{NS}readingOf> <{NORM['iri']}>" in joined and f"<{NS}currentReading> " in joined


def test_the_table_is_printed_as_text_and_as_json(root):
    for options in ([], ["--json"]):
        result = CliRunner().invoke(
            app, ["readings", "--root", str(root), *options], env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}
        )
        assert result.exit_code == 0, result.output
        assert "us/padfa" in result.output
    rows = json.loads(result.output)
    assert sum(row["read"] for row in rows) == sum(sum(row["how"].values()) for row in rows) > 0


def test_a_stamp_for_a_norm_without_a_reading_names_the_nearest(root):
    result = CliRunner().invoke(app, ["readings", "--root", str(root), "--stamp", "PADFA-AA"], env={"COLUMNS": "200", "NO_COLOR": "1"})
    assert result.exit_code == 3 and "PADFA-A" in result.output
