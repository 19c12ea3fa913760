"""Each curation rule finds its fault in a tiny world, and finds nothing in the world's correct twin."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, SH

from comity.curate.validate import Fault, Rules, check, read_rules, validate
from comity.rdf.load import load_sources

REPOSITORY = Path(__file__).resolve().parents[2]
SOUND = "sound"
WORLDS = sorted(path.stem.removeprefix("curation-") for path in (REPOSITORY / "tests/worlds").glob("curation-*.ttl"))
WORLDS.remove(SOUND)
LayOut = Callable[..., Path]


def in_chinese(fault: Fault) -> bool:
    """Whether a fault says in Chinese, with Chinese punctuation, what is wrong and what to do."""
    message, remedy = fault.told("zh")
    words = re.search("[一-鿿]", message) and re.search("[一-鿿]", remedy)
    unquoted = re.sub("'[^']*'", "", message + remedy)  # a citation is written with the comma of English in either language
    return bool(words) and remedy.endswith("。") and not re.search("[一-鿿][,;:.?]", unquoted)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(REPOSITORY)


def test_a_sound_law_has_no_fault(tmp_path: Path, rules: Rules, lay_out: LayOut) -> None:
    assert check(load_sources(lay_out(tmp_path, SOUND)), rules) == []


@pytest.mark.parametrize("rule", WORLDS)
def test_a_rule_finds_its_fault_and_only_that(rule: str, tmp_path: Path, rules: Rules, lay_out: LayOut) -> None:
    faults = check(load_sources(lay_out(tmp_path / "faulty", SOUND, rule)), rules)
    assert [fault for fault in faults if not in_chinese(fault)] == []
    assert {fault.rule for fault in faults} == {rule}, [str(fault) for fault in faults]
    assert all(fault.file and fault.message and fault.remedy for fault in faults)
    assert check(load_sources(lay_out(tmp_path / "twin", SOUND, rule, twin=True)), rules) == []


def test_each_way_of_citing_badly_is_found(tmp_path: Path, rules: Rules, lay_out: LayOut) -> None:
    faults = check(load_sources(lay_out(tmp_path, SOUND, "citation-incomplete")), rules)
    assert len(faults) == 6, [str(fault) for fault in faults]
    assert all("c:review-unverified" in fault.remedy and fault.line for fault in faults)


def test_a_day_without_a_source_and_a_source_without_a_day_are_found(tmp_path: Path, rules: Rules, lay_out: LayOut) -> None:
    root = lay_out(tmp_path, SOUND, "verified-on-unfounded")
    sound = root / "data/xx/act.ttl"
    sound.write_text(sound.read_text(encoding="utf-8").replace('    c:verifiedOn "2021-01-31"^^xsd:date ;\n', ""), encoding="utf-8")
    said = sorted((fault.focus, fault.message) for fault in check(load_sources(root), rules) if fault.rule == "verified-on-unfounded")
    assert ("xx/act/norm-1", "a source is named, but not the day on which it was read") in said
    assert ("xx/act/norm-2", "checked on 2021-01-31, but against nothing") in said


def test_a_restriction_unsaid_and_two_out_of_place_are_found(tmp_path: Path, rules: Rules, lay_out: LayOut) -> None:
    faults = check(load_sources(lay_out(tmp_path, SOUND, "restriction-unsaid")), rules)
    assert sorted((fault.focus, fault.message.split(",")[0]) for fault in faults) == [
        ("xx/act/norm-2", "the norm keeps data at home or bears on their being passed on"),
        ("xx/act/norm-3", "a restriction is said of what is no weighed obligation or prohibition"),
        ("xx/act/norm-4", "a restriction is said of what is no weighed obligation or prohibition"),
    ]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("c:coverageState c:coverageState-whole ;", "names no instrument that bears it out"),
        ("c:coverageState c:coverageState-none ; c:borneOutBy xx:act ;", "says that nothing is held, and names xx/act"),
        ("c:coverageState c:coverageState-part ; c:borneOutBy xx:code ;", "xx/code binds nobody, or no norm of it is weighed"),
        (
            "c:coverageState c:coverageState-part ; c:borneOutBy xx:act ; c:jurisdiction xx:zone .\n xx:zone a c:Place ;",
            "xx/act is no law of xx/zone",
        ),
    ],
)
def test_each_way_in_which_a_statement_of_coverage_is_not_borne_out(
    said: str, found: str, tmp_path: Path, rules: Rules, lay_out: LayOut
) -> None:
    root = lay_out(tmp_path, SOUND, "coverage-unfounded", twin=True)
    world = root / "data/xx/other.ttl"
    world.write_text(world.read_text(encoding="utf-8").replace("c:coverageState c:coverageState-none ;", said), encoding="utf-8")
    messages = [fault.message for fault in check(load_sources(root), rules) if fault.rule == "coverage-unfounded"]
    assert len(messages) == 1 and found in messages[0], messages


def test_law_of_which_no_statement_of_coverage_speaks_is_told_as_a_warning(tmp_path: Path, rules: Rules, lay_out: LayOut) -> None:
    root = lay_out(tmp_path, SOUND)
    sound = root / "data/xx/act.ttl"
    sound.write_text(sound.read_text(encoding="utf-8").replace("c:coverageSubject-transfer", "c:coverageSubject-sectors"), encoding="utf-8")
    told = [(fault.level, fault.focus) for fault in check(load_sources(root), rules) if fault.rule == "coverage-denied"]
    assert told == [("warning", "body/XX")]


def test_every_rule_has_a_world(rules: Rules) -> None:
    shapes = {str(shape).rpartition("#")[2] for shape in rules.shapes.subjects(RDF.type, SH.PropertyShape)}
    assert set(WORLDS) == shapes | set(rules.queries)


def test_every_shape_speaks_both_languages_and_names_a_remedy(rules: Rules) -> None:
    for shape in rules.shapes.subjects(RDF.type, SH.PropertyShape):
        for predicate in (SH.message, next(p for p in rules.shapes.predicates(shape) if str(p).endswith("#remedy"))):
            assert {text.language for text in rules.shapes.objects(shape, predicate)} == {"en", "zh"}, shape


def test_every_sentence_of_a_query_stands_there_in_chinese_too(rules: Rules) -> None:
    for name, text in rules.queries.items():
        for column in ("message", "remedy"):
            assert f"?{column}_zh " in text.partition("WHERE")[0], name
            assert text.count(f"AS ?{column})") == text.count(f"AS ?{column}_zh)") > 0, f"{name}: {column}"


def test_every_query_begins_with_its_rule(rules: Rules) -> None:
    for name, text in rules.queries.items():
        assert text.startswith("# ") and text.splitlines()[0].endswith("."), name


def _broken(lay_out: LayOut, tmp_path: Path, content: bytes) -> list[Fault]:
    root = lay_out(tmp_path, SOUND)
    for folder in ("shapes/curation", "queries/checks"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    (root / "data/xx/broken.ttl").write_bytes(content)
    return validate(root)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"@prefix a: <https://example.org/> .\n\na:b foo:c a:d .\n", 3, ("undefined prefix foo:", "@prefix foo:")),
        (b'<https://example.org/a> <https://example.org/b> "\xff" .\n', 1, ("not valid UTF-8", "UTF-8")),
        (b"<https://example.org/a> <https://example.org/b> <c> .\n", 1, ("relative IRI", "whole IRI")),
        (b'@prefix a: <https://example.org/> .\na:b a:c "open', 2, ("ends inside a statement", "Close")),
        (b"@prefix a: <https://example.org/> .\na:b a:c a:d\na:e a:f a:g .\n", 3, ("not closed", "End the statement")),
        (b"this is no Turtle", 1, ("", "")),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_place_and_remedy(
    content: bytes, line: int, said: tuple[str, str], tmp_path: Path, lay_out: LayOut
) -> None:
    (fault,) = _broken(lay_out, tmp_path, content)
    assert (fault.file, fault.line) == ("data/xx/broken.ttl", line)
    assert said[0] in fault.message and said[1] in fault.remedy and in_chinese(fault)
    assert str(fault).startswith(f"data/xx/broken.ttl line {line}: ")


def test_every_broken_file_is_named(tmp_path: Path, lay_out: LayOut) -> None:
    root = lay_out(tmp_path, SOUND)
    (root / "data/xx/other.ttl").write_text("a:b a:c a:d .")
    (root / "ontology/flow.ttl").write_text("<x> a <y> .")
    for folder in ("shapes/curation", "queries/checks"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    assert [fault.file for fault in validate(root)] == ["data/xx/other.ttl", "ontology/flow.ttl"]


def test_a_folder_without_rules_is_refused(tmp_path: Path, lay_out: LayOut) -> None:
    with pytest.raises(FileNotFoundError, match="no curation rules"):
        validate(lay_out(tmp_path, SOUND))


def test_a_fault_tells_the_line_of_its_focus(tmp_path: Path, rules: Rules, lay_out: LayOut) -> None:
    root = lay_out(tmp_path, SOUND, "Record-statedIn")
    (fault,) = check(load_sources(root), rules)
    assert fault.line and (root / fault.file).read_text(encoding="utf-8").splitlines()[fault.line - 1] == "act:norm-2"
    assert fault.focus == "xx/act/norm-2"


def test_the_project_itself_has_no_fault() -> None:
    faults = [str(fault) for fault in validate(REPOSITORY) if fault.level == "fault"]
    assert faults == []
