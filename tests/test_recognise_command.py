"""``comity recognise`` and ``comity commitments``: reports in both languages, JSON, and exit codes."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

import comity
from comity import cli
from comity.manifest import write_manifest
from tests.recognition.world import MEMBERSHIPS, commitment, exception, power, reach, respite, row, tiny_program, treaty
from tests.tiny import norm

DIGEST = "sha256:" + "ab" * 32
READ = {"status": "verified", "against": ["Decision, art. 1"], "copies": [], "secondary": [], "on": "2025-01-01"}
DECISION = {"label": {"en": "the Decision", "zh": "该决定"}, "iri": None}
ROWS = (
    row("A", "XX", "YY", scope={"en": "trade alone", "zh": "仅限贸易"}, until="2030-01-01", verification=READ, instruments=[DECISION]),
    row("B", "YY", "XX", "equivalence"),
    row("C", "XX", "SEAL", "certificationRecognition"),
    row("D", "YY", "SEAL", "certificationRecognition"),
    row("OLD", "XX", "YY", until="2023-01-01"),
    row("P", "YY", "ZZ"),
    row("U", "UNION", "XX-1"),
    row("M", "WW", "YY", **{"from": "2025-06"}),
)
EXCEPTIONS = {
    "E": exception("P", grounds=["security"], judgedBy="party"),
    "F": exception("P", excludesMeasures=["taxation"]),
    "G": exception("P", closes=["panel"]),
    "H": exception("P", unsettles=["consultations"]),
    "W": exception("Q", grounds=["transition"], until="2027-01-01", respites=[respite("XX")]),
}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of the small world."""
    folder = tmp_path_factory.mktemp("world")
    permissions = tuple(norm(f"OPEN-{number}", "A", "Permission") for number in range(10))
    program = tiny_program(
        *ROWS,
        memberships=[*MEMBERSHIPS, ["SEAL", "WW", "2020-01-01", None]],
        norms=(*permissions, norm("KEEP", "A")),
        treaties={"pact": treaty(parties=["XX", "YY"]), "draft": treaty(parties=["XX", "WW"], draft=True, signed="2025-01-01")},
        commitments={"P": commitment(reach("localStorage", arguable=True)), "Q": commitment(reach("transferBan"))},
        exceptions=EXCEPTIONS,
        enforcement={"D": power("P")},
        restricts={"KEEP": ["localStorage"]},
    )
    (folder / "dataset.nq").write_text("<x:a> <x:b> <x:c> <x:g> .\n")
    (folder / "program.json").write_bytes(orjson.dumps(program))
    write_manifest(folder, version=comity.__version__, digest=DIGEST, witnesses=DIGEST, reasoner=False, counts={"norms": 1})
    return folder


def run(dataset: Path, *arguments: str) -> tuple[int, str, str]:
    call = [*arguments, "--dataset", str(dataset)]
    result = CliRunner().invoke(cli.app, call, env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})
    return result.exit_code, result.stdout, result.stderr


def recognise(dataset: Path, *arguments: str) -> str:
    code, out, err = run(dataset, "recognise", *arguments, "--on", "2025-06-02")
    assert (code, err) == (0, "")
    return out


def test_a_pair_is_told_line_by_line(dataset):
    assert recognise(dataset, "XX", "YY").splitlines() == [
        "Xland (XX) – Yland (YY), on 2025-06-02",
        "each recognises the other",
        "",
        "XX → YY: recognised: data in the scope may go there without a further mechanism",
        "  recognition: A [A] since 2022-01-01 until 2030-01-01",
        "    trade alone",
        "    under the Decision; verified against the source",
        "  accepts the certificate: C [C] since 2022-01-01",
        "    not verified against the source",
        "  not in force: OLD [OLD] since 2022-01-01 until 2023-01-01",
        "    not verified against the source",
        "",
        "YY → XX: recognised: data in the scope may go there without a further mechanism",
        "  recognition: B [B] since 2022-01-01",
        "    not verified against the source",
        "  parts of it: U [U] since 2022-01-01",
        "    not verified against the source",
        "  accepts the certificate: D [D] since 2022-01-01",
        "    not verified against the source",
        "The two directions differ in: kind, scope, end",
        "Certificates that both accept: SEAL (SEAL)",
        "Treaties between them:",
        "  treaty (since 2022-01-01): P, Q",
    ]


def test_a_pair_in_chinese_has_words_for_everything(dataset):
    told = recognise(dataset, "XX", "YY", "--lang", "zh")
    said = re.sub(r"〔[^〕]*〕( \([A-Z]+\))?", "名", told)
    assert not re.search("[一-鿿] ?[:;,(]", said), "the marks of English"
    for line in ("相互认可", "    仅限贸易", "双方均接受的认证：〔SEAL〕 (SEAL)", "双方之间的条约："):
        assert line in told.splitlines(), told
    assert not re.search("[a-z]{2,}", said), "a word was left in English"


