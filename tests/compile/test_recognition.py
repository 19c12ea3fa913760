"""Who recognises whom and what states owe each other, from a few lines of Turtle to the part of the program that answers read."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import RDF, Graph

from comity.compile.recognition import dated, recognition
from comity.compile.statements import CompileError
from comity.law.recognition_text import RecognitionText
from comity.paths import source_root
from comity.rdf.names import C

PREFIXES = """
@prefix act: <https://w3id.org/comity/id/xx/act/> . @prefix body: <https://w3id.org/comity/id/body/> .
@prefix c: <https://w3id.org/comity/ns#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> . @prefix place: <https://w3id.org/comity/id/place/> .
@prefix rec: <https://w3id.org/comity/id/recognition/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix xx: <https://w3id.org/comity/id/xx/> .
body:UNION a c:Body ; skos:notation "UNION" ; skos:prefLabel "union"@en , "联盟"@zh ; skos:definition "A union."@en , "联盟。"@zh .
body:CLUB a c:Body ; skos:notation "CLUB" .
place:XX a c:Place ; skos:notation "XX" . place:YY a c:Place ; skos:notation "YY" .
"""
ROW = """
rec:A a c:Recognition ; dcterms:identifier "REC-A" ; skos:prefLabel "row"@en , "条目"@zh ; c:recogniser body:UNION ;
    c:recognitionKind c:recognition-adequacy ; c:recognitionStatus c:recognitionStatus-inForce ;
"""
NORM = """
xx:pact a c:Treaty ; skos:prefLabel "pact"@en , "条约"@zh ; dcterms:title "The Pact"@en ; c:partiesOf body:CLUB ;
    eli:first_date_entry_in_force "2020-01-01"^^xsd:date ; c:signatureOn "2019-01-01"^^xsd:date .
