"""Protégé's catalogue: every module, its file, and a word when it is out of date."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from comity.curate.catalog import entries, main


def test_every_module_is_listed(tiny, capsys):
    law = tiny / "ontology/law/xx/act.ttl"
    law.parent.mkdir(parents=True)
    law.write_text("<https://w3id.org/comity/ontology/law/xx/act> a <http://www.w3.org/2002/07/owl#Ontology> .", encoding="utf-8")
    assert main(["--root", str(tiny), "--check"]) == 1
    assert main(["--root", str(tiny)]) == 0
    assert main(["--root", str(tiny), "--check"]) == 0
    assert "out of date" in capsys.readouterr().out
    rows = ElementTree.parse(tiny / "ontology/catalog-v001.xml").getroot()
    assert [(row.get("name"), row.get("uri")) for row in rows] == [
        ("https://w3id.org/comity/data/jurisdictions", "../data/jurisdictions.ttl"),
        ("https://w3id.org/comity/ontology/flow", "flow.ttl"),
        ("https://w3id.org/comity/ontology/law/xx/act", "law/xx/act.ttl"),
    ]

    for folder in ("ontology/law/xx", "data"):
        (lead,) = ElementTree.parse(tiny / folder / "catalog-v001.xml").getroot()
        assert lead.tag.endswith("nextCatalog")
        assert (tiny / folder / lead.get("catalog")).resolve() == (tiny / "ontology/catalog-v001.xml").resolve()


def test_a_module_out_of_its_place_is_refused(tiny, capsys):
    (tiny / "ontology/moved.ttl").write_text(
        "<https://w3id.org/comity/ontology/other> a <http://www.w3.org/2002/07/owl#Ontology> .", encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"moved\.ttl: the header of this file should be <https://w3id\.org/comity/ontology/moved>"):
        entries(tiny)
    assert main(["--root", str(tiny)]) == 1
    assert "moved.ttl" in capsys.readouterr().err
