"""The sources as OWL 2 DL, so that Protégé and every reasoner read them alike."""

from __future__ import annotations

from rdflib import OWL, RDF

from comity.rdf.names import C
from comity.reason.hermit import Reasoner


def test_ontology_and_data_are_owl_2_dl(sources):
    """Every word is declared, none is of two kinds, and no list is anything but OWL's."""
    merged = sources.graph("ontology/", "data/")
    assert (C.DataFlow, RDF.type, OWL.Class) in merged
    merged.remove((None, OWL.imports, None))
    with Reasoner() as reasoner:
        assert reasoner.load(merged.serialize(format="nt")).dl_profile_violations() == []