act:art-1 eli:is_part_of act:chapter . act:chapter eli:is_part_of xx:pact .
act:P a c:Commitment ; c:betweenStates true ; dcterms:identifier "P" ; c:concerns c:LocalStorage ; c:statedIn act:art-1 ;
"""


@pytest.fixture(scope="module")
def words_of_the_ontology() -> Graph:
    """The words of places, bodies, recognitions, commitments and their sources."""
    graph = Graph()
    for name in ("editorial", "jurisdiction", "norm", "source", "treaty"):
        graph.parse(source_root() / "ontology" / f"{name}.ttl")
    return graph


@pytest.fixture
def compiled(words_of_the_ontology: Graph):
    """A function that compiles some lines of Turtle beside the words."""

    def run(text: str = "") -> RecognitionText:
        return recognition(words_of_the_ontology + Graph().parse(data=PREFIXES + text, format="turtle"))

    return run


def only(entries: Any) -> Any:
    """The only entry of a list, or the only value of a mapping."""
    (found,) = entries.values() if isinstance(entries, dict) else entries
    return found


def test_bodies_have_their_words(compiled):
    assert compiled()["bodies"]["UNION"] == {
        "label": {"en": "union", "zh": "联盟"},
        "definition": {"en": "A union.", "zh": "联盟。"},
        "iri": "https://w3id.org/comity/id/body/UNION",
    }


def test_a_plain_row_says_no_more_than_is_stated(compiled):
    found = only(compiled(ROW + "c:recognised place:XX .")["rows"])
    assert found == {
        "id": "REC-A",
        "iri": "https://w3id.org/comity/id/recognition/A",
        "label": {"en": "row", "zh": "条目"},
        "kind": "adequacy",
        "by": "UNION",
        "of": "XX",
        "through": None,
        "everywhere": False,
        "from": None,
        "until": None,
        "signed": None,
        "inForce": True,
        "status": "inForce",
        "opens": False,
        "scope": {},
        "tested": False,
        "instruments": [],
        "citation": None,
        "sources": [],
        "verification": {"status": "", "against": [], "copies": [], "secondary": [], "on": None},
    }


def test_silence_on_whether_a_row_opens_transfers_opens_none(compiled):
    assert only(compiled(ROW + "c:recognised place:XX .")["rows"])["opens"] is False
    assert only(compiled(ROW + "c:recognised place:XX ; c:opensTransfers true .")["rows"])["opens"] is True


def test_a_full_row_keeps_days_as_they_are_known_its_scope_sources_and_verification(compiled):
    found = only(
        compiled(
            ROW
            + """c:recognisedThrough body:CLUB ; c:anyDestination true ; c:scopeClass c:XxScope ; c:citation "art. 3" ;
        eli:date_applicability "2023-08"^^xsd:gYearMonth ; eli:date_no_longer_in_force "2030"^^xsd:gYear ;
        c:signatureOn "2023-01-31"^^xsd:date ; c:scopeText "trade"@en , "贸易"@zh ;
        dcterms:source "https://example.org/b" , "https://example.org/a" ;
        c:underInstrument xx:act , "an unheld decision" ; c:verifiedAgainst "text" ; c:readInCopy "copy" ; c:readInSecondary "page" ;
        c:verifiedOn "2025-01-01"^^xsd:date ; c:reviewStatus c:review-encoded .
        xx:act skos:prefLabel "act"@en , "法"@zh ."""
        )["rows"]
    )
    assert (found["of"], found["through"], found["everywhere"], found["tested"]) == (None, "CLUB", True, True)
    assert (found["from"], found["until"], found["signed"]) == ("2023-08", "2030", "2023-01-31")
    assert (found["scope"], found["citation"]) == ({"en": "trade", "zh": "贸易"}, "art. 3")
    assert found["sources"] == ["https://example.org/a", "https://example.org/b"]
    assert sorted((each["label"]["zh"], each["iri"]) for each in found["instruments"]) == [
        ("an unheld decision", None),
        ("法", "https://w3id.org/comity/id/xx/act"),
    ]
    assert found["verification"] == {
        "status": "encoded",
        "against": ["text"],
        "copies": ["copy"],
        "secondary": ["page"],
        "on": "2025-01-01",
    }


def test_a_pending_row_is_not_in_force(compiled):
    assert only(compiled(ROW.replace("c:Recognition ;", "c:PendingRecognition ;") + "c:recognised place:XX .")["rows"])["inForce"] is False


def test_a_row_without_a_kind_is_refused(compiled):
    with pytest.raises(CompileError, match="recognitionKind"):
        compiled(ROW.replace("c:recognitionKind c:recognition-adequacy ;", "") + "c:recognised place:XX .")


def test_a_row_that_ends_before_it_begins_is_refused(compiled):
    with pytest.raises(CompileError, match="it ends on 2020-01-01, before it begins on 2021-01-01; correct one of the two"):
        compiled(ROW + '    eli:date_applicability "2021-01-01"^^xsd:date ; eli:date_no_longer_in_force "2020-01-01"^^xsd:date .')


def test_standings_and_pairs_with_a_day_of_their_own(compiled):
    found = compiled("""
        body:M a c:Membership ; c:inBody body:CLUB ; c:member place:XX .
        body:N a c:Application ; c:inBody body:CLUB ; c:member place:YY ; c:membershipStatus c:membershipStatus-applicant ;
            eli:date_applicability "2021-09-16"^^xsd:date .
        body:O a c:PairOverride ; c:ofMembership body:M ; c:pairedWith place:YY .
        body:Q a c:PairOverride ; c:ofMembership body:M ; c:pairedWith body:UNION ; eli:date_applicability "2022-05-01"^^xsd:date .""")
    assert only(found["standings"]) == {"body": "CLUB", "place": "YY", "status": "applicant", "from": "2021-09-16", "until": None}
    assert found["pairs"] == [["CLUB", "XX", "UNION", "2022-05-01"], ["CLUB", "XX", "YY", None]]


def test_a_treaty_is_what_has_parties_or_states_a_norm_between_states(compiled):
    found = compiled(NORM + "c:leavesOut 'rest'@en . xx:deal a c:Draft ; c:contractingParty place:YY , body:UNION ; c:binding false .")
    assert list(found["treaties"]) == ["xx/deal", "xx/pact"]
    assert found["treaties"]["xx/pact"] == {
        "iri": "https://w3id.org/comity/id/xx/pact",
        "label": {"en": "pact", "zh": "条约"},
        "binding": True,
        "draft": False,
        "from": "2020-01-01",
        "until": None,
        "signed": "2019-01-01",
        "concluded": None,
        "threshold": None,
        "partiesOf": "CLUB",
        "parties": [],
    }
    deal = found["treaties"]["xx/deal"]
    assert (deal["draft"], deal["binding"], deal["partiesOf"], deal["parties"]) == (True, False, None, ["UNION", "YY"])


def test_a_norm_of_an_instrument_that_names_no_parties_makes_it_a_treaty_of_nobody(compiled):
    found = compiled(NORM.replace("c:partiesOf body:CLUB ;", "") + "c:leavesOut 'rest'@en .")["treaties"]["xx/pact"]
    assert (found["partiesOf"], found["parties"]) == (None, [])


def test_a_commitment_is_a_duty_of_every_party_unless_it_says_less(compiled):
    found = only(compiled(NORM + "c:leavesOut 'rest'@en .")["commitments"])
    assert (found["strength"], found["binds"], found["protects"], found["reaches"]) == ("duty", [], [], [])
    assert (found["treaty"], found["act"], found["leavesOut"]) == ("xx/pact", "LocalStorage", {"en": "rest"})
    assert found["provisions"] == ["https://w3id.org/comity/id/xx/act/art-1"]


def test_a_commitment_says_what_it_reaches_whom_it_binds_and_protects(compiled):
    found = only(
        compiled(
            NORM
            + """c:commitmentStrength c:strength-endeavour ; c:bindsParty place:XX ; c:protects c:treatyActor-investor ;
        c:reaches [ a c:Reach ; c:restriction c:restriction-transferBan ; c:arguably true ] ,
            [ a c:Reach ; c:restriction c:restriction-localStorage ; eli:number "2" ] ."""
        )["commitments"]
    )
    assert (found["strength"], found["binds"], found["protects"]) == ("endeavour", ["XX"], ["investor"])
    assert found["reaches"] == [
        {"restriction": "localStorage", "arguable": False, "number": "2"},
        {"restriction": "transferBan", "arguable": True, "number": None},
    ]


def test_exceptions_respites_and_powers(compiled):
    found = compiled(
        NORM
        + """c:leavesOut 'rest'@en .
        act:E a c:Exemption ; c:betweenStates true ; dcterms:identifier "E" ; c:statedIn act:art-1 ; c:exceptionTo act:P ;
            c:exceptionGround c:exceptionGround-security ; c:judgedBy c:judge-party ; c:testPart c:test-necessary ; c:disputable false ;
            c:excludesActor c:treatyActor-investor ; c:excludesMeasure c:treatyMeasure-taxation ; c:closesForum c:forum-panel ;
            c:unsettlesForum c:forum-mediation ; eli:date_no_longer_in_force "2030-01-01"^^xsd:date ;
            c:grantsRespite [ a c:Respite ; c:respiteFor place:YY ; c:respiteAgainst place:XX ; c:measureInEffectBy "2018-12-30"^^xsd:date ;
                c:extendableUntil "2031-01-01"^^xsd:date ] .
        act:W a c:Power ; c:betweenStates true ; dcterms:identifier "W" ; c:statedIn act:art-1 ; c:enforces act:P ;
            c:opensForum c:forum-panel ; c:noticeMonths 6 ."""
    )
    excuse = found["exceptions"]["E"]
    assert (excuse["to"], excuse["grounds"], excuse["judgedBy"], excuse["tests"]) == (["P"], ["security"], "party", ["necessary"])
    assert (excuse["disputable"], excuse["excludesActors"], excuse["excludesMeasures"]) == (False, ["investor"], ["taxation"])
    assert (excuse["closes"], excuse["unsettles"]) == (["panel"], ["mediation"])
    assert excuse["respites"] == [
        {"places": ["YY"], "against": ["XX"], "extendableUntil": "2031-01-01", "measureBy": "2018-12-30", "under": []}
    ]
    power = found["enforcement"]["W"]
    assert (power["enforces"], power["opens"], power["noticeMonths"], power["treaty"]) == (["P"], ["panel"], 6, "xx/pact")


def test_an_exception_that_says_nothing_of_disputes_can_be_disputed(compiled):
    excuse = 'act:E a c:Exemption ; c:betweenStates true ; dcterms:identifier "E" ; c:statedIn act:art-1 ; c:exceptionTo act:P .'
    found = only(compiled(NORM + "c:leavesOut 'rest'@en . " + excuse)["exceptions"])
    assert (found["disputable"], found["judgedBy"], found["respites"], found["grounds"]) == (True, None, [], [])


def test_norms_say_what_they_restrict(compiled):
    text = 'act:N dcterms:identifier "N" ; c:restricts c:restriction-transferBan , c:restriction-localStorage .'
    assert compiled(text)["restricts"] == {"N": ["localStorage", "transferBan"]}


def test_every_word_that_an_answer_may_show_has_a_label_in_both_languages(compiled):
    words = compiled()["words"]
    assert "panel" in words["forum"] and "adequacy" in words["kind"] and "applicant" in words["standing"]
    bare = {(name, code) for name, codes in words.items() for code, label in codes.items() if set(label) != {"en", "zh"}}
    assert bare == set()


def test_an_epoch_ends_where_a_treaty_a_commitment_an_exception_a_power_or_a_pair_begins_or_ends(compiled):
    found = compiled(
        NORM
        + """eli:date_applicability "2020-02-01"^^xsd:date .
        act:E a c:Exemption ; c:betweenStates true ; dcterms:identifier "E" ; c:statedIn act:art-1 ;
            eli:date_no_longer_in_force "2025-01-01"^^xsd:date .
        act:W a c:Power ; c:betweenStates true ; dcterms:identifier "W" ; c:statedIn act:art-1 ;
            eli:date_applicability "2021-01-01"^^xsd:date .
        body:M a c:Membership ; c:inBody body:CLUB ; c:member place:XX .
        body:Q a c:PairOverride ; c:ofMembership body:M ; c:pairedWith place:YY ; eli:date_applicability "2022-05-01"^^xsd:date ."""
    )
    days = {day for span in dated(found).values() for day in span if day}
    assert days == {"2020-01-01", "2020-02-01", "2025-01-01", "2021-01-01", "2022-05-01"}


def test_every_row_of_the_real_law_is_compiled_once(graph, program):
    rows = program["recognition"]["rows"]
    assert (
        len({row["id"] for row in rows})
        == len(rows)
        == len({*graph.subjects(RDF.type, C.Recognition), *graph.subjects(RDF.type, C.PendingRecognition)})
    )
    assert [row["id"] for row in rows if row["opens"] and row["of"] is None and row["through"] is None and not row["everywhere"]] == []
