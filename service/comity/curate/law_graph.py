"""The classes, derived facts and demands of a law, from its source file."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS, XSD

from comity.curate import expression_owl, expression_shacl
from comity.curate.draft import Draft
from comity.curate.fact_keys import OPERATOR_KINDS, Key
from comity.curate.meaning import Expression
from comity.curate.resolve import Reports, resolve
from comity.rdf.names import C

CLASS_KEYS = ("base", "label", "definition", "is", "id", "statedIn", "notation", "leavesOut")
PLACE_KEYS = ("label", "definition", "territoryOf", "membersOf", "is", "statedIn", "leavesOut")
RECOGNITION_KEYS = ("label", "definition", "from", "kind", "statedIn", "leavesOut")
COUNT_KEYS = ("countsClass", "unit", "countedOver", "window", "counted", "notCounted", "withoutExempt")
DERIVED_KEYS = ("op", "label", "definition", "question", "on", *COUNT_KEYS, "ofKey", "fromKey", "toKey")
FLOW = C.DataFlow
_RANGES = {"count": XSD.integer, "dateTime": XSD.dateTime, "boolean": XSD.boolean}


def declare(draft: Draft) -> None:
    """Make this file's classes and derived facts known, so that expressions here and elsewhere may use them."""
    world, source = draft.world, draft.source
    for section, default in (("classes", None), ("placeClasses", "Place"), ("recognitionClasses", "DataFlow")):
        for name in source.section(section):
            path = (section, name)
            base = default or source.at((*path, "base"))
            if not name[:1].isupper() or not name.isalnum():
                source.error(path, f"`{name}` cannot name a class: letters and digits, the first an upper-case letter")
            if C[name] in world.classes:
                where = world.law_of(C[name]) or "the ontology"
                source.error(path, f"the class `{name}` is already defined in {where}")
            world.add_class(C[name], C[str(base)], draft.law_module)
    for name in source.section("derived"):
        kind = OPERATOR_KINDS.get(str(source.at(("derived", name, "op"))), "count")
        node = C[str(source.at(("derived", name, "on")) or "DataFlow")]
        if world.key({node}, name):
            source.error(("derived", name), f"`{name}` is already a key of {str(node)[len(C) :]}")
        world.add_key(node, Key(name, kind))


def expression(draft: Draft, path: tuple, node: URIRef) -> Expression | None:
    """Return the meaning of the expression at ``path``, faults noted there."""
    text = draft.source.at(path)
    if not isinstance(text, str) or not text.strip():
        draft.source.error(path, "expected an expression")
        return None
    reports = Reports(lambda message: draft.source.error(path, message), lambda message: draft.source.warn(path, message))
    return resolve(text, node, draft.world, reports, draft.modules)


def classes(draft: Draft) -> Graph:
    """Return the triples of ``ontology/law/…``, the header left out."""
    graph = Graph()
    for name in draft.source.section("classes"):
        _class(draft, graph, name)
    for name in draft.source.section("placeClasses"):
        _place_class(draft, graph, name)
    for name in draft.source.section("recognitionClasses"):
        _recognition_class(draft, graph, name)
    for name in draft.source.section("derived"):
        _derived(draft, graph, name)
    return graph


def _start(draft: Draft, graph: Graph, path: tuple) -> URIRef:
    subject = C[path[1]]
    graph.add((subject, RDF.type, OWL.Class))
    draft.describe(graph, subject, path)
    draft.cited(graph, subject, (*path, "statedIn"), required=False)
    draft.texts(graph, subject, C.leavesOut, (*path, "leavesOut"), required=False)
    return subject


def _class(draft: Draft, graph: Graph, name: str) -> None:
    path = ("classes", name)
    row = draft.source.mapping(path, CLASS_KEYS, ("base", "label", "definition", "is"))
    base, world = C[str(row.get("base"))], draft.world
    if base not in world.nodes and base not in world.keys and base != C.Place:
        known = ", ".join(sorted(str(n)[len(C) :] for n in world.nodes | {C.Place}))
        draft.source.error((*path, "base"), f"`{row.get('base')}` is no kind of thing in a description (known: {known})")
        return
    subject = _start(draft, graph, path)
    if base == C.Place:
        graph.add((subject, RDFS.subClassOf, base))
    if row.get("is"):
        meaning = expression(draft, (*path, "is"), base)
        if meaning is not None:
            graph.add((subject, OWL.equivalentClass, expression_owl.defined_class(graph, base, meaning)))
    if row.get("id"):
        draft.identify(graph, subject, (*path, "id"), str(row["id"]))
    if row.get("notation"):
        graph.add((subject, SKOS.notation, Literal(row["notation"])))
        graph.add((subject, C.reported, Literal(True)))


def _place_class(draft: Draft, graph: Graph, name: str) -> None:
    path = ("placeClasses", name)
    row = draft.source.mapping(path, PLACE_KEYS, ("label", "definition"))
    subject = _start(draft, graph, path)
    graph.add((subject, RDFS.subClassOf, C.Place))
    said = [k for k in ("territoryOf", "membersOf", "is") if row.get(k)]
    if len(said) != 1:
        draft.source.error(path, "say exactly one of `territoryOf` a place, `membersOf` a body or list, `is` an expression")
        return
    if said == ["is"]:
        meaning = expression(draft, (*path, "is"), C.Place)
        if meaning is not None:
            graph.add((subject, OWL.equivalentClass, expression_owl.defined_class(graph, C.Place, meaning)))
        return
    found = draft.jurisdiction((*path, said[0]), str(row[said[0]]))
    if found is not None:
        graph.add((subject, C[said[0]], found))


