"""What is generated from the shape: JSON Schema, JSON-LD context and questions."""

from __future__ import annotations

import json

from rdflib import Graph, URIRef

from comity.flow.json_schema import json_schema
from comity.flow.jsonld_context import jsonld_context
from comity.rdf.names import ID, C

FLOW = {
    "asOf": "2026-11-01",
    "act": "access",
    "to": "US",
    "importer": {"kind": "organisation", "certifications": [{"scheme": "us/dpf", "status": "active"}]},
    "grounds": [{"ground": "standardContract", "status": "effective"}],
    "dataItems": [{"categories": ["HealthData"], "persons": 7}],
}


def test_a_description_read_as_json_ld_speaks_the_words_of_the_ontology(program):
    context = jsonld_context(program, str(C), str(ID))
    graph = Graph().parse(data=json.dumps({**context, **FLOW}), format="json-ld")
    held = {(p, o) for _, p, o in graph}
    assert (C.act, C["act-access"]) in held
    assert (C.to, ID["place/US"]) in held
    assert (C.status, C["groundState-effective"]) in held
    assert (C.status, C["certState-active"]) in held
    assert (C.scheme, URIRef(str(ID) + "us/dpf")) in held
    assert (C.categories, C.HealthData) in held


def test_every_word_of_the_context_is_in_the_ontology(program, graph):
    known = {str(s) for s in graph.subjects()}

    def iris(value):
        if isinstance(value, dict):
            for inner in value.values():
                yield from iris(inner)
        elif isinstance(value, str) and value.startswith("c:") and len(value) > 2:
            yield str(C) + value[2:]

    assert sorted(set(iris(jsonld_context(program, str(C), str(ID))["@context"])) - known) == []


def test_every_fact_has_a_question_in_both_languages(program):
    without = [
        f"{node}.{key}"
        for node, entries in program["schema"]["nodes"].items()
        for key, entry in entries.items()
        if set(entry.get("question", {})) != {"en", "zh"} and key not in ("id", "by", "validFrom", "validUntil")
    ]
    assert without == []


def test_the_json_schema_knows_every_key(program):
    schema = json_schema(program)
    for node, entries in program["schema"]["nodes"].items():
        if node != "Description":
            assert set(schema["$defs"][node]["properties"]) == set(entries)
    assert set(schema["anyOf"][0]["properties"]) >= set(program["schema"]["nodes"]["DataFlow"])
