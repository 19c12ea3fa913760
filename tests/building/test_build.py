"""A build that would not load leaves the dataset that was there."""

from __future__ import annotations

import json
import shutil

import pytest

from comity.building.pipeline import BuildFailure, build, refuse_unreadable

TRIPLE = "<https://example.org/s> <https://example.org/p> {} <https://example.org/g> .\n"


def test_what_was_written_is_read_back(tmp_path):
    written = tmp_path / "dataset.nq"
    written.write_text(TRIPLE.format('"a"') + TRIPLE.format("<https://w3id.org/comity/ns#https://w3id.org/comity/x#Y>"))
    with pytest.raises(BuildFailure, match=r"could not be loaded(.|\n)*ns#https"):
        refuse_unreadable(written)
    written.write_text(TRIPLE.format('"a"'))
    refuse_unreadable(written)


def test_a_situation_under_the_default_iri_of_an_editor_replaces_no_dataset(root, tmp_path):
    for folder in ("ontology", "data", "shapes"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("readings"))
    module = "ontology/law/cn/prov-2024"
    for file in (tmp_path / f"{module}.ttl", tmp_path / "data/cn/prov-2024.ttl"):
        renamed = f"<https://w3id.org/comity/{module}#CnPerhapsImportantExport>"
        file.write_text(file.read_text(encoding="utf-8").replace("c:CnPerhapsImportantExport", renamed), encoding="utf-8")
    target = tmp_path / "build"
    target.mkdir()
    old = {"version": "0.0.1", "digest": "sha256:" + "ab" * 32}
    (target / "manifest.json").write_text(json.dumps(old))
    with pytest.raises(BuildFailure, match="could not be loaded"):
        build(tmp_path, target, reasoner=False)
    assert json.loads((target / "manifest.json").read_text()) == old
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build", "data", "ontology", "shapes"]
