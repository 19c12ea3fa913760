"""IRIs of the graph as curators name them: words, modules, things, files."""

from __future__ import annotations

from pathlib import Path

from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SH, SKOS, XSD, Namespace

ROOT = "https://w3id.org/comity/"
C = Namespace(ROOT + "ns#")
ID = Namespace(ROOT + "id/")
PLACE = Namespace(ROOT + "id/place/")
BODY = Namespace(ROOT + "id/body/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")

PREFIXES: dict[str, str] = {
    "c": str(C),
    "place": str(PLACE),
    "body": str(BODY),
    "owl": str(OWL),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "xsd": str(XSD),
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "eli": str(ELI),
    "foaf": str(FOAF),
    "sh": str(SH),
    "prov": str(PROV),
}


def module_of(path: Path, root: Path) -> URIRef:
    """Return the IRI of the module kept in ``path``: ``ontology/law/xx/act.ttl`` is ``…/ontology/law/xx/act``."""
    return URIRef(ROOT + path.resolve().relative_to(root.resolve()).with_suffix("").as_posix())


def thing(path: str) -> URIRef:
    """Return the IRI of a thing from its path after ``id/``, such as ``xx/act/art-38-1``."""
    return ID[path]
