"""The documents say what there is, and all of it: compared with the product as sets, run where they can be run."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from rdflib.namespace import RDF, RDFS, SKOS
from typer.main import get_command

from comity.api import models
from comity.api.app import create_app
from comity.api.settings import Settings
from comity.building.pipeline import build
from comity.check.checker import Checker
from comity.cli import EXIT_ANSWERS
from comity.cli import app as command_line
from comity.curate import new
from comity.curate.validate import validate
from comity.paths import source_root
from comity.rdf.names import C, local

ROOT = source_root()
DOCS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
PAGES = {path.name: path for folder in (ROOT / "docs", ROOT) for path in sorted(folder.glob("*.md")) if path.name != "CHANGELOG.md"}
EXAMPLE = ROOT / "examples" / "new-instrument.yaml"
_FENCE = re.compile(r"^```(\w*)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Variables that no setting of the service reads: the tests' own and the addresses that uvicorn believes.
_NOT_SETTINGS = {"COMITY_SHARED", "COMITY_ORACLE_FLOWS"}


def fences(language: str) -> list[tuple[str, str, str]]:
    """Every fenced block of ``language``: page, the file that it is from ("" for none), text."""
    return [(page, file, text) for page, body in DOCS.items() for kind, file, text in _FENCE.findall(body) if kind == language]


def table(page: str, heading: str) -> set[str]:
    """The first column, as written in code marks, of the first table below ``heading``."""
    section = DOCS[page].partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))


def notations(graph, vocabulary: str) -> set[str]:
    """The codes of a vocabulary's values."""
    return {str(code) for value in graph.subjects(RDF.type, C[vocabulary]) for code in graph.objects(value, SKOS.notation)}


@pytest.fixture(scope="module")
def dataset(root, tmp_path_factory) -> Path:
    """The dataset of the sources together with the example of a new instrument, in a copy."""
    copy = tmp_path_factory.mktemp("clone")
    for folder in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(root / folder, copy / folder)
    outcome = new.write([EXAMPLE], copy)
    assert outcome.problems == []
    assert outcome.warnings == []
    build(copy, copy / "build", reasoner=False)
    return copy / "build"


@pytest.fixture(scope="module")
def openapi(dataset) -> dict:
    from starlette.testclient import TestClient

    return TestClient(create_app(Settings(dataset=dataset, sparql_workers=1))).get("/openapi.json").json()


def test_every_setting_is_documented_with_its_default_and_nothing_else():
    rows = dict(re.findall(r"^\| `(COMITY_\w+)` \| ([^|]+?) \|", DOCS["operations.md"], re.MULTILINE))
    assert set(rows) == {f"COMITY_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if name != "dataset":
            told = rows[f"COMITY_{name.upper()}"].strip("`")
            default = field.default
            assert told == ("unset" if default is None else default if isinstance(default, str) else json.dumps(default))


def test_no_page_names_a_variable_that_nothing_reads():
    named = {name for text in DOCS.values() for name in re.findall(r"COMITY_[A-Z_]+", text)}
    assert named - {f"COMITY_{name.upper()}" for name in Settings.model_fields} - _NOT_SETTINGS == set()


def test_every_route_is_documented_and_nothing_else(openapi):
    routes = {f"{method.upper()} {path}" for path, methods in openapi["paths"].items() for method in methods}
    assert set(re.findall(r"`((?:GET|POST) /[^`]*)`", DOCS["api.md"])) == routes


def test_every_filter_of_a_list_is_documented(openapi):
    common = {"asOf", "q", "lang", "limit", "offset"}
    lists = {path: methods["get"] for path, methods in openapi["paths"].items() if path.startswith("/v1/") and "get" in methods}
    for path, documented in lists.items():
        if "{" not in path:
            names = {parameter["name"] for parameter in documented["parameters"]}
            row = re.search(rf"^\| `GET {re.escape(path)}`(?:, `GET [^|]*)? \| (.*) \|$", DOCS["api.md"], re.MULTILINE)
            assert row and set(re.findall(r"`(\w+)`", row[1])) == names - common, path


def test_every_key_of_an_answer_is_documented():
    section = DOCS["answers.md"].partition("| key of the answer |")[2].partition("\n\n")[0]
    told = {key for cell in re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE) for key in re.findall(r"`(\w+)`", cell)}
    assert told == set(models.FlowAnswer.model_fields)


