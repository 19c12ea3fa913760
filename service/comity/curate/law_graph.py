"""The classes, derived facts and demands of a law, from its source file."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS, XSD

from comity.compile.derived import OPERATOR_KINDS
from comity.curate import expression_owl, expression_shacl
from comity.curate.fact_keys import Key
from comity.curate.law_file import LawFile
from comity.curate.meaning import ClassExpression
from comity.curate.resolve import Reports, resolve
from comity.curate.yaml_source import KeyPath
from comity.rdf.names import C

CLASS_KEYS = ("base", "label", "definition", "is", "id", "statedIn", "notation", "leavesOut")
PLACE_KEYS = ("label", "definition", "territoryOf", "membersOf", "is", "statedIn", "leavesOut")
RECOGNITION_KEYS = ("label", "definition", "from", "kind", "statedIn", "leavesOut")
COUNT_KEYS = ("countsClass", "unit", "countedOver", "window", "counted", "notCounted", "withoutExempt")
DERIVED_KEYS = ("op", "label", "definition", "question", "on", *COUNT_KEYS, "ofKey", "fromKey", "toKey")
FLOW = C.DataFlow
_RANGES = {"count": XSD.integer, "dateTime": XSD.dateTime, "boolean": XSD.boolean}


def declare(law_file: LawFile) -> None:
    """Make this file's classes and derived facts known, so that expressions here and elsewhere may use them."""
    terms, source = law_file.terms, law_file.source
    for section, default in (("classes", None), ("placeClasses", "Place"), ("recognitionClasses", "DataFlow")):
        for name in source.section(section):
            path = (section, name)
            base = default or source.at((*path, "base"))
            if not name[:1].isupper() or not name.isalnum():
                source.error(path, f"`{name}` cannot name a class: letters and digits, the first an upper-case letter")
            if C[name] in terms.classes:
                where = terms.law_of(C[name]) or "the ontology"
                source.error(path, f"the class `{name}` is already defined in {where}")
            terms.add_class(C[name], C[str(base)], law_file.law_module)
    for name in source.section("derived"):
        kind = OPERATOR_KINDS.get(f"op-{source.at(('derived', name, 'op'))}", "count")
        node = C[str(source.at(("derived", name, "on")) or "DataFlow")]
        if terms.key({node}, name):
            source.error(("derived", name), f"`{name}` is already a key of {str(node)[len(C) :]}")
        terms.add_key(node, Key(name, kind))


def expression(law_file: LawFile, path: KeyPath, node: URIRef) -> ClassExpression | None:
    """Return the meaning of the expression at ``path``, faults noted there."""
    text = law_file.source.at(path)
    if not isinstance(text, str) or not text.strip():
        law_file.source.error(path, "expected an expression")
        return None
    reports = Reports(lambda message: law_file.source.error(path, message), lambda message: law_file.source.warn(path, message))
    return resolve(text, node, law_file.terms, reports, law_file.modules)


def classes(law_file: LawFile) -> Graph:
    """Return the triples of ``ontology/law/…``, the header left out."""
    graph = Graph()
    for name in law_file.source.section("classes"):
        _class(law_file, graph, name)
    for name in law_file.source.section("placeClasses"):
        _place_class(law_file, graph, name)
    for name in law_file.source.section("recognitionClasses"):
        _recognition_class(law_file, graph, name)
    for name in law_file.source.section("derived"):
        _derived(law_file, graph, name)
    return graph


def _start(law_file: LawFile, graph: Graph, path: KeyPath) -> URIRef:
    subject = C[str(path[1])]
    graph.add((subject, RDF.type, OWL.Class))
    law_file.describe(graph, subject, path)
    law_file.cited(graph, subject, (*path, "statedIn"), required=False)
    law_file.texts(graph, subject, C.leavesOut, (*path, "leavesOut"), required=False)
    return subject


