"""From the merged graph to the program: norms, classes, demands, places and the labels that answers need."""

from __future__ import annotations

from collections import defaultdict
from itertools import takewhile
from typing import Any

from rdflib import OWL, RDF, Graph, URIRef
from rdflib.namespace import DCTERMS, SKOS
from rdflib.term import Node as Term

from comity.compile.coverage import coverage
from comity.compile.demands import DemandCompiler
from comity.compile.derived import derived_facts
from comity.compile.duties import bearer, governs, resort, time_limit, timing
from comity.compile.exceptions import inherited_exceptions
from comity.compile.nexus import within
from comity.compile.parts import parts_of_demand
from comity.compile.recognition import dated, recognition
from comity.compile.schema import ancestors, read_schema
from comity.compile.situations import ClassCompiler
from comity.compile.statements import CompileError, is_true, object_of, refuse_reversed
from comity.compile.ways import oppositions, reconciliations, sanctions, way_kinds
from comity.law.program_text import (
    InstrumentText,
    KeyEntry,
    NormText,
    PositionText,
    ProgramText,
    ProvisionText,
    QuestionText,
    TermText,
    Words,
)
from comity.rdf.names import ELI, FOAF, ID, C, above, below, code, first, local, short, words

__all__ = ["NORM_KINDS", "compile_program"]

NORM_KINDS = ("Obligation", "Prohibition", "Permission", "Exemption", "Power", "Commitment", "RecognitionNorm")


def compile_program(graph: Graph) -> ProgramText:
    """Return the program of a merged graph, without version and conflicts. Raises :class:`CompileError`."""
    places = {str(code(graph, p)): p for p in graph.subjects(RDF.type, C.Place)}
    schema = read_schema(graph, _references(graph), ancestors(graph))
    keys: dict[str, dict[str, KeyEntry]] = {name: dict(entries) for name, entries in schema["nodes"].items()}
    keys["Description"] = {}
    rules = derived_facts(graph, keys)
    recognitions, spans = _recognitions(graph)
    classes = ClassCompiler(graph, keys, recognitions)
    demands = DemandCompiler(classes)
    instruments = _instruments(graph)
    norms = _norms(graph, classes, demands)
    reported = _reported(graph, classes)
    ways = way_kinds(graph, classes)
    for rule in rules:
        if rule["op"] == "op-count":
            rule["class"] = _counted(classes, rule["class"], "DataFlow", "counted over")
            if "persons" in rule:
                rule["persons"] = _counted(classes, rule["persons"], "PersonsOfPlace", "counted of an item's people")
    for entries in schema["nodes"].values():
        for entry in entries.values():
            for named in (*entry.get("unless", ()), *entry.get("only_for", ())):
                classes.named(C[named])
    recognised = recognition(graph)
    spans |= {iri: [instrument["from"], instrument["until"]] for iri, instrument in instruments.items()}
    spans |= {f"recognition {name}": span for name, span in dated(recognised).items()}
    schema["norms"] = {norm["id"]: norm["instrument"] for norm in sorted(norms, key=lambda norm: norm["id"])}
    schema["ancestors"] |= _legal_ancestors(graph)
    labels = _place_labels(graph, places)
    schema["placeNames"] = _spellings(graph, places) | {
        text.casefold(): key for key, label in reversed(labels.items()) for text in label.values()
    }
    return {
        "schema": schema,
        "places": {key: {"partOf": _part_of(graph, p)} for key, p in sorted(places.items())},
        "placeLabels": labels,
        "memberships": _memberships(graph),
        "derived": rules,
        "classes_compiled": dict(sorted(classes.compiled.items())),
        "domains": dict(sorted(classes.domains.items())),
        "classLabels": {name: label for name in sorted(classes.domains) if (label := words(graph, C[name]))},
        "norms": norms,
        "unweighed": sorted(_identifiers(graph) - {norm["id"] for norm in norms}),
        "reported": reported,
        "instruments": instruments,
        "provisions": _provisions(graph),
        "questions": _questions(graph),
        "positions": _positions(graph),
        "reconciliations": reconciliations(graph),
        "wayKinds": ways,
        "sanctions": sanctions(graph),
        "oppositions": oppositions(graph),
        "spans": dict(sorted(spans.items())),
        "conflicts": [],
        "conflictWords": _conflict_words(graph),
        "coverage": coverage(graph),
        "recognition": recognised,
    }