def test_parameters_and_values_of_a_check_are_documented(openapi):
    parameters = openapi["paths"]["/v1/conflict-check"]["post"]["parameters"]
    section = DOCS["answers.md"].partition("\n## More detail\n")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", section, re.MULTILINE))
    assert rows.keys() == {parameter["name"] for parameter in parameters}
    for parameter in parameters:
        assert set(parameter["schema"]["enum"]) <= set(re.findall(r"`(\w+)`", rows[parameter["name"]])), parameter["name"]


def test_every_command_is_documented_and_every_documented_one_exists():
    commands = {command.name or command.callback.__name__ for command in command_line.registered_commands}
    text = "\n".join([*DOCS.values(), (ROOT / "README.md").read_text(encoding="utf-8")])
    in_code = re.findall(r"^```sh\n.*?^```|`[^`\n]+`", text, re.MULTILINE | re.DOTALL)
    named = {name for piece in in_code for name in re.findall(r"(?:^|[`\s|&;])comity ([a-z]+)\b", piece)}
    assert commands - named == set(), "commands that no page tells of"
    assert named - commands == set(), "commands that do not exist"


def test_options_named_beside_a_command_exist():
    offered = {
        name: {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        for name, command in get_command(command_line).commands.items()
    }
    for page, text in DOCS.items():
        for command, rest in re.findall(rf"\bcomity ({'|'.join(offered)})\b([^`\n&;|#]*)", text):
            assert set(re.findall(r"--[a-z-]+", rest)) - offered[command] == set(), f"{page}: comity {command}{rest}"


def test_statuses_verdicts_and_exit_codes_are_documented(graph):
    assert table("verdicts.md", "What becomes of a norm") == notations(graph, "FindingStatusValue")
    listed = set(re.findall(r"^\d\. `([\w-]+)`", DOCS["verdicts.md"], re.MULTILINE))
    assert listed == notations(graph, "VerdictValue") == set(EXIT_ANSWERS)
    section = DOCS["verdicts.md"].partition("## Exit codes")[2]
    codes = {
        verdict: int(code)
        for code, verdicts in re.findall(r"^\| (\d+) \| ([^|]+) \|", section, re.MULTILINE)
        for verdict in verdicts.strip().split(", ")
        if verdict in EXIT_ANSWERS
    }
    assert codes == EXIT_ANSWERS


def test_the_words_that_a_new_instrument_may_use_are_listed(graph):
    section = DOCS["curating.md"].partition("| key | values |")[2].partition("\n\n")[0]
    told = {key: set(re.findall(r"`([\w-]+)`", values)) for key, values in re.findall(r"^\| `(\w+)` \| (.*) \|$", section, re.MULTILINE)}
    tops = {"type": C.Instrument, "kind": C.Norm, "concerns": C.RegulatedAct}
    classes = {key: {local(kind) for kind in graph.transitive_subjects(RDFS.subClassOf, top) if kind != top} for key, top in tops.items()}
    coded = {"bearer": "BearerValue", "risk": "RiskValue", "restricts": "RestrictionValue", "reviewStatus": "ReviewValue"}
    coded |= {"way": "WayKindValue", "actor": "WayActorValue"}
    assert told == classes | {key: notations(graph, vocabulary) for key, vocabulary in coded.items()}


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", re.sub(_FENCE, "", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda path: path.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))):
        if not re.match(r"[a-z]+:", target):
            name, _, anchor = target.partition("#")
            path = (page.parent / name).resolve() if name else page
            assert path.exists(), target
            if anchor:
                assert anchor in anchors(path.read_text(encoding="utf-8")), target


def test_files_named_in_code_marks_exist():
    for page, text in DOCS.items():
        for name in re.findall(r"`((?:ontology|data|shapes|queries|examples|service|docs|tests)/[\w./-]+\.\w+)`", text):
            assert (ROOT / name).exists() or name == "ontology/catalog-v001.xml", f"{page}: {name}"


def test_json_in_the_pages_is_json_and_descriptions_are_accepted(checker):
    descriptions = 0
    for _, _, text in fences("json"):
        value = json.loads(text)
        if "asOf" in value and "verdict" not in value:
            checker.check(value)
            descriptions += 1
    assert descriptions >= 2


def test_the_worked_finding_is_the_one_that_the_engine_gives(checker):
    flow = next(value for value in (json.loads(text) for page, _, text in fences("json") if page == "api.md") if "asOf" in value)
    told = next(value for value in (json.loads(text) for page, _, text in fences("json") if page == "answers.md") if "norm" in value)
    answer = checker.check(flow)
    assert f"The verdict is `{answer['verdict']}`." in DOCS["api.md"]
    found = next(finding for finding in answer["findings"] if finding["norm"] == told["norm"])
    for key in ("iri", "instrument", "kind", "status", "scope", "demand", "riskDimension"):
        assert told[key] == found[key], key


def test_excerpts_stand_in_the_files_that_they_are_from():
    taken = [(page, file, text) for language in ("turtle", "yaml") for page, file, text in fences(language) if file]
    assert len(taken) >= 10
    for page, file, text in taken:
        assert text.rstrip("\n") in (ROOT / file).read_text(encoding="utf-8"), f"{page}: an excerpt of {file} is not in it:\n{text}"


def test_queries_in_the_pages_have_rows(dataset):
    from comity.queries.local import LocalDataset

    local = LocalDataset(dataset)
    queries = [text for _, _, text in fences("sparql")]
    assert len(queries) >= 5
    for text in queries:
        assert local.select(text), text


def test_flows_in_examples_are_accepted(checker):
    for path in sorted((ROOT / "examples").glob("*.json")):
        assert checker.check(json.loads(path.read_text(encoding="utf-8")))["findings"], path.name


def test_the_new_instrument_keeps_every_rule(dataset):
    mine = [fault for fault in validate(dataset.parent) if "aq/polar-data" in fault.file]
    assert mine == []


@pytest.fixture(scope="module")
def amended(dataset) -> Checker:
    """The checker of the sources with the new instrument."""
    return Checker(json.loads((dataset / "program.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("day", "people", "duty", "exemptions"),
    [
        ("2026-12-31", 499, "exempted", {"POLAR-5-OLD"}),
        ("2026-12-31", 500, "unmet", set()),
        ("2027-01-01", 499, "unmet", set()),
        ("2027-01-01", 99, "exempted", {"POLAR-5"}),
        ("2025-12-31", 500, None, set()),
    ],
)
def test_the_new_instrument_is_law_with_its_amendment(amended, day, people, duty, exemptions):
    item = {"categories": ["HealthData"], "persons": people, "subjectsIn": ["AQ"], "identifiability": "direct"}
    parties = {"exporter": {"kind": "organisation", "establishedIn": ["AQ"]}, "importer": {"kind": "organisation", "establishedIn": ["NZ"]}}
    flow = {"asOf": day, **parties, "act": "disclosure", "from": "AQ", "to": "NZ", "grounds": [], "dataItems": [item]}
    answer = amended.check(flow)
    found = {finding["norm"]: finding for finding in answer["findings"] if finding["instrument"] == "aq/polar-data"}
    assert (found["POLAR-4"]["status"] if duty else found.get("POLAR-4")) == duty
    assert {norm for norm, finding in found.items() if finding["status"] == "permitted"} == exemptions