def _class(law_file: LawFile, graph: Graph, name: str) -> None:
    path = ("classes", name)
    row = law_file.source.mapping(path, CLASS_KEYS, ("base", "label", "definition", "is"))
    base, terms = C[str(row.get("base"))], law_file.terms
    if base not in terms.nodes and base not in terms.keys and base != C.Place:
        known = ", ".join(sorted(str(n)[len(C) :] for n in terms.nodes | {C.Place}))
        law_file.source.error((*path, "base"), f"`{row.get('base')}` is no kind of thing in a description (known: {known})")
        return
    subject = _start(law_file, graph, path)
    if base == C.Place:
        graph.add((subject, RDFS.subClassOf, base))
    if row.get("is"):
        meaning = expression(law_file, (*path, "is"), base)
        if meaning is not None:
            graph.add((subject, OWL.equivalentClass, expression_owl.defined_class(graph, base, meaning)))
    if row.get("id"):
        law_file.identify(graph, subject, (*path, "id"), str(row["id"]))
    if row.get("notation"):
        graph.add((subject, SKOS.notation, Literal(row["notation"])))
        graph.add((subject, C.reported, Literal(True)))


def _place_class(law_file: LawFile, graph: Graph, name: str) -> None:
    path = ("placeClasses", name)
    row = law_file.source.mapping(path, PLACE_KEYS, ("label", "definition"))
    subject = _start(law_file, graph, path)
    graph.add((subject, RDFS.subClassOf, C.Place))
    said = [k for k in ("territoryOf", "membersOf", "is") if row.get(k)]
    if len(said) != 1:
        law_file.source.error(path, "say exactly one of `territoryOf` a place, `membersOf` a body or list, `is` an expression")
        return
    if said == ["is"]:
        meaning = expression(law_file, (*path, "is"), C.Place)
        if meaning is not None:
            graph.add((subject, OWL.equivalentClass, expression_owl.defined_class(graph, C.Place, meaning)))
        return
    found = law_file.jurisdiction((*path, said[0]), str(row[said[0]]))
    if found is not None:
        graph.add((subject, C[said[0]], found))


def _recognition_class(law_file: LawFile, graph: Graph, name: str) -> None:
    path = ("recognitionClasses", name)
    row = law_file.source.mapping(path, RECOGNITION_KEYS, ("label", "definition", "from", "kind"))
    subject = _start(law_file, graph, path)
    graph.add((subject, RDFS.subClassOf, FLOW))
    maker = law_file.jurisdiction((*path, "from"), str(row.get("from")))
    if maker is not None:
        graph.add((subject, C.recognitionsFrom, maker))
    for here, text in law_file.source.items((*path, "kind")):
        kind = law_file.code(here, text, C.RecognitionKindValue)
        if kind is not None:
            graph.add((subject, C.recognitionKind, kind))


def _derived(law_file: LawFile, graph: Graph, name: str) -> None:
    path, subject = ("derived", name), C[name]
    row = law_file.source.mapping(path, DERIVED_KEYS, ("op", "label", "definition"))
    operator = law_file.code((*path, "op"), row.get("op"), C.OperatorValue)
    kind = OPERATOR_KINDS.get(f"op-{row.get('op')}", "count")
    if operator is None or kind not in _RANGES:
        if operator is not None:
            law_file.source.error((*path, "op"), f"`{row['op']}` facts are part of the ontology and not declared by a law")
        return
    law_file.describe(graph, subject, path)
    law_file.texts(graph, subject, C.question, (*path, "question"), required=row["op"] == "count")
    for kind_of_property in (OWL.DatatypeProperty, OWL.FunctionalProperty):
        graph.add((subject, RDF.type, kind_of_property))
    graph.add((subject, C.derivedBy, operator))
    graph.add((subject, RDFS.range, _RANGES[kind]))
    node = C[str(row.get("on") or "DataFlow")]
    if node not in law_file.terms.nodes:
        law_file.source.error((*path, "on"), f"`{row.get('on')}` is no kind of thing in a description")
    graph.add((subject, RDFS.domain, node))
    if row["op"] == "count":
        _count(law_file, graph, subject, path)
    for key, needed in (("ofKey", row["op"] == "dateTime"), ("fromKey", row["op"] == "daysBetween"), ("toKey", row["op"] == "daysBetween")):
        text = row.get(key)
        if text and (text == "asOf" or law_file.terms.key({node}, text)):
            graph.add((subject, C[key], C[text]))
        elif text or needed:
            law_file.source.error((*path, key), f"`{key}` needs a date key of {str(node)[len(C) :]}, not `{text}`")


