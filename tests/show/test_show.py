"""``comity show``: a norm or class on one page, and the index of instruments, as a curator meets them."""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.cli import app
from comity.curate.fmt import format_graph
from comity.paths import source_root
from comity.rdf.turtle import Forest, read_text

WORLD = Path(__file__).parents[1] / "api" / "world.ttl"
SCENARIOS = """
- name: A ship sails
  facts: {act: disclosure, to: BB}
  expect: {findings: [{norm: AA-38, status: unmet}, {norm: AA-380, status: met}]}
- name: A ship stays
  like: A ship sails
  but: {/to: AA}
  expect: {findings: [{norm: AA-38, status: not-applicable}]}
- name: A ship may sail
  like: A ship sails
  but: {/to: {$absent: true}}
  expect: {findings: [{norm: AA-38, status: [unknown, not-applicable]}]}
- name: Another ship
  facts: {}
  expect: {findings: [{norm: AA-9, status: exempted}]}
"""


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A clone whose law is the small world of two invented places, with scenarios."""
    root = tmp_path / "clone"
    (root / "data").mkdir(parents=True)
    shutil.copy(WORLD, root / "data" / "world.ttl")
    folder = root / "tests" / "scenarios" / "aa"
    folder.mkdir(parents=True)
    (folder / "act.yaml").write_text(SCENARIOS, encoding="utf-8")
    (folder / "other.yaml").write_text("- name: [", encoding="utf-8")  # of another norm, so it is not read
    return root


def run(root: Path, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["show", *arguments, "--root", str(root)], env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})
    return result.exit_code, result.stdout, result.stderr


def show(root: Path, *arguments: str) -> str:
    code, told, complaint = run(root, *arguments)
    assert (code, complaint) == (0, "")
    return told


def part(told: str, heading: str) -> str:
    """What stands below ``heading``, up to the next blank line."""
    assert f"\n{heading}\n" in told, told
    return told.partition(f"\n{heading}\n")[2].partition("\n\n")[0]


def test_a_norm_is_told_with_all_that_a_lawyer_wants_to_see_together(world):
    told = show(world, "AA-38")
    head = told.partition("\n\nWhen it applies\n")[0]
    for text in ("AA-38  obligation", "A ground for <every> transfer", "Who sends data abroad needs a ground.", "bearer: exporter",
                 "statedIn: Data Act art. 38 · Aland Data Act (aa/data-act)", "2020-01-01"):  # fmt: skip
        assert text in head, text
    assert "and not AaHousehold" in part(told, "When it applies")
    assert "Household exemption\n    Data Act art. 9" in part(told, "What lifts it")
    assert "BB-1  No sending out" in part(told, "What it lifts")
    assert "aa/data-act/sanction-fine  Fine of up to ten" in part(told, "Sanctions")
    assert "A treaty request" in part(told, "What the law offers to reconcile it with another law")
    assert "Does a copy count as a transfer?" in part(told, "Open questions")
    assert "held by: The registrar" in part(told, "Open questions") and "expressed by AA-38" in part(told, "Open questions")
    provenance = part(told, "Reading and provenance")
    assert "Small print." in provenance and "Data Act of Aland" in provenance
    assert "seen through: a copy" in provenance, "whatever stands on the norm is told by its label"


def test_the_demand_is_told_in_words_and_as_house_turtle(world):
    demand = part(show(world, "AA-38"), "What it demands")
    for words in ("Any one of these ways meets it", "○ a contract in effect", "○ grounds: contract of Aland", "○ consent"):
        assert words in demand, words
    shape = demand.partition("  As SHACL\n")[2]
    text = WORLD.read_text(encoding="utf-8")
    prefixes = "".join(re.findall(r"^@prefix .*\n", text, re.MULTILINE))
    source = re.search(r"^c:AaTransferDemand .*?(?=^c:AaOther )", text, re.MULTILINE | re.DOTALL)
    assert source
    triples = read_text(prefixes + shape)
    assert Forest(triples).meaning() == Forest(read_text(prefixes + source[0])).meaning()
    assert textwrap.dedent(shape).strip() == format_graph(triples).partition("\n\n")[2].strip()


def test_one_level_is_unfolded_and_all_with_deep(world):
    (world / "data" / "more.ttl").write_text(
        """@prefix c: <https://w3id.org/comity/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        c:AaOuter a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( c:DataFlow c:AaTransfer ) ] .""",
        encoding="utf-8",
    )
    once, deep = show(world, "AaOuter"), show(world, "AaOuter", "--deep")
    assert "AaTransfer — transfer out of Aland" in once and "householdActivity" not in once
    assert "AaHousehold — household flow" in deep and "householdActivity value true" in deep