def _spellings(graph: Graph, places: dict[str, Term]) -> dict[str, str]:
    """Return other names and codes of places, such as those of three letters, each with the code that a description uses."""
    return {
        str(text).casefold(): key
        for key, place in sorted(places.items())
        for word in (SKOS.hiddenLabel, SKOS.altLabel)
        for text in graph.objects(place, word)
    }


def _counted(classes: ClassCompiler, term: str, domain: str, how: str) -> str:
    """Return the name of a class that a count rests on. Raises :class:`CompileError` for a class of other things."""
    name: str = classes.named(C[term])[1]
    if classes.domains[name] != domain:
        raise CompileError(f"c:{name} is {how} and must be a class of {domain}")
    return name


def _references(graph: Graph) -> list[str]:
    """Return the paths of everything of the graph that a description may refer to."""
    kinds = {kind for word in (C.Instrument, C.Body, C.Jurisdiction) for kind in below(graph, word)}
    found = {str(thing) for kind in kinds for thing in graph.subjects(RDF.type, kind)}
    paths = {iri.removeprefix(str(ID)) for iri in found if iri.startswith(str(ID))}
    return sorted(path for path in paths if not path.startswith("place/"))


def _recognitions(graph: Graph) -> tuple[dict[tuple[str, str], list[Any]], dict[str, list[str | None]]]:
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    spans: dict[str, list[str | None]] = {}
    for term in sorted(graph.subjects(RDF.type, C.Recognition), key=str):
        scope, recognised = graph.value(term, C.scopeClass), graph.value(term, C.recognised)
        if scope is None or (recognised is None and graph.value(term, C.anyDestination) is None):
            continue
        if recognised is None or graph.value(term, C.anyDestination) is not None:
            inside: list[Any] = ["all"]
        else:
            inside = ["territory" if (recognised, RDF.type, C.Place) in graph else "body", code(graph, recognised)]
        key = (str(graph.value(term, C.recogniser)), str(graph.value(term, C.recognitionKind)))
        found[key].append((short(term), inside, scope))
        spans[short(term)] = _span(graph, term)
    return found, spans


def _span(graph: Graph, term: Term) -> list[str | None]:
    start, until = (first(graph, term, word) for word in (ELI.date_applicability, ELI.date_no_longer_in_force))
    start = start or first(graph, term, ELI.first_date_entry_in_force)
    span = [None if start is None else str(start), None if until is None else str(until)]
    refuse_reversed(span[0], span[1], term)
    return span


