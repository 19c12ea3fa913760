"""``comity conflicts``: tables in both languages, the matrix, JSON, and exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

import comity
from comity import cli
from comity.manifest import write_manifest
from tests.recognition.world import MEMBERSHIPS, tiny_program
from tests.tiny import norm, words

DIGEST = "sha256:" + "ab" * 32
ASK = {"question": "xx/question", "position": "xx/question/yes"}
NORMS = (
    norm("POWER", "A", "Power", instrument="xx/act", **{"from": "2020-01-01"}),
    norm("POWER-OLD", "A", "Power", instrument="xx/act", **{"from": "2010-01-01", "until": "2020-01-01"}),
    norm("BAN", "B", "Prohibition", instrument="yy/act", **{"from": "2019-01-01"}),
    norm("HOME", "B", instrument="union/act"),
    norm("OPEN", "B", "Prohibition", instrument="zz/act", **ASK),
)


def pair(first: str, second: str, clash: str, kind: str = "compelledVersusForbidden", **more: object) -> dict:
    return {
        "iri": f"https://w3id.org/comity/id/conflict/{clash}",
        "norms": [first, second],
        "kind": kind,
        "act": "Transfer",
        "rule": "opposed",
        "duty": [first, second],
        "reconciledBy": [],
        "formal": False,
        **more,
    }


PAIRS = [
    pair("POWER", "BAN", "POWER--BAN"),
    pair("POWER-OLD", "BAN", "POWER--BAN"),
    pair("HOME", "POWER", "HOME--POWER", "localiseVersusDeliver", act=None),
    pair("POWER", "OPEN", "POWER--OPEN"),
    pair("BAN", "OPEN", "BAN--OPEN", formal=True),
]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of the small world."""
    folder = tmp_path_factory.mktemp("world")
    program = tiny_program(memberships=MEMBERSHIPS, norms=NORMS)
    for instrument, code in (("xx/act", "XX"), ("yy/act", "YY"), ("zz/act", "ZZ"), ("union/act", "UNION")):
        program["instruments"][instrument]["jurisdiction"] = [code]
    program["questions"]["xx/question"] = {"label": words("is it open"), "positions": ["xx/question/yes"]}
    program["conflicts"] = PAIRS
    kinds = {kind: words(kind) for kind in ("compelledVersusForbidden", "localiseVersusDeliver", "retainVersusErase")}
    meaning = {"counterMeasure": {"en": "Ask for counter-measures elsewhere.", "zh": "请另行查询反制措施。"}}
    program["conflictWords"] = {
        "kind": kinds | {name: words(name) for name in meaning},
        "kindMeaning": meaning,
        "act": {act: words(act) for act in ("Transfer", "Erasure")},
    }
    (folder / "dataset.nq").write_text("<x:a> <x:b> <x:c> <x:g> .\n")
    (folder / "program.json").write_bytes(orjson.dumps(program))
    write_manifest(folder, version=comity.__version__, digest=DIGEST, witnesses=DIGEST, reasoner=False, counts={"norms": 1})
    return folder


def run(dataset: Path, *arguments: str) -> tuple[int, str, str]:
    call = ["conflicts", *arguments, "--dataset", str(dataset)]
    result = CliRunner().invoke(cli.app, call, env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})
    return result.exit_code, result.stdout, result.stderr


def ids(dataset: Path, *arguments: str) -> list[str]:
    code, out, err = run(dataset, *arguments, "--json")
    assert (code, err) == (0, ""), err
    return [conflict["id"].removeprefix("conflict/") for conflict in json.loads(out)["conflicts"]]


def test_a_table_has_a_row_for_each_clash_with_the_norms_of_the_first_place_on_the_left(dataset):
    code, out, err = run(dataset, "yland", "XX")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "Conflicts between the law of Yland (YY) and of Xland (XX)"
    for line in (
        "compelledVersusForbidden",
        "POWER--BAN",
        "BAN from 2019-01-01",
        "POWER-OLD from 2010-01-01 until 2020-01-01",
        "2 conflicts",
    ):
        assert line in out
    (row,) = [line for line in out.splitlines() if "POWER from" in line and "BAN from" in line]
    assert row.index("BAN from") < row.index("POWER from")


def test_a_table_in_chinese_has_words_for_everything(dataset):
    out = run(dataset, "XX", "ZZ", "--lang", "zh", "--on", "2025-06-02")[1]
    said = re.sub(r"〔[^〕]*〕( \([A-Z]+\))?|[A-Z]+(--?[A-Z]+)*|\d{4}-\d\d-\d\d", "名", out)
    assert "规范有效日期：2025-06-02" in out and "否" in out and "共 2 项冲突" in out
    assert not re.search("[a-z]{2,}", said), said


def test_one_place_alone_has_its_conflicts_with_all_others(dataset):
    assert ids(dataset, "XX") == ["HOME--POWER", "POWER--BAN", "POWER--OPEN"]
    assert "Conflicts of the law of Zland (ZZ) with that of others" in run(dataset, "ZZ")[1]


