"""Who recognises whom, and what states owe each other about data: from the graph to the form of `comity.law.recognition_text`."""

from __future__ import annotations

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS
from rdflib.term import Node as Term

from comity.compile.statements import is_true, number, object_of, refuse_reversed
from comity.law.recognition_text import (
    BodyText,
    CommitmentText,
    DaysText,
    EnforcementText,
    ExceptionText,
    InstrumentNamed,
    ReachText,
    RecognitionRow,
    RecognitionText,
    RespiteText,
    SpokenText,
    StandingText,
    TreatyText,
    Verification,
)
from comity.rdf.names import ELI, C, above, below, code, first, short, words

__all__ = ["dated", "recognition"]

# The vocabularies whose words answers show.
_VOCABULARIES = {
    "kind": C.RecognitionKindValue,
    "status": C.RecognitionStatusValue,
    "standing": C.MembershipStatusValue,
    "restriction": C.RestrictionValue,
    "actor": C.TreatyActorValue,
    "measure": C.TreatyMeasureValue,
    "ground": C.ExceptionGroundValue,
    "test": C.TestPartValue,
    "judge": C.JudgeValue,
    "strength": C.CommitmentStrengthValue,
    "forum": C.ForumValue,
}


def recognition(graph: Graph) -> RecognitionText:
    """Return all recognitions, treaties and commitments of a merged graph. Raises :class:`CompileError`."""
    between = _between_states(graph)
    return {
        "bodies": _bodies(graph),
        "rows": [
            _row(graph, term) for kind in (C.Recognition, C.PendingRecognition) for term in sorted(graph.subjects(RDF.type, kind), key=str)
        ],
        "standings": _standings(graph),
        "pairs": _pairs(graph),
        "treaties": {short(term): _treaty(graph, term) for term in _treaties(graph, between)},
        "commitments": {name: _commitment(graph, term) for name, term in between.items() if (term, RDF.type, C.Commitment) in graph},
        "exceptions": {name: _exception(graph, term) for name, term in between.items() if (term, RDF.type, C.Exemption) in graph},
        "enforcement": {name: _enforcement(graph, term) for name, term in between.items() if (term, RDF.type, C.Power) in graph},
        "restricts": {
            str(object_of(graph, term, DCTERMS.identifier)): _codes(graph, term, C.restricts)
            for term in sorted(set(graph.subjects(C.restricts)), key=str)
        },
        "words": {name: _words(graph, vocabulary) for name, vocabulary in _VOCABULARIES.items()},
    }


def dated(text: RecognitionText) -> dict[str, list[str | None]]:
    """Return the spans of everything here that has its own days, so that an epoch ends where one of them does."""
    found = {f"pair {number}": [pair[3], None] for number, pair in enumerate(text["pairs"])}
    for group in (text["treaties"], text["commitments"], text["exceptions"], text["enforcement"]):
        found |= {name: [entry["from"], entry["until"]] for name, entry in group.items()}
    return found


def _between_states(graph: Graph) -> dict[str, Term]:
    """Return the norms that speak to states alone, by their identifiers."""
    terms = graph.subjects(C.betweenStates, Literal(True))
    return {str(object_of(graph, term, DCTERMS.identifier)): term for term in sorted(terms, key=str)}


def _bodies(graph: Graph) -> dict[str, BodyText]:
    terms = {term for kind in below(graph, C.Body) for term in graph.subjects(RDF.type, kind)}
    return {
        str(code(graph, term)): {"label": words(graph, term), "definition": words(graph, term, SKOS.definition), "iri": str(term)}
        for term in sorted(terms, key=str)
    }