def test_a_class_is_told_with_its_users(world):
    told = show(world, "c:AaHousehold")
    assert "AaHousehold\nhousehold flow" in told and "householdActivity value true" in part(told, "Defined as")
    used = part(told, "Where it is named")
    assert "AaTransfer  transfer out of Aland" in used, "inside the definition of a class"
    assert "AA-9  Household exemption" in used, "the situation of a norm"
    assert "AA-38  A ground for <every> transfer" in show(world, "AaContract"), "inside the demand of a norm"


@pytest.mark.parametrize("name", ["AA-38", "aa/data-act/norm-38", "/id/aa/data-act/norm-38", "data-act:norm-38", "aa-data-act:norm-38",
                                  "https://w3id.org/comity/id/aa/data-act/norm-38"])  # fmt: skip
def test_a_norm_has_many_names(world, name):
    assert show(world, name).startswith("AA-38  obligation\n")


@pytest.mark.parametrize("name", ["AaTransfer", "c:AaTransfer", "/ns/AaTransfer", "https://w3id.org/comity/ns#AaTransfer"])
def test_a_class_has_many_names(world, name):
    assert show(world, name).startswith("AaTransfer\n")


@pytest.mark.parametrize(
    ("name", "near"),
    [("AA-39", "AA-38"), ("aa-38", "AA-38"), ("c:AaTranfer", "AaTransfer"), ("AaTranfer", "AaTransfer"), ("aa/data-act/norm-3", "norm-38")],
)
def test_an_unknown_name_gives_the_nearest_and_2(world, name, near):
    code, told, complaint = run(world, name)
    assert (code, told) == (2, "")
    assert complaint.startswith(f"error the graph has nothing called {name!r}. Nearest: ") and near in complaint


@pytest.mark.parametrize("name", ["<b>[bold]x", "", "   ", "a b", "https://[", "x" * 5000, "c:", ":"])
def test_a_name_that_nothing_can_have_is_a_sentence(world, name):
    code, told, complaint = run(world, name)
    assert (code, told) == (2, "") and complaint.startswith("error the graph has nothing called")


def test_chinese(world):
    told = show(world, "AA-38", "--lang", "zh")
    for text in ("AA-38  义务", "每次传输须有依据", "何时适用", "满足下列任一方式即可", "已生效的合同", "登记官", "解读与出处", "细则。"):
        assert text in told, text
    assert "适用的情景" in told and "与“A ship sails”相同，但" in told


def test_scenarios_that_fire_the_norm_and_that_leave_it_silent(world):
    scenarios = show(world, "AA-38").partition("\nScenarios\n")[2]
    fired, _, silent = scenarios.partition("  Silent in\n")
    assert "tests/scenarios/aa/act.yaml\n      unmet  A ship sails\n" in fired
    assert "unknown or not-applicable  A ship may sail" in fired
    assert 'not-applicable  A ship stays\n          like “A ship sails”, but {"/to": "AA"}' in silent
    assert "Another ship" not in scenarios and "A ship sails\n" not in silent


def test_a_scenario_that_cannot_be_read_does_not_hide_the_law(world):
    (world / "tests/scenarios/aa/broken.yaml").write_text("- {name: AA-9, odd: 1}", encoding="utf-8")
    code, told, complaint = run(world, "AA-9")
    assert code == 0 and "Household exemption" in told and "Scenarios" not in told
    assert "broken.yaml" in complaint and "unknown key" in complaint


