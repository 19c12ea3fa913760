"""Conflicts in the graph: pairs of norms with opposed effects on one act that can hold of one flow.

Which effects are opposed is a table in the ontology. Whether both norms can be effective at once is HermiT's answer on
the generated effective classes; a pair that cannot is no conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node as Term

from comity.compile.statements import is_true, object_of
from comity.iris import CONFLICTS
from comity.law.program_text import ConflictText, NormText, ProgramText
from comity.rdf.names import ID, C, above, code, local
from comity.reason.effective import effective_classes
from comity.reason.pairs import pairs_that_meet
from comity.reason.reasoning import Reasoning

__all__ = ["derived_lines", "find_conflicts", "opposed_pairs"]

Json = dict[str, Any]


def find_conflicts(
    graph: Graph, program: ProgramText, pairs: list[ConflictText], reasoner: Reasoning | None, step: Callable[[str], None]
) -> tuple[list[ConflictText], list[str]]:
    """Return those of opposed *pairs* that can hold of one flow, and the lines of N-Quads that put the effective classes into the graph.

    Without a *reasoner* every pair is returned.
    """
    effective = effective_classes(program)
    if reasoner:
        pairs = pairs_that_meet(graph, effective, program, pairs, reasoner, step)
    for pair in pairs:
        pair["checked"] = bool(reasoner)
    return pairs, derived_lines(effective)


def opposed_pairs(graph: Graph, program: ProgramText) -> list[ConflictText]:
    """Return the pairs of norms whose effects the table of the ontology opposes, whether or not one flow can be subject to both."""
    return list(_opposed(graph, program))


def _opposed(graph: Graph, program: ProgramText) -> Iterator[ConflictText]:
    rules = [_rule(graph, term) for term in sorted(graph.subjects(RDF.type, C.OppositionRule), key=str)]
    by_kind: dict[str, list[NormText]] = {}
    for norm in program["norms"]:
        by_kind.setdefault(norm["kind"], []).append(norm)
    acts = {act: {local(wide) for wide in above(graph, C[act])} for act in {norm["act"] for norm in program["norms"]}}
    orders = {norm["id"]: _legal_orders(program, norm) for norm in program["norms"]}
    seen: set[tuple[str, str]] = set()
    for rule in rules:
        ones = [norm for norm in program["norms"] if norm["kind"] in rule["of"] and _is_of(rule["actOf"], acts, norm)]
        others = [norm for norm in by_kind.get(rule["against"], ()) if _is_against(graph, program, rule, acts, norm)]
        for a, b in product(ones, others):
            if (a["id"], b["id"]) in seen or not _stand_opposed(acts, orders, rule, a, b):
                continue
            seen |= {(a["id"], b["id"]), (b["id"], a["id"])}
            yield {
                "iri": f"{ID}conflict/{a['id']}--{b['id']}",
                "norms": [a["id"], b["id"]],
                "kind": rule["kind"],
                "act": _common_act(acts, a["act"], b["act"]),
                "rule": rule["name"],
                "duty": _duty(rule, orders[b["id"]], b),
                "reconciledBy": sorted({*a["reconciledBy"], *b["reconciledBy"]}),
            }


def _rule(graph: Graph, term: Term) -> Json:
    def all_of(word: URIRef) -> set[str]:
        return {local(name) for name in graph.objects(term, word)}

    return {
        "name": local(term),
        "of": all_of(C.effectOf),
        "against": local(object_of(graph, term, C.effectAgainst)),
        "kind": str(code(graph, object_of(graph, term, C.conflictKind))),
        "actOf": all_of(C.actOf),
        "actAgainst": all_of(C.actAgainst),
        "sameAct": is_true(graph, term, C.sameAct),
        "needsDemand": is_true(graph, term, C.needsDemand),
        "needsRestriction": is_true(graph, term, C.needsRestriction),
        "againstRestriction": set(graph.objects(term, C.againstRestriction)),
        "across": is_true(graph, term, C.acrossJurisdictions),
        "instrumentAgainst": None if (kind := graph.value(term, C.againstInstrument)) is None else local(kind),
    }


def _is_of(named: set[str], acts: dict[str, set[str]], norm: NormText) -> bool:
    """Say whether a norm is about an act that a rule names, if it names any."""
    return not named or bool(named & acts[norm["act"]])


def _is_against(graph: Graph, program: ProgramText, rule: Json, acts: dict[str, set[str]], norm: NormText) -> bool:
    """Say whether a norm is, for itself, what a rule sets others against."""
    if rule["needsDemand"] and norm["demand"] is None:
        return False
    if not _restricts(graph, rule, URIRef(norm["iri"])):
        return False
    kind = rule["instrumentAgainst"]
    return _is_of(rule["actAgainst"], acts, norm) and (kind is None or kind == program["instruments"][norm["instrument"]]["kind"])


def _stand_opposed(acts: dict[str, set[str]], orders: dict[str, frozenset[str]], rule: Json, a: NormText, b: NormText) -> bool:
    """Say whether two norms, each of which a rule speaks of, stand opposed by it."""
    if a["id"] == b["id"]:
        return False
    apart = orders[a["id"]].isdisjoint(orders[b["id"]])
    if rule["instrumentAgainst"] is not None and apart:
        return False  # a commitment binds its parties only
    if rule["across"] and not apart:
        return False
    return _overlap(a, b) and (not rule["sameAct"] or _common_act(acts, a["act"], b["act"]) is not None)


def _duty(rule: Json, orders: frozenset[str], norm: NormText) -> list[str]:
    """Return what tells the duty on the second side apart from other duties: its article, or, of demands that must be met before data
    may leave, the legal order and the act, since whoever exports meets them together."""
    return [*sorted(orders), norm["act"]] if rule["needsDemand"] else [norm["instrument"], *norm["articles"]]


def _restricts(graph: Graph, rule: Json, norm: URIRef) -> bool:
    """Say whether a norm restricts movement in one of the ways that a rule asks for."""
    kinds = set(graph.objects(norm, C.restricts))
    return bool(kinds & rule["againstRestriction"]) if rule["againstRestriction"] else bool(kinds) or not rule["needsRestriction"]


def _legal_orders(program: ProgramText, norm: NormText) -> frozenset[str]:
    """Return the legal orders of a norm: the law of a part of a country yields to that of the country, and is no other order."""
    return frozenset(_whole(program, code) for code in program["instruments"][norm["instrument"]]["jurisdiction"])


def _whole(program: ProgramText, code: str) -> str:
    place = program["places"].get(code)
    return code if place is None or place["partOf"] is None else _whole(program, place["partOf"])


def _overlap(a: NormText, b: NormText) -> bool:
    return not ((a["until"] and b["from"] and a["until"] <= b["from"]) or (b["until"] and a["from"] and b["until"] <= a["from"]))


def _common_act(acts: dict[str, set[str]], a: str, b: str) -> str | None:
    """Return the narrower of two acts where one takes in the other; ``acts`` gives all that take in an act, itself included."""
    return a if b in acts[a] else b if a in acts[b] else None


def derived_lines(graph: Graph) -> list[str]:
    """Return what a build has found as sorted lines of N-Quads, in the graph of derived statements."""
    return sorted(f"{s.n3()} {p.n3()} {o.n3()} <{CONFLICTS}> ." for s, p, o in graph)
