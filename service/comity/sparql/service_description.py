"""What the endpoint says about itself: a SPARQL 1.1 Service Description, with the named graphs and their sizes."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from comity.sparql.workers import Loaded

_SD, _VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
_FORMATS, _DCTERMS = "http://www.w3.org/ns/formats/", "http://purl.org/dc/terms/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PREFIXES = {"sd": _SD, "void": _VOID, "formats": _FORMATS, "dcterms": _DCTERMS, "xsd": _XSD}
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
_TITLES = {"en": "Comity: the legal knowledge graph of cross-border data flows", "zh": "Comity：跨境数据流动法律知识图谱"}


def describe(endpoint: str, dataset: Loaded, format_name: str) -> bytes:
    """Return the description of the service at the IRI ``endpoint``, in the RDF format with the media type ``format_name``."""
    rdf_format = ox.RdfFormat.from_media_type(format_name)
    if rdf_format is None:
        raise ValueError(f"{format_name} is no RDF format")
    prefixes = _PREFIXES if rdf_format in (ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML) else None
    written = ox.serialize(_triples(endpoint, dataset), format=rdf_format, prefixes=prefixes)
    assert written is not None
    return written


def _triples(endpoint: str, dataset: Loaded) -> Iterator[ox.Triple]:
    service, default = ox.NamedNode(endpoint), ox.NamedNode(f"{endpoint}#default-graph")
    whole = ox.NamedNode(f"{endpoint}#dataset")
    yield ox.Triple(service, _TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    # What a query sees as its default graph, where it names none, is the union of all graphs.
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _RESULT_FORMATS:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    yield ox.Triple(service, _sd("defaultDataset"), whole)
    yield ox.Triple(whole, _TYPE, _sd("Dataset"))
    for language, title in _TITLES.items():
        yield ox.Triple(whole, ox.NamedNode(_DCTERMS + "title"), ox.Literal(title, language=language))
    yield ox.Triple(whole, _sd("defaultGraph"), default)
    yield from _graph(default, dataset.triples)
    for number, (name, triples) in enumerate(dataset.graphs.items(), 1):
        named, content = ox.NamedNode(f"{endpoint}#named-graph-{number}"), ox.NamedNode(f"{endpoint}#graph-{number}")
        yield ox.Triple(whole, _sd("namedGraph"), named)
        yield ox.Triple(named, _TYPE, _sd("NamedGraph"))
        yield ox.Triple(named, _sd("name"), ox.NamedNode(name))
        yield ox.Triple(named, _sd("graph"), content)
        yield from _graph(content, triples)


def _graph(graph: ox.NamedNode, triples: int) -> Iterator[ox.Triple]:
    yield ox.Triple(graph, _TYPE, _sd("Graph"))
    yield ox.Triple(graph, ox.NamedNode(_VOID + "triples"), ox.Literal(triples))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