def test_without_scenarios_as_in_a_wheel_there_is_no_such_section(tmp_path):
    (tmp_path / "data").mkdir()
    shutil.copy(WORLD, tmp_path / "data")
    assert "Scenarios" not in show(tmp_path, "AA-38")


def test_json(world):
    data = json.loads(show(world, "AA-38", "--json"))
    assert data["identifier"] == "AA-38" and data["defined"]["name"] == "AaTransfer"
    assert data["demand"]["any_of"] is True and data["demand"]["parts"][0]["words"] == "a contract in effect"
    assert data["shape"].startswith("c:AaTransferDemand\n")
    assert [reference["name"] for reference in data["norm"]["lifted_by"]] == ["AA-9"]
    assert [line["name"] for line in data["scenarios"]["silent"]] == ["A ship stays"]
    assert {row["path"]: (row["articles"], row["norms"]) for row in json.loads(show(world, "--list", "--json"))} == {
        "aa/data-act": (2, 2),
        "bb/order": (1, 1),
    }


def test_the_index_of_instruments(world):
    head, first, second, total = show(world, "--list").splitlines()
    assert head.split() == ["instrument", "in", "force", "until", "provisions", "norms", "title"]
    assert first.split() == ["aa/data-act", "2020-01-01", "2", "2", "Aland", "Data", "Act"]
    assert second.split() == ["bb/order", "2021-06-01", "2024-01-01", "1", "1", "Beland", "Order"]
    assert total == "2 instruments"
    assert "甲国数据法" in show(world, "--list", "--lang", "zh")


@pytest.mark.parametrize("place", ["AA", "aa", "Aland", "甲国", "place:AA", "place/AA"])
def test_the_index_of_a_place(world, place):
    told = show(world, "--list", place)
    assert "aa/data-act" in told and "bb/order" not in told


def test_the_index_of_an_unknown_place_gives_the_nearest_and_2(world):
    code, told, complaint = run(world, "--list", "Alnd")
    assert (code, told) == (2, "")
    assert "there is no instrument of 'Alnd' in the graph. Nearest: Aland" in complaint and "instruments: AA, BB." in complaint


def test_without_a_name_it_says_what_to_give(world):
    code, _, complaint = run(world)
    assert code == 2 and "name a norm or a class" in complaint and "--list" in complaint


def test_sources_that_cannot_be_read_are_told_with_their_line(tmp_path):
    code, _, complaint = run(tmp_path, "AA-38")
    assert code == 2 and "there are no Turtle files here" in complaint
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "odd.ttl").write_text("@prefix c: <https://w3id.org/comity/ns#> .\nc:a d:b c:c .\n", encoding="utf-8")
    code, _, complaint = run(tmp_path, "AA-38")
    assert code == 2 and "data/odd.ttl line 2: undefined prefix d:" in complaint


def test_the_law_itself_every_norm_can_be_shown():
    """Every norm of the sources has words for its demand and a situation in Manchester syntax, in both languages."""
    from comity.iris import NS
    from comity.show.sources import open_sources
    from comity.web.index import Index
    from comity.web.terms import Terms
    from comity.web.thing import Pages

    store = open_sources(source_root())
    terms = Terms(store)
    pages = Pages(store, terms)
    norms = [iri for iri in Index(store).entries if terms.has(iri, NS + "concerns")]
    assert len(norms) > 500
    for iri in norms:
        for lang in ("en", "zh"):
            thing = pages.thing(iri, lang)
            assert thing.norm and thing.norm.provisions, iri
            assert thing.logic is None or "…" not in [token.text for token in thing.logic.tokens], iri
            for way in thing.demand.parts if thing.demand else ():
                assert way.words and "…" not in way.words and "…" not in [token.text for token in way.tokens], (iri, way)
            assert thing.demand is None or thing.demand.parts, iri