def _norms(graph: Graph, classes: ClassCompiler, demands: DemandCompiler) -> list[NormText]:
    terms = {term: kind for kind in NORM_KINDS for term in graph.subjects(RDF.type, C[kind])}
    ids = {term: str(graph.value(term, DCTERMS.identifier)) for term in terms}
    exceptions: dict[Term, set[str]] = defaultdict(set)
    relations: list[Term] = [C.exceptionTo, C.yieldsTo]
    for said in (graph, inherited_exceptions(graph)):
        for weaker, relation, target in said.triples_choices((None, relations, None)):
            norm, defeater = (target, weaker) if relation == C.exceptionTo else (weaker, target)
            if norm in ids and defeater in ids:
                exceptions[norm].add(ids[defeater])
    homes = {term: str(_instrument_of(graph, term)) for term in terms}
    norms: list[NormText] = []
    for term in sorted(terms, key=lambda t: (homes[t], ids[t])):
        shape, when = graph.value(term, C.demands), graph.value(term, C.appliesWhen)
        if when is None or (_instrument_of(graph, term), RDF.type, C.Draft) in graph:
            continue  # a norm that looks at no fact of a flow, or no law yet: it is in the graph, not weighed
        situation, nexus = _of_flows(classes, when, ids[term]), _nexus_of(graph, term)
        reach, narrowing = within(classes.compiled, situation, None if nexus is None else _of_flows(classes, nexus, ids[term]))
        position, beside = graph.value(term, C.position), set(graph.objects(term, C.besides))
        norms.append(
            {
                "id": ids[term],
                "iri": str(term),
                "instrument": short(_instrument_of(graph, term)),
                "kind": terms[term],
                "act": local(object_of(graph, term, C.concerns)),
                "label": words(graph, term),
                "provisions": _provisions_of(graph, term),
                "articles": _articles(graph, term),
                "when": reach,
                "situation": situation,
                "nexus": narrowing,
                "demand": None if shape is None else demands.demanded(shape, reach),
                "shape": None if shape is None else str(shape),
                "parts": [] if shape is None else parts_of_demand(demands, shape),
                "alternatives": [] if shape is None else demands.alternatives(shape),
                "namedParts": [] if shape is None else demands.named_parts(shape),
                "bearer": bearer(graph, term),
                "resort": resort(graph, term),
                "exceptions": sorted(exceptions[term]),
                "exceptionsMustBeShown": is_true(graph, term, C.exceptionsMustBeShown),
                "perItem": graph.value(term, C.judgedPer) == C.DataItem,
                "governs": governs(graph, term),
                "timing": timing(graph, term),
                "deadline": time_limit(graph, term, C.deadline),
                "leadTime": time_limit(graph, term, C.leadTime),
                "risk": sorted(str(code(graph, r)) for r in graph.objects(term, C.riskDimension)),
                "from": _span(graph, term)[0],
                "until": _span(graph, term)[1],
                "leavesOut": words(graph, term, C.leavesOut),
                "position": None if position is None else short(position),
                "question": None if position is None else short(object_of(graph, position, C.answers)),
                "besides": sorted(ids[other] for other in ids for named in beside if named in (other, URIRef(homes[other]))),
                "underminedBy": sorted(str(n) for cls in graph.subjects(C.undermines, term) for n in graph.objects(cls, SKOS.notation)),
                "reconciledBy": sorted(short(r) for r in graph.objects(term, C.reconciledBy)),
                "sanctions": sorted(short(s) for s in graph.objects(term, C.sanction)),
            }
        )
    known = {norm["id"] for norm in norms}
    for entry in norms:
        entry["exceptions"] = [other for other in entry["exceptions"] if other in known]
    return norms


def _provisions_of(graph: Graph, norm: Term) -> list[str]:
    """Return the provisions in which a norm is stated, first the one after which it is called: ``art-39`` for ``norm-39``."""
    own = str(norm).replace("/norm-", "/art-")

    def place(provision: str) -> tuple[int, str]:
        return -sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(own, provision))), provision

    return sorted((str(provision) for provision in graph.objects(norm, C.statedIn)), key=place)


def _articles(graph: Graph, norm: Term) -> list[str]:
    """Return the numbers of the articles in which a norm is stated: all of a provision's number before the first bracket."""
    numbers = {str(first(graph, provision, ELI.number) or provision) for provision in graph.objects(norm, C.statedIn)}
    return sorted({number.partition("(")[0].strip() for number in numbers})


def _of_flows(classes: ClassCompiler, term: Term, norm: str) -> str:
    """Return the name of a class by which a norm judges flows."""
    name: str = classes.named(term)[1]
    if classes.domains[name] != "DataFlow":
        raise CompileError(f"{norm} applies to a class of {classes.domains[name]}, not of DataFlow")
    return name


def _nexus_of(graph: Graph, norm: Term) -> Term | None:
    """Return the class of the flows of which the law of a norm speaks at all: the norm's own, or that of its instrument."""
    own: Term | None = graph.value(norm, C.nexus)
    return own if own is not None else graph.value(_instrument_of(graph, norm), C.nexus)


def _identifiers(graph: Graph) -> set[str]:
    """Return the identifiers of all norms of the graph."""
    return {str(i) for kind in NORM_KINDS for term in graph.subjects(RDF.type, C[kind]) for i in graph.objects(term, DCTERMS.identifier)}


def _instrument_of(graph: Graph, norm: Term) -> Term:
    """Return the instrument of the first provision in which a norm is stated."""
    provision = first(graph, norm, C.statedIn) or object_of(graph, norm, C.statedIn)
    return _outermost(graph, provision)


def _outermost(graph: Graph, provision: Term) -> Term:
    """Return the instrument of which a provision is, through others or not, a part."""
    return above(graph, provision, ELI.is_part_of)[-1]


