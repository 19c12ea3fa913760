"""The ledger is what the engine answers; its text is read back as it was written, and what cannot be read is told."""

from __future__ import annotations

import pytest

from comity.scenarios.commands import labels_of
from comity.scenarios.difference import compare
from comity.scenarios.ledger import FORMAT, HEAD, LEDGER, LedgerError, ledger_texts, read_ledger, write_ledger
from comity.scenarios.record import FlowName, Instrument, Leg, Record
from comity.scenarios.telling import tell
from comity.scenarios.versions import Version

LEG = Leg(
    "conflict",
    {
        "xx/act": Instrument("conditional", {"ACT-1": "due(0) exempted[ACT-5,ACT-6](1)", "ACT-2": "due", "ACT-3": "due"}),
        "yy/act": Instrument("not-regulated", {"BCT-1": "unknown"}),
    },
    frozenset({"xx/Sensitive on /dataItems/0"}),
    frozenset({"ACT-2 BCT-1"}),
    frozenset({"/exporter/kind", "/dataItems/0/persons"}),
)
RECORDS = {
    FlowName("xx/act/scope", "One leg: with a colon"): Record("conflict", (LEG,)),
    FlowName("xx/act/scope", "A route"): Record("conflict", (LEG, Leg("permitted", {"xx/act": Instrument("permitted", {"ACT-4": "met"})}))),
    FlowName("yy/act", "Refused"): Record("refused"),
}


def test_no_answer_differs_from_the_ledger(records, root, program):
    moved = compare(read_ledger(root / LEDGER), records)
    if moved:
        told = tell(moved, "en", labels=labels_of(Version("", program)))
        law = "Where the law moved on purpose, run 'make ledger' and give the legal reason of each group in the commit."
        pytest.fail("\n".join(["the answers are not those of tests/ledger", *told, law]), pytrace=False)


def test_the_ledger_is_written_as_make_ledger_writes_it(root):
    folder = root / LEDGER
    texts = {path.relative_to(folder).with_suffix("").as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.*")}
    assert ledger_texts(read_ledger(folder)) == texts, "run 'make ledger'"


def test_the_ledger_is_compact(root):
    ledger = read_ledger(root / LEDGER)
    assert sum(path.stat().st_size for path in (root / LEDGER).rglob("*.txt")) / len(ledger) <= 2000


def test_what_is_written_is_read_back(tmp_path):
    write_ledger(tmp_path, RECORDS)
    assert read_ledger(tmp_path) == RECORDS
    assert write_ledger(tmp_path, RECORDS) == []


def test_blocks_stand_in_the_order_of_names_and_norms_by_status(tmp_path):
    write_ledger(tmp_path, RECORDS)
    lines = (tmp_path / "xx/act/scope.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"{HEAD} {FORMAT}"
    assert [line for line in lines if line.startswith("flow")] == ["flow: A route", "flow: One leg: with a colon"]
    assert "    due: ACT-2 ACT-3" in lines
    assert lines[lines.index("flow: One leg: with a colon") + 1] == "  verdict: conflict"


def test_a_file_that_no_scenario_stands_behind_is_deleted(tmp_path):
    write_ledger(tmp_path, RECORDS)
    kept = {name: record for name, record in RECORDS.items() if name.file != "yy/act"}
    assert write_ledger(tmp_path, kept) == [tmp_path / "yy/act.txt"]
    assert read_ledger(tmp_path) == kept


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{HEAD} {FORMAT + 1}\n", f"is written in format {FORMAT + 1}, and this version of Comity reads format {FORMAT}"),
        ("flow: A\n", "does not begin as a ledger does"),
        ("", "does not begin as a ledger does"),
        (f"{HEAD} {FORMAT}\n\nflow: A\n  verdict: due\n    due: ACT-1\n", "line 5: the statuses of norms stand below their instrument"),
        (f"{HEAD} {FORMAT}\n\nflow: A\n<<<<<<< ours\n", "line 4: '<<<<<<< ours' is no line of a ledger"),
    ],
)
def test_a_ledger_that_cannot_be_read_is_told_with_the_remedy(tmp_path, text, told):
    (tmp_path / "act.txt").write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError) as fault:
        read_ledger(tmp_path)
    assert told in str(fault.value)
    assert "run 'comity ledger'" in str(fault.value)
