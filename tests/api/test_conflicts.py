"""Conflicts as the service of the sources tells them: the list, the matrix, the command, and what is latent in an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import jsonschema_rs
import orjson
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from comity import cli
from comity.api import Settings, create_app
from comity.api.conflicts import ConflictMatrix
from comity.api.models import FlowAnswer
from comity.api.openapi import examples
from comity.check.dataset import load_checker
from comity.conflict.record import read_witnesses
from comity.paths import source_root

PATH = "/v1/conflict-check"


@pytest.fixture(scope="module")
def real(built: Path) -> Iterator[httpx.Client]:
    """A client of the application over the dataset of the sources."""
    with TestClient(create_app(Settings(dataset=built, sparql_workers=0), engine=load_checker(built))) as client:
        yield client


@pytest.mark.parametrize("detail", ["summary", "findings", "all"])
def test_latent_conflicts_are_told_on_demand_and_each_is_a_listed_one(real, detail):
    flow = examples()["chatbot-prompts-to-parent"]["value"]
    plain = real.post(PATH, json=flow, params={"detail": detail}).json()
    answer = real.post(PATH, json=flow, params={"detail": detail, "latent": "true"})
    found = FlowAnswer.model_validate(answer.json())
    assert found.latent and "latent" not in plain and answer.json()["verdict"] == plain["verdict"]
    assert bool(found.latentMore) == (detail == "summary" and len(found.latent) == 3)
    schema = jsonschema_rs.validator_for(real.get("/schemas/answer.json").json())
    schema.validate(answer.json())
    for entry in found.latent:
        assert real.get(f"/v1/conflicts/{entry.conflict.partition('/id/')[2]}").json()["kind"] == entry.kind
        assert entry.power.norm in found.norms and entry.against.norm in found.norms and entry.sentence.en and entry.sentence.zh


def test_a_wrong_value_of_latent_is_refused(real):
    answer = real.post(f"{PATH}?latent=yes", json=next(iter(examples().values()))["value"])
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "/query/latent"


def test_the_list_the_command_and_the_matrix_count_the_same_conflicts(real, built):
    matrix = real.get("/v1/conflicts/matrix").json()
    assert matrix["total"] == real.get("/v1/conflicts?limit=1").json()["total"] > 0
    for pair in matrix["pairs"]:
        one, other = pair["between"]
        listed = real.get(f"/v1/conflicts?place={one}&against={other}&limit=200").json()
        between = [item for item in listed["items"] if sorted(map(sorted, item["legalOrders"])) == [[one], [other]]]
        assert len(between) == pair["total"]
        assert {kind: sum(item["kind"] == kind for item in between) for kind in pair["kinds"]} == pair["kinds"]
    called = CliRunner().invoke(cli.app, ["conflicts", one, other, "--json", "--on", "2026-11-01", "--dataset", str(built)])
    told = {conflict["id"] for conflict in orjson.loads(called.stdout)["conflicts"]}
    listed = real.get(f"/v1/conflicts?place={one}&against={other}&on=2026-11-01&limit=200").json()["items"]
    assert called.exit_code == 0 and told == {item["id"] for item in listed} != set()


def test_a_member_of_a_body_has_the_conflicts_of_the_body(real):
    def ids(query):
        return {item["id"] for item in real.get(f"/v1/conflicts?limit=200&{query}").json()["items"]}

    assert ids("place=EU&against=US") < ids("place=FR&against=US")
    assert set() != ids("place=US-NY&against=CN") <= ids("place=US&against=CN")  # the other has the laws of the other states besides
    assert ids("place=SG&against=KR") == set()


def test_openapi_documents_the_matrix_with_its_refusals(real):
    ConflictMatrix.model_validate(real.get("/v1/conflicts/matrix?on=2026-11-01").json())
    documented = real.get("/openapi.json").json()["paths"]["/v1/conflicts/matrix"]["get"]
    assert documented["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/ConflictMatrix")
    assert {"on", "kind", "act", "instrument", "settled", "formal", "lang", "asOf"} == {each["name"] for each in documented["parameters"]}
    assert documented["tags"] == ["Conflicts between legal orders"] and "422" in documented["responses"]


@pytest.mark.parametrize(
    ("lang", "heading", "begins"),
    [("en", "Latent: what would collide if a demand came", "If a demand ("), ("zh", "潜在：如有调取要求即会抵触", "如有要求（")],
)
def test_the_report_tells_what_is_latent_under_a_heading_of_its_own(built, tmp_path, lang, heading, begins):
    flow = examples()["chatbot-prompts-to-parent"]["value"]
    plain, told = (_report(flow, built, tmp_path, "--lang", lang, *more) for more in ((), ("--latent",)))
    assert heading not in plain and heading in told and begins in told.partition(heading)[2]


def test_the_report_tells_what_holds_and_what_is_possible_apart_at_every_detail(built, tmp_path):
    (witness, *_) = (w for w in read_witnesses(source_root()) if w.flow.get("demand"))
    for more in ((), ("-v",), ("-vv", "--latent")):
        told = _report(witness.flow, built, tmp_path, *more)
        assert "Laws that pull in two directions" in told and "Latent:" not in told


def _report(flow, built, folder, *more):
    file = folder / "flow.json"
    file.write_bytes(orjson.dumps(flow))
    call = ["check", str(file), "--dataset", str(built), *more]
    result = CliRunner().invoke(cli.app, call, env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.stdout