def _reported(graph: Graph, classes: ClassCompiler) -> list[TermText]:
    terms: list[TermText] = []
    for term in sorted(graph.subjects(C.reported), key=str):
        name = classes.named(term)[1]
        provisions = sorted(graph.objects(term, C.statedIn), key=str)
        homes = {short(_outermost(graph, p)) for p in provisions}
        terms.append(
            {
                "name": name,
                "notation": str(first(graph, term, SKOS.notation)),
                "domain": classes.domains[name],
                "label": words(graph, term),
                "provisions": [str(p) for p in provisions],
                "instruments": sorted(homes),
                "frame": is_true(graph, term, C.frame),
            }
        )
    return terms


def _instruments(graph: Graph) -> dict[str, InstrumentText]:
    found: dict[str, InstrumentText] = {}
    for kind in sorted(below(graph, C.Instrument), key=str):
        for term in graph.subjects(RDF.type, kind):
            span = _span(graph, term)
            found[short(term)] = {
                "label": words(graph, term),
                "kind": local(kind),
                "from": span[0],
                "until": span[1],
                "jurisdiction": sorted(str(code(graph, j)) for j in graph.objects(term, C.jurisdiction)),
                "binding": is_true(graph, term, C.binding, absent=True),
            }
    return dict(sorted(found.items()))


def _provisions(graph: Graph) -> dict[str, ProvisionText]:
    return {
        str(term): {"label": words(graph, term), "url": None if (page := first(graph, term, FOAF.page)) is None else str(page)}
        for term in sorted(graph.subjects(RDF.type, C.Provision), key=str)
    }


def _questions(graph: Graph) -> dict[str, QuestionText]:
    return {
        short(q): {"label": words(graph, q), "positions": sorted(short(p) for p in graph.subjects(C.answers, q))}
        for q in sorted(graph.subjects(RDF.type, C.OpenQuestion), key=str)
    }


def _positions(graph: Graph) -> dict[str, PositionText]:
    return {
        short(p): {"position": short(p), "label": words(graph, p), "authority": str(graph.value(p, C.authority) or "")}
        for p in sorted(graph.subjects(RDF.type, C.Position), key=str)
    }


def _conflict_words(graph: Graph) -> dict[str, dict[str, Words]]:
    """Return what the kinds of conflicts and the acts are called, and what the kinds are, by code."""
    terms = {str(code(graph, kind)): kind for kind in graph.subjects(RDF.type, C.ConflictKindValue)}
    acts = {local(act): words(graph, act) for act in below(graph, C.RegulatedAct)}
    return {
        "kind": {name: words(graph, kind) for name, kind in sorted(terms.items())},
        "kindMeaning": {name: words(graph, kind, SKOS.definition) for name, kind in sorted(terms.items())},
        "act": dict(sorted(acts.items())),
    }


def _part_of(graph: Graph, place: Term) -> str | None:
    whole = graph.value(place, C.partOf)
    return None if whole is None else str(code(graph, whole))


def _place_labels(graph: Graph, places: dict[str, Term]) -> dict[str, Words]:
    bodies = {term for kind in below(graph, C.Body) for term in graph.subjects(RDF.type, kind)}
    named = {str(code(graph, body)): body for body in bodies} | places
    return {key: words(graph, term) for key, term in sorted(named.items())}


def _memberships(graph: Graph) -> list[list[str | None]]:
    rows: list[list[str | None]] = []
    for term in graph.subjects(RDF.type, C.Membership):
        body, member = object_of(graph, term, C.inBody), object_of(graph, term, C.member)
        rows.append([str(code(graph, body)), str(code(graph, member)), *_span(graph, term)])
    return sorted(rows, key=lambda row: [value or "" for value in row])


def _legal_ancestors(graph: Graph) -> dict[str, list[str]]:
    """Return for each reported class of data the categories and classes that its definition names as conjuncts."""
    found: dict[str, list[str]] = {}
    for term in graph.subjects(C.reported):
        codes: set[str] = set()
        for body in graph.objects(term, OWL.equivalentClass):
            for conjunct in graph.items(object_of(graph, body, OWL.intersectionOf)):
                for parent in above(graph, conjunct):
                    codes |= {str(n) for n in graph.objects(parent, SKOS.notation)}
        found[str(first(graph, term, SKOS.notation))] = sorted(codes)
    return found
