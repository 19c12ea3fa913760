"""The IRIs of the graph as plain text: namespaces, prefixes and named graphs. The one place that spells them out."""

from __future__ import annotations

BASE = "https://w3id.org/comity/"
#: Words of the vocabulary: ``c:DataFlow``.
NS = BASE + "ns#"
#: Things: instruments, provisions, norms, places, bodies.
IDS = BASE + "id/"
PLACES = IDS + "place/"
BODIES = IDS + "body/"
#: The classes that the build gives to things of all their kinds; a thing is told by its own kind.
WIDE_KINDS = (NS + "Instrument", NS + "Jurisdiction", NS + "Norm")
#: The named graphs of what a build adds: conflicts with the flows that show them, and second readings.
CONFLICTS = BASE + "graph/derived"
READINGS = BASE + "graph/readings"
#: The named graph of the catalogue of questions, and what its questions are called.
CATALOGUE = BASE + "graph/queries"
QUERIES = IDS + "query/"

DCTERMS = "http://purl.org/dc/terms/"
ELI = "http://data.europa.eu/eli/ontology#"
FOAF = "http://xmlns.com/foaf/0.1/"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"

#: The prefixes of every Turtle file and of every query of the project.
PREFIXES: dict[str, str] = {
    "body": BODIES,
    "c": NS,
    "dcterms": DCTERMS,
    "eli": ELI,
    "foaf": FOAF,
    "owl": OWL,
    "place": PLACES,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}


def value_iri(vocabulary: str, code: str) -> str:
    """Return the IRI of a value by its code: ``not-applicable`` of ``findingStatus`` is ``c:findingStatus-notApplicable``."""
    first, *rest = code.split("-")
    return f"{NS}{vocabulary}-{first}{''.join(word.capitalize() for word in rest)}"