def _recognition_class(draft: Draft, graph: Graph, name: str) -> None:
    path = ("recognitionClasses", name)
    row = draft.source.mapping(path, RECOGNITION_KEYS, ("label", "definition", "from", "kind"))
    subject = _start(draft, graph, path)
    graph.add((subject, RDFS.subClassOf, FLOW))
    maker = draft.jurisdiction((*path, "from"), str(row.get("from")))
    if maker is not None:
        graph.add((subject, C.recognitionsFrom, maker))
    for here, text in draft.source.items((*path, "kind")):
        kind = draft.code(here, text, C.RecognitionKindValue)
        if kind is not None:
            graph.add((subject, C.recognitionKind, kind))


def _derived(draft: Draft, graph: Graph, name: str) -> None:
    path, subject = ("derived", name), C[name]
    row = draft.source.mapping(path, DERIVED_KEYS, ("op", "label", "definition"))
    operator = draft.code((*path, "op"), row.get("op"), C.OperatorValue)
    kind = OPERATOR_KINDS.get(str(row.get("op")), "count")
    if operator is None or kind not in _RANGES:
        if operator is not None:
            draft.source.error((*path, "op"), f"`{row['op']}` facts are part of the ontology and not declared by a law")
        return
    draft.describe(graph, subject, path)
    draft.texts(graph, subject, C.question, (*path, "question"), required=row["op"] == "count")
    for kind_of_property in (OWL.DatatypeProperty, OWL.FunctionalProperty):
        graph.add((subject, RDF.type, kind_of_property))
    graph.add((subject, C.derivedBy, operator))
    graph.add((subject, RDFS.range, _RANGES[kind]))
    node = C[str(row.get("on") or "DataFlow")]
    if node not in draft.world.nodes:
        draft.source.error((*path, "on"), f"`{row.get('on')}` is no kind of thing in a description")
    graph.add((subject, RDFS.domain, node))
    if row["op"] == "count":
        _count(draft, graph, subject, path)
    for key, needed in (("ofKey", row["op"] == "dateTime"), ("fromKey", row["op"] == "daysBetween"), ("toKey", row["op"] == "daysBetween")):
        text = row.get(key)
        if text and (text == "asOf" or draft.world.key({node}, text)):
            graph.add((subject, C[key], C[text]))
        elif text or needed:
            draft.source.error((*path, key), f"`{key}` needs a date key of {str(node)[len(C) :]}, not `{text}`")


def _count(draft: Draft, graph: Graph, subject: URIRef, path: tuple) -> None:
    source, world = draft.source, draft.world
    counted = C[str(source.at((*path, "countsClass")))]
    if FLOW not in world.positions(counted) and counted != FLOW:
        source.error((*path, "countsClass"), f"`countsClass` needs a class of flows, not `{source.at((*path, 'countsClass'))}`")
    graph.add((subject, C.countsClass, counted))
    for key, predicate in (("unit", C.countsUnit), ("countedOver", C.countsOver), ("window", C.countsWindow)):
        total = world.key({C.Total}, key)
        rows = source.items((*path, key))
        if not rows or (key == "countedOver" and len(rows) > 1):
            source.error((*path, key), f"`{key}` needs {'one value' if key == 'countedOver' else 'a value'}")
        for here, text in rows:
            value = draft.code(here, text, total.vocabulary if total else None)
            if value is not None:
                graph.add((subject, predicate, value))
    if source.at((*path, "withoutExempt")) is True:
        if not world.has_subject(C.countsWithoutExempt):
            source.error((*path, "withoutExempt"), "the ontology has no word for this: add c:countsWithoutExempt first")
        graph.add((subject, C.countsWithoutExempt, Literal(True)))
    for key, predicate in (("counted", C.countsCounted), ("notCounted", C.countsNotCounted)):
        for here, text in source.items((*path, key)):
            if C[text] not in world.classes:
                source.error(here, f"no class `{text}`")
            graph.add((subject, predicate, C[text]))


def demand_iri(identifier: str) -> URIRef:
    """Return the IRI of the shape that a norm demands."""
    return C[f"Demand-{identifier}"]


def demand(draft: Draft, graph: Graph, identifier: str) -> bool:
    """Add the shape that a norm demands; tell whether it demands one."""
    path = ("norms", identifier, "demands")
    value = draft.source.at(path)
    if value is None:
        return False
    shape = demand_iri(identifier)
    graph.add((shape, RDF.type, SH.NodeShape))
    if isinstance(value, str):
        meaning = expression(draft, path, FLOW)
        if meaning is not None:
            expression_shacl.write(graph, shape, meaning)
        return True
    row = draft.source.mapping(path, ("is", "anyOf", "label"))
    if not row.get("is") and not row.get("anyOf"):
        draft.source.error(path, "expected an expression, or `anyOf` with named alternatives")
    draft.texts(graph, shape, SH.name, (*path, "label"), required=False)
    if row.get("is"):
        meaning = expression(draft, (*path, "is"), FLOW)
        if meaning is not None:
            expression_shacl.write(graph, shape, meaning)
    ways = row.get("anyOf")
    if ways is not None:
        _ways(draft, graph, shape, (*path, "anyOf"), ways)
    return True


def _ways(draft: Draft, graph: Graph, shape: URIRef, path: tuple, ways) -> None:
    if not isinstance(ways, list):
        draft.source.error(path, "expected a list of alternatives")
        return
    named = []
    for i, _ in enumerate(ways):
        draft.source.mapping((*path, i), ("label", "is"), ("label", "is"))
        meaning = expression(draft, (*path, i, "is"), FLOW)
        if meaning is not None:
            named.append((meaning, draft.bilingual((*path, i, "label"))))
    expression_shacl.alternatives(graph, shape, named)
