"""The schema of descriptions, read from the shape that defines them."""

from __future__ import annotations

from typing import cast

from rdflib import OWL, RDF, SH, Graph
from rdflib.namespace import SKOS
from rdflib.term import Node as Term

from comity.compile.statements import members_of, number, object_of
from comity.law.program_text import KeyEntry, SchemaText, ThingMarks, ValueMarks
from comity.rdf.names import C, above, code, first, local, words

__all__ = ["read_schema"]


def read_schema(graph: Graph, references: list[str], ancestors: dict[str, list[str]]) -> SchemaText:
    """Return the node classes with their keys, the labels of values, and the codes that references may use."""
    taxonomy = sorted(str(first(graph, c, SKOS.notation)) for c in graph.subjects(C.taxonomy))
    nodes = {
        local(node): _keys(graph, shape, taxonomy)
        for shape in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str)
        if (node := graph.value(shape, C.describes)) is not None
    }
    legal = sorted(str(n) for c in graph.subjects(C.reported) for n in graph.objects(c, SKOS.notation))
    for key in ("counted", "notCounted"):
        nodes["Total"][key]["codes"] = sorted({*taxonomy, *legal})
    return {
        "nodes": nodes,
        "labels": _labels(graph),
        "marks": value_marks(graph),
        "things": thing_marks(graph),
        "ancestors": ancestors,
        "references": references,
    }


def _keys(graph: Graph, shape: Term, taxonomy: list[str]) -> dict[str, KeyEntry]:
    keys: dict[str, KeyEntry] = {}

    def place(prop: Term) -> tuple[float, str]:
        order = first(graph, prop, SH.order)
        return 999 if order is None else number(order), str(prop)

    for prop in sorted(graph.objects(shape, SH.property), key=place):
        keys[local(object_of(graph, prop, SH.path))] = _entry(graph, prop, taxonomy)
    return keys


def _entry(graph: Graph, prop: Term, taxonomy: list[str]) -> KeyEntry:
    entry: KeyEntry = {"kind": str(graph.value(prop, C.valueKind)), "label": words(graph, prop, SH.name)}
    if question := words(graph, prop, C.question):
        entry["question"] = question
    if description := words(graph, prop, SH.description):
        entry["description"] = description
    if unit := words(graph, prop, C.unitLabel):
        entry["unit"] = unit
    if (node := graph.value(prop, C.nodeShape)) is not None:
        entry["node"] = local(object_of(graph, node, C.describes))
    if (vocabulary := graph.value(prop, C.vocabulary)) is not None:
        values = _values(graph, vocabulary)
        entry["codes"] = [str(code(graph, value)) for value in values]
        entry["none_codes"] = [str(code(graph, v)) for v in values if (v, C.meansNone, None) in graph]
        if informative := [str(code(graph, v)) for v in values if (v, C.informative, None) in graph]:
            entry["informative_codes"] = informative
        if background := [str(code(graph, v)) for v in values if (v, C.background, None) in graph]:
            entry["background_codes"] = background
        entry["vocabulary"] = local(vocabulary)
    if entry["kind"] == "taxonomy":
        entry["codes"], entry["vocabulary"] = taxonomy, "taxonomy"
    flags = {
        "nullable": C.nullable,
        "evaluative": C.evaluative,
        "controllable": C.controllable,
        "core": C.requiredCore,
        "overrides": C.overridesOn,
        "assumed": C.assumedWhenAbsent,
        "acyclic": C.acyclic,
        "compliance": C.complianceAct,
        "informative": C.informative,
        "background": C.background,
        "names_kind": C.namesKind,
        "rare": C.rare,
        "identifies": C.identifies,
        "outcome": C.declaredOutcome,
        "leaves": C.leavesSituation,
        "separates": C.separates,
    }
    entry |= cast(KeyEntry, {name: True for name, word in flags.items() if graph.value(prop, word) is not None})
    if graph.value(prop, C.closure) == C.open:
        entry["open"] = True
    if beyond := sorted(str(code(graph, value)) for value in graph.objects(prop, C.beyondControl)):
        entry["beyond_control"] = beyond
    if stand_ins := sorted(local(key) for key in graph.objects(prop, C.assumedFrom)):
        entry["assumed_from"] = stand_ins
    if (shares := graph.value(prop, C.sharesOf)) is not None:
        entry["shares"] = local(shares)
    if (apart_by := graph.value(prop, C.toldApartBy)) is not None:
        entry["apart_by"] = local(apart_by)
    if only := sorted(local(named) for named in graph.objects(prop, C.assumedOnlyFor)):
        entry["only_for"] = only
    if unless := sorted(local(named) for named in graph.objects(prop, C.assumedUnless)):
        entry["unless"] = unless
    if (burden := graph.value(prop, C.burden)) is not None:
        entry["burden"] = int(number(burden))
    if step := words(graph, prop, C.stepName):
        entry["step"] = step
    entry["tier"] = str(graph.value(prop, C.tier) or "later")
    return entry


def _values(graph: Graph, vocabulary: Term) -> list[Term]:
    """Return the values of a vocabulary in their order."""
    return members_of(graph, object_of(graph, object_of(graph, vocabulary, OWL.equivalentClass), OWL.oneOf))


def _labels(graph: Graph) -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    for vocabulary in graph.objects(None, C.vocabulary):
        for value in _values(graph, vocabulary):
            labels[f"{local(vocabulary)}/{code(graph, value)}"] = words(graph, value)
    for category in graph.subjects(C.taxonomy):
        labels[f"taxonomy/{first(graph, category, SKOS.notation)}"] = words(graph, category)
    return dict(sorted(labels.items()))


def value_marks(graph: Graph) -> dict[str, ValueMarks]:
    """Return what plans are to know of the values of vocabularies, by vocabulary and code."""
    found: dict[str, ValueMarks] = {}
    for vocabulary in graph.objects(None, C.vocabulary):
        for value in _values(graph, vocabulary):
            entry: ValueMarks = {}
            if (burden := graph.value(value, C.burden)) is not None:
                entry["burden"] = int(number(burden))
            if (resort := graph.value(value, C.resort)) is not None:
                entry["resort"] = str(code(graph, resort))
            flags = {"unreachable": C.outOfReach, "dead": C.deadState, "inert": C.inert}
            entry |= cast(ValueMarks, {name: True for name, word in flags.items() if graph.value(value, word) is not None})
            if entry:
                found[f"{local(vocabulary)}/{code(graph, value)}"] = entry
    return dict(sorted(found.items()))


def thing_marks(graph: Graph) -> dict[str, ThingMarks]:
    """Return what plans are to know of node classes."""
    found: dict[str, ThingMarks] = {}
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        if (node := graph.value(shape, C.describes)) is None:
            continue
        entry: ThingMarks = {}
        if (burden := graph.value(shape, C.burden)) is not None:
            entry["burden"] = int(number(burden))
        if graph.value(shape, C.mechanism) is not None:
            entry["mechanism"] = True
        if step := words(graph, shape, C.stepName):
            entry["step"] = step
        if entry:
            found[local(node)] = entry
    return dict(sorted(found.items()))


def ancestors(graph: Graph) -> dict[str, list[str]]:
    """Return for each category the codes of the categories above it."""
    found: dict[str, list[str]] = {}
    for category in graph.subjects(C.taxonomy):
        codes = {str(n) for parent in above(graph, category) if parent != category for n in graph.objects(parent, SKOS.notation)}
        found[str(first(graph, category, SKOS.notation))] = sorted(codes)
    return found
