"""Definitions that contradict themselves in plain sight are told by ``comity validate``, with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rdflib import OWL, Graph
from typer.testing import CliRunner

from comity.cli import app
from comity.curate.contradictions import find_contradictions

REPOSITORY = Path(__file__).resolve().parents[2]
WORLD = f"""
@prefix c: <https://w3id.org/comity/ns#> . @prefix owl: <{OWL}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a owl:AllDisjointClasses ; owl:members ( c:Flow c:Party ) .
c:act a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:domain c:Flow .
c:party a owl:ObjectProperty ; rdfs:domain c:Flow ; rdfs:range c:Party .
c:people a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:domain c:Flow .
c:kind a owl:ObjectProperty ; rdfs:domain c:Party .
c:Big owl:equivalentClass [ owl:intersectionOf ( c:Flow [ owl:onProperty c:people ; owl:someValuesFrom
    [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:minInclusive 1000 ] ) ] ] ) ] .
"""


def has(key: str, value: str) -> str:
    return f"[ owl:onProperty c:{key} ; owl:hasValue {value} ]"


def people(*facets: str) -> str:
    cells = " ".join(f"[ {facet} ]" for facet in facets)
    return (
        "[ owl:onProperty c:people ; owl:someValuesFrom [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; "
        f"owl:withRestrictions ( {cells} ) ] ]"
    )


def found(*conjuncts: str, more: str = "") -> list[tuple[str, str, str]]:
    text = f"{WORLD} c:X owl:equivalentClass [ owl:intersectionOf ( {' '.join(conjuncts)} ) ] . {more}"
    return [(c.name.rpartition("#")[2], c.one, c.other) for c in find_contradictions(Graph().parse(data=text, format="turtle"))]


@pytest.mark.parametrize(
    ("conjuncts", "pair"),
    [
        (("c:Big", "[ owl:complementOf c:Big ]"), ("c:Big", "not c:Big")),
        (("c:Big", "[ owl:complementOf [ owl:unionOf ( c:Small c:Big ) ] ]"), ("c:Big", "not c:Big")),
        (("c:Flow", has("act", "c:sale"), has("act", "c:loan")), ("c:act value c:loan", "c:act value c:sale")),
        (("c:Flow", people("xsd:minInclusive 10", "xsd:maxExclusive 10")), ("c:people >= 10", "c:people < 10")),
        (("c:Big", people("xsd:maxInclusive 999")), ("c:people >= 1000", "c:people <= 999")),
        (("c:Party", has("act", "c:sale")), ("c:Flow", "c:Party")),
        (("c:Flow", f"[ owl:onProperty c:party ; owl:someValuesFrom {has('act', 'c:sale')} ]"), ("c:Flow", "c:Party")),
        (("c:Flow", f"[ owl:unionOf ( [ owl:intersectionOf ( c:Flow {has('kind', 'c:a')} ) ] c:Big ) ]"), ("c:Flow", "c:Party")),
    ],
    ids=[
        "a class and its negation",
        "negated among others",
        "two values",
        "bounds",
        "bounds of two definitions",
        "a key of another node",
        "a key of another node inside",
        "one branch",
    ],
)
def test_two_conditions_that_exclude_each_other_are_told(conjuncts, pair):
    assert found(*conjuncts) == [("X", *pair)]


@pytest.mark.parametrize(
    "conjuncts",
    [
        ("c:Big", people("xsd:maxInclusive 1000")),
        ("c:Flow", has("party", "c:a"), has("party", "c:b")),
        ("c:Flow", f"[ owl:unionOf ( {has('act', 'c:sale')} {has('act', 'c:loan')} ) ]"),
        ("c:Flow", "[ owl:complementOf c:Big ]"),
        ("c:Flow", "[ owl:onProperty c:kind ; owl:maxCardinality 0 ]"),
    ],
    ids=["bounds that meet", "a key of many values", "either", "only the negation", "none of a key"],
)
def test_what_can_hold_is_left_alone(conjuncts):
    assert found(*conjuncts) == []


def test_what_rests_on_a_contradiction_is_not_told_again():
    assert [name for name, *_ in found("c:Big", "[ owl:complementOf c:Big ]", more="c:Y rdfs:subClassOf c:X .")] == ["X"]


def validated(tmp_path: Path, path: str, text: str, *options: str) -> tuple[int, str]:
    for folder in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder, dirs_exist_ok=True)
    (tmp_path / path).write_text((tmp_path / path).read_text() + text)
    call = ["validate", "--root", str(tmp_path), *options]
    result = CliRunner().invoke(app, call, env={"COLUMNS": "400", "NO_COLOR": "1", "TERM": "dumb"})
    return result.exit_code, result.stderr


def test_validate_tells_file_and_line_of_a_contradiction(tmp_path):
    path = "ontology/party.ttl"
    line = (REPOSITORY / path).read_text().splitlines().index("c:Party") + 1
    code, told = validated(tmp_path, path, "\nc:Party rdfs:subClassOf c:DataFlow .\n")
    assert code == 1 and f"{path}:{line}  c:Party\n    «c:DataFlow» and «c:Party» exclude each other" in told


def test_a_date_that_is_none_is_told_with_its_line_and_without_a_traceback(tmp_path, caplog):
    path = "data/jurisdictions.ttl"
    line = len((REPOSITORY / path).read_text().splitlines()) + 2
    added = (
        "\n<https://w3id.org/comity/id/place/AQ> <http://data.europa.eu/eli/ontology#date_applicability> "
        '"2020-13-01"^^<http://www.w3.org/2001/XMLSchema#date> .\n'
    )
    code, told = validated(tmp_path, path, added)
    _, in_chinese = validated(tmp_path, path, added, "--lang", "zh")
    assert "“2020-13-01”不是 xsd:date 的值\n    写明实际存在的日期" in in_chinese
    assert code == 1 and f"{path}:{line}" in told and '"2020-13-01" is not a value of xsd:date' in told and "2024-03-22" in told
    assert caplog.records == [] and "Traceback" not in told
