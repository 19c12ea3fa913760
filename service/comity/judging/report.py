"""An answer as a SHACL validation report: what stands against the flow as results, everything else as findings beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from comity.iris import DCTERMS, NS, RDF, SH, XSD, value_iri
from comity.web.tree import Tree

Answer = dict[str, Any]

_VIOLATION = frozenset(("unmet", "prohibited"))
_WARNING = frozenset(("unknown",))
_NOT_HELD = {
    "en": "The graph holds nothing of the law of the place of departure, or of the exporter's place, on transfers.",
    "zh": "图谱未收录起点或者提供方所在地有关数据传输的法律。",
}


def report(answer: Answer, shapes: Mapping[str, str]) -> list[Tree]:
    """Return the ``sh:ValidationReport`` of ``answer``, one flow's or a route's; ``shapes`` has the shape that a norm demands, by IRIs.

    Results stand only for findings that are unmet or prohibited (``sh:Violation``) and unknown (``sh:Warning``), and for a leg whose
    verdict is that its law is not held (``sh:Warning``), because any result makes ``sh:conforms`` false; the other findings are
    ``c:hasFinding`` beside them.
    """
    legs: list[Answer] = answer.get("legs") or [answer]
    root = Tree(f"urn:comity:{answer.get('request') or legs[0].get('request', 'report')}")
    root.add(RDF + "type", NamedNode(SH + "ValidationReport"))
    results, others = [], []
    for number, leg in enumerate(legs):
        focus = NamedNode(f"{root.iri}#flow" if leg is answer else f"{root.iri}#leg-{number + 1}")
        if leg["verdict"] == "not-covered":
            results.append(_uncovered(leg, focus))
        for finding in leg.get("findings", ()):
            status = finding["status"]
            if status in _VIOLATION or status in _WARNING:
                results.append(_result(finding, focus, shapes))
            else:
                others.append(_finding(finding, focus))
    root.add(SH + "conforms", Literal(not results))
    root.add(NS + "verdict", NamedNode(value_iri("verdict", answer["verdict"])))
    graph = answer.get("graph") or legs[0].get("graph", {})
    if as_of := answer.get("asOf") or legs[0].get("asOf"):
        root.add(NS + "asOf", Literal(str(as_of), datatype=NamedNode(XSD + "date")))
    for key in ("version", "digest"):
        if key in graph:
            root.add(NS + f"graph{key.capitalize()}", Literal(str(graph[key])))
    if results:
        root.add(SH + "result", *results)
    if others:
        root.add(NS + "hasFinding", *others)
    return [root]


def _result(finding: Mapping[str, Any], focus: NamedNode, shapes: Mapping[str, str]) -> Tree:
    norm, status = finding["iri"], finding["status"]
    shape = None if status == "prohibited" else shapes.get(norm)
    component = SH + "NodeConstraintComponent" if shape else NS + ("ProhibitionComponent" if status == "prohibited" else "ScopeComponent")
    result = Tree().add(RDF + "type", NamedNode(SH + "ValidationResult"))
    result.add(SH + "focusNode", focus)
    result.add(SH + "resultSeverity", NamedNode(SH + ("Violation" if status in _VIOLATION else "Warning")))
    result.add(SH + "sourceShape", NamedNode(shape or norm))
    result.add(SH + "sourceConstraintComponent", NamedNode(component))
    _messages(result, SH + "resultMessage", finding)
    return _cited(result, finding)


def _uncovered(leg: Answer, focus: NamedNode) -> Tree:
    """Return the result for a leg on whose departure or exporter the graph holds no law."""
    result = Tree().add(RDF + "type", NamedNode(SH + "ValidationResult"))
    result.add(SH + "focusNode", focus)
    result.add(SH + "resultSeverity", NamedNode(SH + "Warning"))
    result.add(SH + "sourceConstraintComponent", NamedNode(NS + "CoverageComponent"))
    result.add(SH + "resultMessage", *(Literal(text, language=lang) for lang, text in _NOT_HELD.items()))
    return result


def _finding(finding: Mapping[str, Any], focus: NamedNode) -> Tree:
    node = Tree().add(RDF + "type", NamedNode(NS + "Finding")).add(NS + "onFlow", focus)
    _messages(node, NS + "reason", finding)
    return _cited(node, finding)


def _cited(node: Tree, finding: Mapping[str, Any]) -> Tree:
    node.add(NS + "norm", NamedNode(finding["iri"]))
    node.add(NS + "findingStatus", NamedNode(value_iri("findingStatus", finding["status"])))
    node.add(DCTERMS + "identifier", Literal(finding["norm"]))
    provisions = [NamedNode(provision["iri"]) for provision in finding.get("provision", ()) if provision.get("iri")]
    if provisions:
        node.add(NS + "statedIn", *provisions)
    return node


def _messages(node: Tree, prop: str, finding: Mapping[str, Any]) -> None:
    texts = [Literal(text, language=lang) for lang, text in (finding.get("reason") or {}).items() if text]
    if texts:
        node.add(prop, *texts)