def test_the_law_of_a_body_is_law_in_its_members_and_the_law_of_a_whole_in_its_parts(dataset):
    assert ids(dataset, "YY", "XX") == ["HOME--POWER", "POWER--BAN"]
    assert ids(dataset, "UNION", "XX") == ["HOME--POWER"]
    assert ids(dataset, "XX-1", "ZZ") == ["HOME--POWER", "POWER--OPEN"]
    assert ids(dataset, "YY", "--on", "2019-06-01") == ["POWER--BAN"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--kind", "localiseversusdeliver"], ["HOME--POWER"]),
        (["--kind", "retainVersusErase"], []),
        (["--act", "Transfer"], ["POWER--BAN", "POWER--OPEN"]),
        (["--instrument", "yy/act"], ["POWER--BAN"]),
        (["--settled"], ["HOME--POWER", "POWER--BAN"]),
        (["--no-settled"], ["POWER--OPEN"]),
        (["--on", "2015-06-01"], []),
        (["--formal"], ["HOME--POWER", "POWER--BAN", "POWER--OPEN"]),
    ],
)
def test_conflicts_by_what_they_are(dataset, asked, found):
    assert ids(dataset, "XX", *asked) == found


def test_those_that_stand_in_form_only_are_told_where_that_is_asked_and_marked(dataset):
    assert ids(dataset, "YY", "ZZ") == [] and ids(dataset, "YY", "ZZ", "--formal") == ["BAN--OPEN"]
    assert "formal" in run(dataset, "YY", "ZZ", "--formal")[1]
    assert "comity coverage" in run(dataset, "YY", "ZZ")[1]


def test_only_norms_of_the_day_are_told(dataset):
    found = json.loads(run(dataset, "XX", "YY", "--on", "2025-06-02", "--json")[1])
    assert found["on"] == "2025-06-02" and found["place"]["code"] == "XX" and found["graph"]["digest"] == "sha256:test"
    clash = next(conflict for conflict in found["conflicts"] if conflict["id"].endswith("POWER--BAN"))
    assert [norm["norm"] for norm in clash["sides"][0]["norms"]] == ["POWER"] and clash["settled"] is True


def test_a_norm_that_hangs_on_an_unsettled_question_names_it(dataset):
    (found,) = json.loads(run(dataset, "XX", "ZZ", "--no-settled", "--json")[1])["conflicts"]
    assert found["settled"] is False and found["sides"][1]["norms"][0]["unsettled"][0]["question"] == "xx/question"


def test_the_matrix_counts_by_legal_orders_and_kinds(dataset):
    code, out, _ = run(dataset, "--matrix")
    assert code == 0 and "UNION – XX" in out and "XX – YY" in out and "3 conflicts" in out
    matrix = json.loads(run(dataset, "--matrix", "--json", "--settled")[1])
    assert [(pair["between"], pair["total"]) for pair in matrix["pairs"]] == [(["UNION", "XX"], 1), (["XX", "YY"], 1)]
    assert [(kind["code"], kind["conflicts"]) for kind in matrix["kinds"]] == [
        ("compelledVersusForbidden", 1),
        ("localiseVersusDeliver", 1),
    ]
    assert "各法律秩序之间的冲突" in run(dataset, "--matrix", "--lang", "zh")[1]
    assert "No conflict is listed" in run(dataset, "--matrix", "--on", "1990-01-01", "--instrument", "zz/act", "--settled")[1]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["XXX"], "no place or body 'XXX'"),
        (["XX", "xland"], "the same"),
        (["XX", "--kind", "localise"], "Nearest: localiseVersusDeliver"),
        (["XX", "--kind", "counterMeasure"], "Ask for counter-measures elsewhere."),
        (["XX", "--kind", "retention of a kind that nobody has"], "compelledVersusForbidden"),
        (["XX", "--act", "Tranfer"], "Nearest: Transfer"),
        (["XX", "--instrument", "xx/akt"], "xx/act"),
        (["XX", "--on", "2026-02-30"], "did you mean 2026-02-28?"),
        (["XX", "--on", "june"], "write a day as 2026-01-31"),
        ([], "name a place or body"),
        (["XX", "--matrix"], "leave out the places"),
    ],
)
def test_a_wrong_question_is_refused_with_the_nearest_values(dataset, asked, says):
    code, _, err = run(dataset, *asked)
    assert code == 2 and says in err


def test_a_refusal_speaks_the_language_that_is_asked(dataset):
    assert "不是 kind 的已知值" in run(dataset, "XX", "--kind", "localise", "--lang", "zh")[2]


def test_help_has_examples_and_a_lack_of_a_dataset_is_told(tmp_path):
    assert "comity conflicts CN US --on" in CliRunner().invoke(cli.app, ["conflicts", "--help"], env={"COLUMNS": "120"}).stdout
    code, _, err = run(tmp_path / "none", "XX")
    assert code == 3 and "comity build" in err
