"""The files of a release of the small world."""

import gzip
import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from typer.testing import CliRunner

import comity
from comity.cli import app
from comity.paths import source_root
from comity.release.describe import citation
from comity.release.making import RELEASE, ReleaseFault, make_release
from comity.scenarios.format import SCENARIOS, scenario_files
from comity.scenarios.versions import of_folder
from tests.api.conftest import GRAPH, write_dataset
from tests.shared import said_to_be

DAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("world") / "build")


@pytest.fixture(scope="module")
def made(world, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "out"
    make_release(world, folder, DAY, of_folder(world, "the last one"))
    return folder


def triples(folder: Path, ending: str, form: ox.RdfFormat) -> ox.Dataset:
    content = gzip.decompress(next(folder.glob(f"*{ending}")).read_bytes())
    found = ox.Dataset(ox.Quad(*quad.triple) for quad in ox.parse(content, format=form))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def test_the_names_have_the_version_and_the_digest(made):
    stem = f"comity-{comity.__version__}-{GRAPH['digest'].removeprefix('sha256:')[:8]}"
    names = {path.name for path in made.iterdir()}
    assert names == {
        f"{stem}.nq.gz", f"{stem}.ttl.gz", f"{stem}.jsonld.gz", "void.ttl", "CITATION.cff", "manifest.json", "CHANGES.md", "CHANGES.zh.md",
        "release.json", "SHA256SUMS",
    }  # fmt: skip


def test_the_dumps_hold_the_same_graph(made, world):
    known = triples(made, ".nq.gz", ox.RdfFormat.N_QUADS)
    assert len(known) > 100
    assert triples(made, ".ttl.gz", ox.RdfFormat.TURTLE) == known
    assert triples(made, ".jsonld.gz", ox.RdfFormat.JSON_LD) == known
    assert gzip.decompress(next(made.glob("*.nq.gz")).read_bytes()) == (world / "dataset.nq").read_bytes()


def test_the_same_dataset_gives_the_same_bytes(made, world, tmp_path):
    make_release(world, tmp_path / "again", DAY, of_folder(world, "the last one"))
    for path in made.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


def test_sizes_and_checksums_are_right(made):
    told = json.loads((made / RELEASE).read_text("utf-8"))
    assert (told["version"], told["digest"], told["released"]) == (comity.__version__, GRAPH["digest"], "2026-11-28")
    for each in [*told["files"], *told["dumps"]]:
        content = (made / each["name"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (each["bytes"], each["sha256"])
    lines = (made / "SHA256SUMS").read_text("utf-8").splitlines()
    assert {line.split("  ")[1] for line in lines} == {path.name for path in made.iterdir()} - {"SHA256SUMS"}
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((made / name).read_bytes()).hexdigest() == digest


def test_the_description_tells_the_edition_and_the_dumps(made):
    store = ox.Store()
    store.load(path=str(made / "void.ttl"), format=ox.RdfFormat.TURTLE, base_iri="https://example.org/")
    prefixes = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX c: <https://w3id.org/comity/ns#> "
    rows = [*store.query(prefixes + "SELECT ?n ?d WHERE { ?s a void:Dataset, dcat:Dataset ; void:triples ?n ; c:graphDigest ?d }")]
    assert [(int(row[0].value), row[1].value) for row in rows] == [(len(triples(made, ".nq.gz", ox.RdfFormat.N_QUADS)), GRAPH["digest"])]
    files = [*store.query(prefixes + "SELECT ?u ?b WHERE { ?s dcat:distribution [ dcat:downloadURL ?u ; dcat:byteSize ?b ] }")]
    assert {(row[0].value.rpartition("/")[2], int(row[1].value)) for row in files} == {
        (path.name, path.stat().st_size) for path in made.glob("*.gz")
    }


def test_the_citation_is_one(made):
    told = yaml.safe_load((made / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors", "version", "date-released", "license"} <= set(told)
    assert (told["version"], told["date-released"]) == (comity.__version__, DAY)
    assert told["identifiers"][0]["value"] == GRAPH["digest"]
    assert (source_root() / "CITATION.cff").read_text("utf-8") == citation()


def test_the_change_lists_are_in_both_languages(made):
    assert "Nothing of the law that is held has changed." in (made / "CHANGES.md").read_text("utf-8")
    assert "收录的法律没有变化。" in (made / "CHANGES.zh.md").read_text("utf-8")


def test_a_folder_that_is_not_empty_and_a_dataset_that_is_not_judged_are_refused(made, world, tmp_path):
    with pytest.raises(ReleaseFault, match="not empty"):
        make_release(world, made, DAY)
    with pytest.raises(ReleaseFault, match="without the reasoner"):
        make_release(said_to_be(world, tmp_path / "unjudged", judged=False), tmp_path / "out", DAY)
    assert not (tmp_path / "out").exists()
    assert make_release(tmp_path / "unjudged", tmp_path / "out", DAY, unjudged=True)


def test_the_command(world, tmp_path):
    done = CliRunner().invoke(app, ["release", str(tmp_path / "out"), "--dataset", str(world), "--day", "2026-11-28"])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / RELEASE).exists()
    assert not (tmp_path / "out" / "CHANGES.md").exists()
    assert CliRunner().invoke(app, ["release", str(tmp_path / "out"), "--dataset", str(world)]).exit_code == 2
    assert CliRunner().invoke(app, ["release", str(tmp_path / "b"), "--dataset", str(world), "--day", "2026-2-31"]).exit_code == 2
    assert CliRunner().invoke(app, ["release", str(tmp_path / "b"), "--dataset", str(world), "--since", "no-such-revision"]).exit_code == 2
    assert CliRunner().invoke(app, ["release", str(tmp_path / "b"), "--dataset", str(tmp_path / "none")]).exit_code == 3


def test_the_command_asks_the_scenarios_of_both_editions(built, root, tmp_path):
    """The shortest file of scenarios stands for all: the command asks those below its root."""
    shortest = min(scenario_files(root / SCENARIOS), key=lambda path: (path.stat().st_size, path))
    (tmp_path / "root" / SCENARIOS).mkdir(parents=True)
    shutil.copy(shortest, tmp_path / "root" / SCENARIOS)
    judged = said_to_be(built, tmp_path / "judged", judged=True)
    told = ["release", str(tmp_path / "out"), "--dataset", str(judged), "--since", str(judged), "--root", str(tmp_path / "root")]
    done = CliRunner().invoke(app, told)
    assert done.exit_code == 0, done.output
    assert "flows that were asked of both editions, 0 have another verdict." in (tmp_path / "out" / "CHANGES.md").read_text("utf-8")
    assert "其中 0 个结论不同" in (tmp_path / "out" / "CHANGES.zh.md").read_text("utf-8")