def _count(law_file: LawFile, graph: Graph, subject: URIRef, path: KeyPath) -> None:
    source, terms = law_file.source, law_file.terms
    counted = C[str(source.at((*path, "countsClass")))]
    if FLOW not in terms.positions(counted) and counted != FLOW:
        source.error((*path, "countsClass"), f"`countsClass` needs a class of flows, not `{source.at((*path, 'countsClass'))}`")
    graph.add((subject, C.countsClass, counted))
    for key, predicate in (("unit", C.countsUnit), ("countedOver", C.countsOver), ("window", C.countsWindow)):
        total = terms.key({C.Total}, key)
        rows = source.items((*path, key))
        if not rows or (key == "countedOver" and len(rows) > 1):
            source.error((*path, key), f"`{key}` needs {'one value' if key == 'countedOver' else 'a value'}")
        for here, text in rows:
            value = law_file.code(here, text, total.vocabulary if total else None)
            if value is not None:
                graph.add((subject, predicate, value))
    if source.at((*path, "withoutExempt")) is True:
        if not terms.has_subject(C.countsWithoutExempt):
            source.error((*path, "withoutExempt"), "the ontology has no word for this: add c:countsWithoutExempt first")
        graph.add((subject, C.countsWithoutExempt, Literal(True)))
    for key, predicate in (("counted", C.countsCounted), ("notCounted", C.countsNotCounted)):
        for here, text in source.items((*path, key)):
            if C[text] not in terms.classes:
                source.error(here, f"no class `{text}`")
            graph.add((subject, predicate, C[text]))


def demand_iri(identifier: str) -> URIRef:
    """Return the IRI of the shape that a norm demands."""
    return C[f"Demand-{identifier}"]


def demand(law_file: LawFile, graph: Graph, identifier: str) -> bool:
    """Add the shape that a norm demands; tell whether it demands one."""
    path = ("norms", identifier, "demands")
    value = law_file.source.at(path)
    if value is None:
        return False
    shape = demand_iri(identifier)
    graph.add((shape, RDF.type, SH.NodeShape))
    if isinstance(value, str):
        meaning = expression(law_file, path, FLOW)
        if meaning is not None:
            expression_shacl.write(graph, shape, meaning)
        return True
    row = law_file.source.mapping(path, ("is", "anyOf", "label"))
    if not row.get("is") and not row.get("anyOf"):
        law_file.source.error(path, "expected an expression, or `anyOf` with named alternatives")
    law_file.texts(graph, shape, SH.name, (*path, "label"), required=False)
    if row.get("is"):
        meaning = expression(law_file, (*path, "is"), FLOW)
        if meaning is not None:
            expression_shacl.write(graph, shape, meaning)
    ways = row.get("anyOf")
    if ways is not None:
        _ways(law_file, graph, shape, (*path, "anyOf"), ways)
    return True


def _ways(law_file: LawFile, graph: Graph, shape: URIRef, path: KeyPath, ways: object) -> None:
    if not isinstance(ways, list):
        law_file.source.error(path, "expected a list of alternatives")
        return
    named = []
    for i, _ in enumerate(ways):
        law_file.source.mapping((*path, i), ("label", "is"), ("label", "is"))
        meaning = expression(law_file, (*path, i, "is"), FLOW)
        if meaning is not None:
            named.append((meaning, law_file.bilingual((*path, i, "label"))))
    expression_shacl.alternatives(graph, shape, named)