def _row(graph: Graph, term: Term) -> RecognitionRow:
    recognised, through, signed = (first(graph, term, word) for word in (C.recognised, C.recognisedThrough, C.signatureOn))
    return {
        "id": str(object_of(graph, term, DCTERMS.identifier)),
        "iri": str(term),
        "label": words(graph, term),
        "kind": str(code(graph, object_of(graph, term, C.recognitionKind))),
        "by": str(code(graph, object_of(graph, term, C.recogniser))),
        "of": None if recognised is None else str(code(graph, recognised)),
        "through": None if through is None else str(code(graph, through)),
        "everywhere": is_true(graph, term, C.anyDestination),
        **_days(graph, term),
        "signed": None if signed is None else str(signed),
        "inForce": (term, RDF.type, C.Recognition) in graph,
        "status": str(code(graph, object_of(graph, term, C.recognitionStatus))),
        "opens": is_true(graph, term, C.opensTransfers),
        "scope": words(graph, term, C.scopeText),
        "tested": graph.value(term, C.scopeClass) is not None,
        "instruments": [_named(graph, each) for each in sorted(graph.objects(term, C.underInstrument), key=str)],
        "citation": _text(graph, term, C.citation),
        "sources": sorted(map(str, graph.objects(term, DCTERMS.source))),
        "verification": _verification(graph, term),
    }


def _named(graph: Graph, instrument: Term) -> InstrumentNamed:
    if isinstance(instrument, URIRef):
        return {"label": words(graph, instrument), "iri": str(instrument)}
    return {"label": {"en": str(instrument), "zh": str(instrument)}, "iri": None}


def _verification(graph: Graph, term: Term) -> Verification:
    status = first(graph, term, C.reviewStatus)
    return {
        "status": "" if status is None else str(code(graph, status)),
        "against": sorted(map(str, graph.objects(term, C.verifiedAgainst))),
        "copies": sorted(map(str, graph.objects(term, C.readInCopy))),
        "secondary": sorted(map(str, graph.objects(term, C.readInSecondary))),
        "on": _text(graph, term, C.verifiedOn),
    }


def _standings(graph: Graph) -> list[StandingText]:
    rows: list[StandingText] = [
        {
            "body": str(code(graph, object_of(graph, term, C.inBody))),
            "place": str(code(graph, object_of(graph, term, C.member))),
            "status": str(code(graph, object_of(graph, term, C.membershipStatus))),
            **_days(graph, term),
        }
        for term in graph.subjects(RDF.type, C.Application)
    ]
    return sorted(rows, key=lambda row: (row["body"], row["place"], row["from"] or ""))


def _pairs(graph: Graph) -> list[list[str | None]]:
    """Return the pairs of members of a body with a first day of their own, or ``None`` where none is known."""
    rows = []
    for term in graph.subjects(RDF.type, C.PairOverride):
        membership = object_of(graph, term, C.ofMembership)
        parts = (object_of(graph, membership, C.inBody), object_of(graph, membership, C.member), object_of(graph, term, C.pairedWith))
        rows.append([*(str(code(graph, part)) for part in parts), _days(graph, term)["from"]])
    return sorted(rows, key=lambda row: [value or "" for value in row])


def _treaties(graph: Graph, between: dict[str, Term]) -> list[Term]:
    """Return the instruments that have parties, or state a norm that speaks to states alone."""
    found = {term for word in (C.partiesOf, C.contractingParty) for term in graph.subjects(word)}
    found |= {_instrument(graph, norm) for norm in between.values()}
    return sorted(found, key=str)


def _instrument(graph: Graph, norm: Term) -> Term:
    return above(graph, first(graph, norm, C.statedIn) or object_of(graph, norm, C.statedIn), ELI.is_part_of)[-1]


def _treaty(graph: Graph, term: Term) -> TreatyText:
    body, threshold = graph.value(term, C.partiesOf), graph.value(term, C.thresholdParties)
    return {
        "iri": str(term),
        "label": words(graph, term),
        "binding": is_true(graph, term, C.binding, absent=True),
        "draft": (term, RDF.type, C.Draft) in graph,
        **_days(graph, term, ELI.first_date_entry_in_force),
        "signed": _text(graph, term, C.signatureOn),
        "concluded": _text(graph, term, C.negotiationsConcludedOn),
        "threshold": None if threshold is None else int(number(threshold)),
        "partiesOf": None if body is None else str(code(graph, body)),
        "parties": _codes(graph, term, C.contractingParty),
    }