def test_where_nothing_is_recognised_the_grounds_left_are_named_and_counted(dataset):
    told = recognise(dataset, "XX", "WW")
    assert "XX → WW: not recognised as a place; a certificate or contract of the recipient is accepted" in told
    assert "  grounds left: " + ", ".join(f"OPEN-{number}" for number in range(8)) + " and 2 more" in told
    assert "WW → XX: no row was found, and the graph does not hold the law on transfers" in told
    assert "  treaty (not in force between them)" in told


def test_parts_and_the_lack_of_a_treaty_are_told(dataset):
    told = recognise(dataset, "UNION", "XX")
    assert "  parts of it: U [U] since 2022-01-01" in told
    assert "No treaty on data between them is in the graph." in recognise(dataset, "YY", "WW")
    assert "图谱中没有双方之间的数据条约。" in recognise(dataset, "YY", "WW", "--lang", "zh")


def test_a_row_of_which_the_day_is_uncertain_says_so(dataset):
    assert "  recognition: M [M] since 2025-06 (this day lies within a date known to the month or year only)" in recognise(
        dataset, "WW", "YY"
    )
    assert "自 2025-06（该日处于仅知年月或年份的日期之内）" in recognise(dataset, "WW", "YY", "--lang", "zh")


def test_commitments_are_told_with_what_excuses_a_restriction_and_where_they_can_be_pursued(dataset):
    code, out, _ = run(dataset, "commitments", "XX", "YY", "--on", "2025-06-02")
    assert code == 0
    assert out.splitlines() == [
        "Xland (XX) → Yland (YY), on 2025-06-02",
        "Commitments bind states towards one another. A restriction that one reaches is questionable at most: only the parties or a panel "
        "say that it is a breach. No company can plead a commitment, and none is a ground for a transfer.",
        "",
        "P – treaty: norm",
        "  whether the commitment reaches it can be argued both ways",
        "  reaches: localStorage (arguably)",
        "  restrictions in the graph: KEEP (arguably)",
        "  may be excused by: E norm (judged by: party)",
        "  does not speak of: taxation",
        "  may be pursued, by a party only, by no agreed way; closed: panel; unsettled: consultations",
        "",
        "Q – treaty: norm",
        "  the party need not observe the commitment yet",
        "  need not be observed until 2027-01-01 (W)",
        "  reaches: transferBan",
        "  may be pursued, by a party only, by no agreed way",
    ]


def test_commitments_in_chinese(dataset):
    _, out, _ = run(dataset, "commitments", "XX", "YY", "--on", "2025-06-02", "--lang", "zh")
    assert "企业不得援引承诺" in out and "  暂无须遵守，至 2027-01-01（W）" in out
    assert "  仅缔约方可主张，途径：无约定途径；不开放：〔panel〕；未定：〔consultations〕" in out.splitlines()
    assert "  可依下列例外正当化：E 〔norm〕（判断者：〔party〕）" in out.splitlines()


def test_where_nothing_is_owed_that_is_said(dataset):
    assert "No commitment of Xland (XX) to Wland (WW) is in the graph on this day." in run(dataset, "commitments", "XX", "WW")[1]
    assert "该日图谱中没有〔Xland〕 (XX)对〔Wland〕 (WW)的承诺。" in run(dataset, "commitments", "XX", "WW", "--lang", "zh")[1]


@pytest.mark.parametrize(("command", "key"), [("recognise", "forward"), ("commitments", "commitments")])
def test_as_json(dataset, command, key):
    code, out, _ = run(dataset, command, "XX", "YY", "--on", "2025-06-02", "--json")
    found = json.loads(out)
    assert (code, found["on"], key in found, found["graph"]["digest"]) == (0, "2025-06-02", True, "sha256:test")
    assert "〔" in out, "texts stay as they are written"


@pytest.mark.parametrize("command", ["recognise", "commitments"])
def test_exit_codes(dataset, command, tmp_path):
    code, _, err = run(dataset, command, "Xlnd", "YY")
    assert code == 2 and "no place or body 'Xlnd'" in err and "XX" in err
    code, _, err = run(dataset, command, "XX", "xland")
    assert code == 2 and "the same place" in err
    code, _, err = run(dataset, command, "XX", "YY", "--on", "june")
    assert code == 2 and "write a day as 2026-01-31" in err
    code, _, err = run(tmp_path / "none", command, "XX", "YY")
    assert code == 3 and "comity build" in err


def test_a_day_before_the_law_is_refused(dataset):
    code, _, err = run(dataset, "recognise", "XX", "YY", "--on", "1999-01-01")
    assert code == 2 and "2022-01-01" in err


def test_without_a_day_it_is_today(dataset):
    assert json.loads(run(dataset, "recognise", "XX", "YY", "--json")[1])["on"] == date.today().isoformat()
