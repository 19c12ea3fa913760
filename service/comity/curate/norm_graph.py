"""The norms of a law, from its source file."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF

from comity.curate.citations import SOURCE_KEYS, add_sources
from comity.curate.law_file import LawFile
from comity.curate.law_graph import demand_iri
from comity.curate.yaml_source import KeyPath
from comity.rdf.names import ELI, C
from comity.spelling import did_you_mean

NORM_KEYS = (
    "local",
    "kind",
    "label",
    "definition",
    "statedIn",
    "bearer",
    "concerns",
    "when",
    "nexus",
    "demands",
    "exceptionTo",
    "yieldsTo",
    "replaces",
    "exceptionsMustBeShown",
    "judgedPer",
    "risk",
    "restricts",
    "from",
    "until",
    "leavesOut",
    "position",
    "sanction",
    "reconciledBy",
    *SOURCE_KEYS,
)
_REQUIRED = ("kind", "label", "definition", "statedIn", "bearer", "concerns")
_CODED = (
    ("bearer", C.bearer, C.BearerValue),
    ("risk", C.riskDimension, C.RiskValue),
    ("restricts", C.restricts, C.RestrictionValue),
)
_REFERRED = (
    ("position", C.position, C.Position),
    ("sanction", C.sanction, C.Sanction),
    ("reconciledBy", C.reconciledBy, C.Reconciliation),
)


def norm_iri(law_file: LawFile, identifier: str) -> URIRef:
    """Return the IRI of a norm of this file."""
    return law_file.own(str(law_file.source.at(("norms", identifier, "local")) or law_file.local_norm(identifier)))


def norm(law_file: LawFile, graph: Graph, identifier: str, demanding: bool) -> None:
    """Add a norm; ``demanding`` tells whether it has a shape."""
    source, path, iri = law_file.source, ("norms", identifier), norm_iri(law_file, identifier)
    row = source.mapping(path, NORM_KEYS, _REQUIRED)
    law_file.identify(graph, iri, path, identifier)
    law_file.describe(graph, iri, path)
    law_file.cited(graph, iri, (*path, "statedIn"))
    values: list[tuple[URIRef, URIRef | Literal | None]] = []
    values += [(RDF.type, law_file.class_below(here, text, C.Norm)) for here, text in source.items((*path, "kind"))]
    for key, predicate, vocabulary in _CODED:
        values += [(predicate, law_file.code(here, text, vocabulary)) for here, text in source.items((*path, key))]
    values += [(C.concerns, law_file.class_below(here, text, C.RegulatedAct)) for here, text in source.items((*path, "concerns"))]
    for key in ("kind", "bearer", "concerns"):
        if len(source.items((*path, key))) > 1:
            source.error((*path, key), f"a norm has one `{key}`; write a second norm for the other")
    values.append((C.appliesWhen, _situation(law_file, path)))
    values.append((C.nexus, law_file.flow_class((*path, "nexus"))))
    values.append((C.judgedPer, _judged_per(law_file, path)))
    values.append((C.exceptionsMustBeShown, Literal(True) if row.get("exceptionsMustBeShown") is True else None))
    values.append((C.demands, demand_iri(identifier) if demanding else None))
    for key, predicate in (("exceptionTo", C.exceptionTo), ("yieldsTo", C.yieldsTo), ("replaces", C.replaces)):
        values += [(predicate, _other_norm(law_file, here, text, identifier)) for here, text in source.items((*path, key))]
    for key, predicate, kind in _REFERRED:
        values += [(predicate, law_file.thing(here, text, kind)) for here, text in source.items((*path, key))]
    values.append((ELI.date_applicability, law_file.day((*path, "from"), source.at(("inForce",)))))
    values.append((ELI.date_no_longer_in_force, law_file.day((*path, "until"), source.at(("until",)))))
    for predicate, value in values:
        if value is not None:
            graph.add((iri, predicate, value))
    law_file.texts(graph, iri, C.leavesOut, (*path, "leavesOut"), required=False)
    add_sources(law_file, graph, iri, path)


def _situation(law_file: LawFile, path: KeyPath) -> URIRef | None:
    source = law_file.source
    if not source.at((*path, "when")):
        weighed = [k for k in ("demands", "exceptionTo", "yieldsTo", "judgedPer") if source.at((*path, k))]
        if weighed:
            source.error(path, f"`{weighed[0]}` needs `when`: a norm without a situation is never weighed")
        source.warn(path, "no `when`: the norm is in the graph but never weighed")
        return None
    return law_file.flow_class((*path, "when"))


def _judged_per(law_file: LawFile, path: KeyPath) -> URIRef | None:
    name = law_file.source.at((*path, "judgedPer"))
    if not name:
        return None
    if C[str(name)] not in law_file.terms.nodes:
        law_file.source.error((*path, "judgedPer"), f"`{name}` is no kind of thing in a description")
    return C[str(name)]


def _other_norm(law_file: LawFile, path: KeyPath, text: str, own: str) -> URIRef | None:
    norms = law_file.run.norms
    if text == own:
        law_file.source.error(path, "a norm cannot defeat or replace itself")
    if text not in norms:
        law_file.pending(path, f"no norm `{text}` in the graph yet{did_you_mean(text, norms)}")
    return norms.get(text)