def _commitment(graph: Graph, term: Term) -> CommitmentText:
    strength = graph.value(term, C.commitmentStrength)
    return {
        **_spoken(graph, term),
        "act": str(object_of(graph, term, C.concerns)).removeprefix(str(C)),
        "strength": "duty" if strength is None else str(code(graph, strength)),
        "binds": _codes(graph, term, C.bindsParty),
        "protects": _codes(graph, term, C.protects),
        "reaches": sorted(
            (_reach(graph, node) for node in graph.objects(term, C.reaches)), key=lambda r: (r["restriction"], r["number"] or "")
        ),
        "provisions": sorted(str(provision) for provision in graph.objects(term, C.statedIn)),
        "leavesOut": words(graph, term, C.leavesOut),
        "verification": _verification(graph, term),
    }


def _reach(graph: Graph, node: Term) -> ReachText:
    return {
        "restriction": str(code(graph, object_of(graph, node, C.restriction))),
        "arguable": is_true(graph, node, C.arguably),
        "number": _text(graph, node, ELI.number),
    }


def _exception(graph: Graph, term: Term) -> ExceptionText:
    judge = graph.value(term, C.judgedBy)
    return {
        **_spoken(graph, term),
        "to": _identifiers(graph, term, C.exceptionTo),
        "grounds": _codes(graph, term, C.exceptionGround),
        "judgedBy": None if judge is None else str(code(graph, judge)),
        "tests": _codes(graph, term, C.testPart),
        "disputable": is_true(graph, term, C.disputable, absent=True),
        "excludesActors": _codes(graph, term, C.excludesActor),
        "excludesMeasures": _codes(graph, term, C.excludesMeasure),
        "respites": sorted((_respite(graph, node) for node in graph.objects(term, C.grantsRespite)), key=lambda r: r["places"]),
        "closes": _codes(graph, term, C.closesForum),
        "unsettles": _codes(graph, term, C.unsettlesForum),
    }


def _respite(graph: Graph, node: Term) -> RespiteText:
    return {
        "places": _codes(graph, node, C.respiteFor),
        "against": _codes(graph, node, C.respiteAgainst),
        "extendableUntil": _text(graph, node, C.extendableUntil),
        "measureBy": _text(graph, node, C.measureInEffectBy),
        "under": sorted(str(name) for name in graph.objects(node, C.measureUnder)),
    }


def _enforcement(graph: Graph, term: Term) -> EnforcementText:
    months = graph.value(term, C.noticeMonths)
    return {
        **_spoken(graph, term),
        "enforces": _identifiers(graph, term, C.enforces),
        "opens": _codes(graph, term, C.opensForum),
        "noticeMonths": None if months is None else int(number(months)),
    }


def _spoken(graph: Graph, term: Term) -> SpokenText:
    """Return what commitments, exceptions and powers have in common."""
    return {
        "iri": str(term),
        "label": words(graph, term),
        "definition": words(graph, term, SKOS.definition),
        "treaty": short(_instrument(graph, term)),
        **_days(graph, term),
    }


def _days(graph: Graph, term: Term, begins: URIRef = ELI.date_applicability) -> DaysText:
    """Return the days of a thing. Raises :class:`CompileError` if it ends before it begins."""
    first_day, until = _text(graph, term, begins), _text(graph, term, ELI.date_no_longer_in_force)
    refuse_reversed(first_day, until, term)
    return {"from": first_day, "until": until}


def _text(graph: Graph, term: Term, word: URIRef) -> str | None:
    found = first(graph, term, word)
    return None if found is None else str(found)


def _codes(graph: Graph, term: Term, word: URIRef) -> list[str]:
    return sorted(str(code(graph, value)) for value in graph.objects(term, word))


def _identifiers(graph: Graph, term: Term, word: URIRef) -> list[str]:
    return sorted(str(object_of(graph, norm, DCTERMS.identifier)) for norm in graph.objects(term, word))


def _words(graph: Graph, vocabulary: Term) -> dict[str, dict[str, str]]:
    """Return the labels of the values of a vocabulary, by their codes."""
    values = graph.subjects(RDF.type, vocabulary)
    return {str(code(graph, value)): words(graph, value) for value in sorted(values, key=str) if (value, RDF.type, OWL.Class) not in graph}
