"""From a law's source file to its Turtle: what is written, what is refused, and that nothing is written by halves."""

from __future__ import annotations

from datetime import date

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD

from comity.curate import new
from comity.curate.fmt import fmt
from comity.rdf.names import ELI, C

ACT = "https://w3id.org/comity/id/xx/act"
LAW = """
instrument: xx/act
type: Statute
jurisdiction: XA
title: {zh: "法"}
label: {en: "Act", zh: "法律"}
short: {en: "Act", zh: "《法律》"}
issued: 2020-01-02
inForce: 2020-02-03
until: null
url: https://example.org/act
binding: true
verifiedAgainst: "Act, text of 2020, https://example.org/act"
provisions:
  art-3: {number: "3"}
  art-3-1-2: {number: "3(1)(2)", partOf: art-3}
classes:
  XxExport:
    base: DataFlow
    label: {en: "export", zh: "出境"}
    definition: {en: "leaves", zh: "离开"}
    is: "exporter some (establishedIn some HomePlace) and to some (not HomePlace)"
  XxSecret:
    base: DataItem
    label: {en: "secret", zh: "秘密"}
    definition: {en: "secret", zh: "秘密"}
    is: "MedicalData"
    id: ACT-2
    statedIn: art-3
    notation: xx/Secret
  XxLarge:
    base: DataFlow
    label: {en: "large", zh: "大量"}
    definition: {en: "many", zh: "很多"}
    is: "XxExport and xxPersons some integer[>= 10]"
placeClasses:
  XxUnionPlace: {membersOf: XU, label: {en: "u", zh: "u"}, definition: {en: "u", zh: "u"}}
  XxBothPlace: {is: "HomePlace or XxUnionPlace", label: {en: "b", zh: "b"}, definition: {en: "b", zh: "b"}}
recognitionClasses:
  XxAdequate: {from: XA, kind: adequacy, label: {en: "a", zh: "a"}, definition: {en: "a", zh: "a"}}
derived:
  xxPersons:
    op: count
    label: {en: "n", zh: "n"}
    definition: {en: "n", zh: "n"}
    question: {en: "how many?", zh: "多少？"}
    countsClass: XxExport
    unit: persons
    countedOver: allExports
    window: thisYear
    counted: [PersonalData]
  validFromTime: {op: dateTime, on: Ground, ofKey: validFrom, label: {en: "t", zh: "t"}, definition: {en: "t", zh: "t"}}
norms:
  ACT-3-1:
    kind: Obligation
    label: {en: "duty", zh: "义务"}
    definition: {en: "do", zh: "做"}
    statedIn: [art-3]
    bearer: exporter
    concerns: Transfer
    when: XxExport
    demands:
      anyOf:
        - label: {en: "clauses", zh: "合同"}
          is: "grounds some (status value effective)"
        - label: {en: "usual", zh: "惯常"}
          is: "usual value true"
    risk: privacy
    restricts: transferCondition
    position: question-a/position-b
    sanction: sanction-9
  ACT-3-1-2:
    kind: Exemption
    label: {en: "small", zh: "少量"}
    definition: {en: "few", zh: "少"}
    statedIn: [art-3-1-2]
    bearer: exporter
    concerns: Transfer
    when: XxLarge
    exceptionTo: ACT-3-1
    from: 2021-05
    until: 2024-01-01
    verifiedOn: 2024-05-06
    leavesOut: {en: "more", zh: "更多"}
questions:
  question-a:
    label: {en: "q", zh: "q"}
    definition: {en: "q", zh: "q"}
    positions:
      position-b: {label: {en: "b", zh: "b"}, definition: {en: "b", zh: "b"}, authority: "a court"}
sanctions:
  sanction-9: {label: {en: "s", zh: "s"}, definition: {en: "s", zh: "s"}, statedIn: [art-3]}
others:
  ACT-9: {kind: Procedure, label: {en: "p", zh: "p"}, definition: {en: "p", zh: "p"}, statedIn: [art-3]}
"""


@pytest.fixture
def law(tiny):
    """Write a source file, run, and return the outcome."""

    def run(text=LAW, name="act.yaml", **options):
        path = tiny / name
        path.write_text(text, encoding="utf-8")
        return new.write(path, tiny, today=date(2026, 1, 1), **options)

    return run


def read(root, path) -> Graph:
    return Graph().parse(root / path)


def thing(local) -> URIRef:
    return URIRef(f"{ACT}/{local}")


def test_three_files_in_house_spelling(law, tiny):
    outcome = law()
    assert [str(p) for p in outcome.problems] == []
    assert {p.relative_to(tiny).as_posix() for p in outcome.written} == {
        "ontology/law/xx/act.ttl",
        "data/xx/act.ttl",
        "shapes/xx/act.ttl",
    }
    assert fmt(outcome.written, check=True).changed == []
    again = law()
    assert again.written == []
    assert len(again.unchanged) == 3


def test_the_norm(law, tiny):
    law()
    graph = read(tiny, "data/xx/act.ttl")
    duty, small = thing("norm-3-1"), thing("norm-3-1-2")
    assert set(graph.predicate_objects(duty)) == {
        (RDF.type, C.Obligation),
        (DCTERMS.identifier, Literal("ACT-3-1")),
        (SKOS.prefLabel, Literal("duty", lang="en")),
        (SKOS.prefLabel, Literal("义务", lang="zh")),
        (SKOS.definition, Literal("do", lang="en")),
        (SKOS.definition, Literal("做", lang="zh")),
        (C.statedIn, thing("art-3")),
        (C.bearer, C["bearer-exporter"]),
        (C.concerns, C.Transfer),
        (C.appliesWhen, C.XxExport),
        (C.demands, C["Demand-ACT-3-1"]),
        (C.riskDimension, C["risk-privacy"]),
        (C.restricts, C["restriction-transferCondition"]),
        (C.position, thing("question-a/position-b")),
        (C.sanction, thing("sanction-9")),
        (C.reviewStatus, C["review-encoded"]),
        (C.verifiedAgainst, Literal("Act, text of 2020, https://example.org/act")),
        (C.verifiedOn, Literal("2026-01-01", datatype=XSD.date)),
        (ELI.date_applicability, Literal("2020-02-03", datatype=XSD.date)),
    }
    assert graph.value(small, C.exceptionTo) == duty
    assert graph.value(small, ELI.date_applicability) == Literal("2021-05", datatype=XSD.gYearMonth)
    assert graph.value(small, ELI.date_no_longer_in_force) == Literal("2024-01-01", datatype=XSD.date)
    assert graph.value(small, C.verifiedOn) == Literal("2024-05-06", datatype=XSD.date)
    assert set(graph.objects(small, C.leavesOut)) == {Literal("more", lang="en"), Literal("更多", lang="zh")}


def test_an_entry_without_a_source_is_unverified_and_has_no_day(law, tiny):
    law(LAW.replace('verifiedAgainst: "Act, text of 2020, https://example.org/act"\n', ""))
    graph = read(tiny, "data/xx/act.ttl")
    for subject in (URIRef(ACT), thing("norm-3-1"), thing("norm-3-1-2")):
        assert graph.value(subject, C.reviewStatus) == C["review-unverified"]
        assert graph.value(subject, C.verifiedOn) is None


def test_a_norm_that_says_it_is_unverified_takes_no_source_from_the_instrument(law, tiny):
    law(LAW.replace("    verifiedOn: 2024-05-06\n", "    reviewStatus: unverified\n"))
    graph = read(tiny, "data/xx/act.ttl")
    assert graph.value(thing("norm-3-1-2"), C.verifiedAgainst) is None
    assert graph.value(thing("norm-3-1"), C.verifiedAgainst) is not None


def test_a_copy_a_secondary_source_and_what_is_not_verified_are_kept_apart(law, tiny):
    more = """readInCopy: https://example.org/copy
readInSecondary: "A note, 2021, https://example.org/note"
unverifiedPart: {en: "the dates", zh: "日期"}
"""
    law(LAW.replace("provisions:\n", more + "provisions:\n", 1))
    graph = read(tiny, "data/xx/act.ttl")
    for subject in (URIRef(ACT), thing("norm-3-1")):
        assert graph.value(subject, C.readInCopy) == URIRef("https://example.org/copy")
        assert graph.value(subject, C.readInSecondary) == Literal("A note, 2021, https://example.org/note")
        assert set(graph.objects(subject, C.unverifiedPart)) == {Literal("the dates", lang="en"), Literal("日期", lang="zh")}


def test_an_amended_norm_names_the_one_that_it_replaces(law, tiny):
    assert law(LAW.replace("    exceptionTo: ACT-3-1\n", "    exceptionTo: ACT-3-1\n    replaces: ACT-3-1\n")).problems == []
    assert read(tiny, "data/xx/act.ttl").value(thing("norm-3-1-2"), C.replaces) == thing("norm-3-1")


def test_the_things_around_it(law, tiny):
    law()
    graph = read(tiny, "data/xx/act.ttl")
    assert set(graph.objects(thing("art-3-1-2"), SKOS.prefLabel)) == {
        Literal("Act art. 3(1)(2)", lang="en"),
        Literal("《法律》第3条第1款第（2）项", lang="zh"),
    }
    assert graph.value(thing("art-3-1-2"), ELI.is_part_of) == thing("art-3")
    assert graph.value(thing("art-3"), ELI.is_part_of) == URIRef(ACT)
    assert graph.value(URIRef(ACT), C.jurisdiction) == URIRef("https://w3id.org/comity/id/place/XA")
    assert graph.value(thing("question-a/position-b"), C.answers) == thing("question-a")
    assert graph.value(thing("note-9"), RDF.type) == C.Procedure
    header = URIRef("https://w3id.org/comity/data/xx/act")
    assert set(graph.objects(header, OWL.imports)) >= {URIRef("https://w3id.org/comity/ontology/law/xx/act")}


def test_the_classes(law, tiny):
    law()
    graph = read(tiny, "ontology/law/xx/act.ttl")
    body = graph.value(C.XxSecret, OWL.equivalentClass)
    assert set(Collection(graph, graph.value(body, OWL.intersectionOf))) == {C.DataItem, C.MedicalData}
    assert graph.value(C.XxSecret, C.reported) == Literal(True)
    assert graph.value(C.XxUnionPlace, C.membersOf) == URIRef("https://w3id.org/comity/id/body/XU")
    assert graph.value(C.XxBothPlace, RDFS.subClassOf) == C.Place
    assert graph.value(C.XxAdequate, C.recognitionKind) == C["recognition-adequacy"]
    assert (C.xxPersons, RDF.type, OWL.FunctionalProperty) in graph
    assert graph.value(C.xxPersons, C.countsWindow) == C["window-thisYear"]
    assert graph.value(C.xxPersons, C.countsCounted) == C.PersonalData
    assert graph.value(C.validFromTime, RDFS.range) == XSD.dateTime
    assert graph.value(C.validFromTime, RDFS.domain) == C.Ground


def test_the_demand(law, tiny):
    law()
    graph = read(tiny, "shapes/xx/act.ttl")
    ways = list(Collection(graph, graph.value(C["Demand-ACT-3-1"], SH["or"])))
    assert [str(graph.value(way, SH.name, any=True)) in ("clauses", "合同", "usual", "惯常") for way in ways] == [True, True]
    assert (None, SH.targetNode, None) not in graph


@pytest.mark.parametrize(
    ("old", "new_text", "told"),
    [
        ("issued:", "isued:", "unknown key `isued`: did you mean issued?"),
        ("type: Statute", "type: Statut", "`Statut` is no Instrument: did you mean Statute?"),
        ('title: {zh: "法"}', "title: {}", "`title` is missing"),
        ('label: {en: "duty", zh: "义务"}', 'label: {en: "duty"}', "`label` lacks its zh text"),
        ("statedIn: [art-3-1-2]", "statedIn: []", "no provision is cited"),
        ("statedIn: [art-3-1-2]", "statedIn: [art-31-2]", "this file has no Provision `art-31-2`: did you mean art-3-1-2"),
        ("statedIn: [art-3-1-2]", "statedIn: [xx/other/art-1]", "no Provision `xx/other/art-1` in the graph yet"),
        ("exceptionTo: ACT-3-1", "exceptionTo: ACT-31", "no norm `ACT-31` in the graph yet: did you mean ACT-3-1"),
        ("exceptionTo: ACT-3-1", "exceptionTo: ACT-3-1-2", "a norm cannot defeat or replace itself"),
        ("when: XxLarge", "when: XxLarg", "no class `XxLarg`: did you mean XxLarge"),
        ("when: XxLarge", "when: XxSecret", "`XxSecret` is no class of flows"),
        ("bearer: exporter", "bearer: exportr", "`bearer` has no value `exportr`: did you mean exporter"),
        ("concerns: Transfer", "concerns: Transfr", "`Transfr` is no RegulatedAct: did you mean Transfer?"),
        ("sanction: sanction-9", "sanction: sanction-8", "this file has no Sanction `sanction-8`: did you mean sanction-9?"),
        ("sanction: sanction-9", "sanction: art-3", "this file has no Sanction `art-3`"),
        ("from: 2021-05\n", "from: 2021-13-01\n", "`2021-13-01` is no date"),
        ("binding: true", "binding: yes", "write `binding: true` or `binding: false`"),
        ("base: DataItem", "base: Item", "`Item` is no kind of thing in a description"),
        ("jurisdiction: XA", "jurisdiction: NO", "no place or body `NO`"),
        ("  XxLarge:", "  PersonalData:", "the class `PersonalData` is already defined in the ontology"),
        ("  art-3: {", "  art-3: {number: '3'}\n  art-3: {", "this key stands twice"),
        ("membersOf: XU,", "membersOf: XU, territoryOf: XA,", "say exactly one of `territoryOf`"),
        ("window: thisYear", "window: thisYea", "`window` has no value `thisYea`: did you mean thisYear?"),
        ("ofKey: validFrom", "ofKey: validFrm", "`ofKey` needs a date key of Ground, not `validFrm`"),
        ("  ACT-3-1-2:", "  OLD-3-1:", "has the same IRI as norms.ACT-3-1"),
        ("url: https://example.org/act", "url: example", "`example` is no web address"),
        ('"Act, text of 2020, https://example.org/act"', "from knowledge", "`from knowledge` is no citation: write title, edition"),
        ('"Act, text of 2020, https://example.org/act"', "https://example.org/act", "`https://example.org/act` is no citation"),
        ("    verifiedOn: 2024-05-06", "    readInSecondary: N, https://a.org\n    reviewStatus: encoded", "`encoded` needs a source"),
        ('verifiedAgainst: "Act, text of 2020, https://example.org/act"', "readInCopy: https://example.org/copy", "a copy of what?"),
        ("binding: true", "binding: true\nreadInCopy: a copy", "`a copy` is no address of a copy"),
        ("uses", "uses", None),
    ],
)
def test_a_fault_stops_the_writing(law, tiny, old, new_text, told):
    if told is None:
        old, new_text, told = "issued:", "uses: [xx/none]\nissued:", "no module `xx/none` in ontology/law yet"
    assert old in LAW
    outcome = law(LAW.replace(old, new_text))
    assert told in "\n".join(map(str, outcome.problems))
    assert outcome.written == []
    assert not (tiny / "data/xx/act.ttl").exists()


def test_every_fault_is_told_with_its_line(law):
    text = LAW.replace("to some (not HomePlace)", "to some (not HomPlace)").replace("kind: Exemption", "kind: Exempt")
    problems = law(text).problems
    assert len(problems) == 2
    for problem, word in zip(problems, ("HomPlace", "kind: Exempt"), strict=True):
        assert word in text.splitlines()[problem.line - 1]
        assert str(problem).startswith(f"{problem.file}:{problem.line}: ")


def test_pending_references_may_wait(law, tiny):
    outcome = law(LAW.replace("exceptionTo: ACT-3-1", "exceptionTo: LATER-1"), allow_pending=True)
    assert outcome.problems == []
    assert "no norm `LATER-1`" in str(outcome.warnings[0])
    assert read(tiny, "data/xx/act.ttl").value(thing("norm-3-1-2"), C.exceptionTo) is None


def test_two_files_of_one_run_may_refer_to_each_other(tiny):
    first = tiny / "first.yaml"
    first.write_text(LAW.replace("exceptionTo: ACT-3-1", "exceptionTo: B-1"), encoding="utf-8")
    second = tiny / "second.yaml"
    second.write_text(
        """
instrument: xx/b
type: Statute
jurisdiction: XB
title: {en: "B"}
label: {en: "B", zh: "乙"}
url: https://example.org/b
binding: false
verifiedAgainst: "B, text of 2020, https://example.org/b"
uses: [xx/act]
norms:
  B-1:
    kind: Obligation
    label: {en: "b", zh: "乙"}
    definition: {en: "b", zh: "乙"}
    statedIn: xx/act/art-3
    bearer: importer
    concerns: Transfer
    when: XxExport
    demands: "act value access and (usual value true or dataItems some XxSecret)"
    exceptionTo: ACT-3-1
""",
        encoding="utf-8",
    )
    outcome = new.write([first, second], tiny)
    assert [str(p) for p in outcome.problems] == []
    graph = read(tiny, "data/xx/b.ttl")
    assert graph.value(URIRef("https://w3id.org/comity/id/xx/b/norm-1"), C.exceptionTo) == thing("norm-3-1")
    assert read(tiny, "data/xx/act.ttl").value(thing("norm-3-1-2"), C.exceptionTo) is not None
    assert not (tiny / "ontology/law/xx/b.ttl").exists()


def test_a_norm_without_a_situation_is_noticed(law, tiny):
    text = LAW.replace("    when: XxLarge\n    exceptionTo: ACT-3-1\n", "")
    outcome = law(text)
    assert outcome.problems == []
    assert "never weighed" in str(outcome.warnings[0])
    assert "`exceptionTo` needs `when`" in str(law(LAW.replace("    when: XxLarge\n", "")).problems[0])


def test_command(law, tiny, capsys):
    law(force=True)
    assert new.report(new.write(tiny / "act.yaml", tiny, check=True, today=date(2026, 1, 1))) == 0
    assert "no fault; these files would be written: " in capsys.readouterr().out
    assert new.report(new.write(tiny / "act.yaml", tiny, today=date(2026, 1, 1))) == 0
    (tiny / "act.yaml").write_text("instrument: xx/act\nnorms: 3\n", encoding="utf-8")
    assert new.report(new.write(tiny / "act.yaml", tiny)) == 1
    assert "nothing was written" in capsys.readouterr().err


def test_a_file_that_was_edited_by_hand_is_shown_and_left_alone(law, tiny, capsys):
    law()
    path = tiny / "data/xx/act.ttl"
    edited = path.read_text(encoding="utf-8").replace('"Act"@en', '"Act of 2020"@en')
    path.write_text(edited, encoding="utf-8")
    (tiny / "shapes/xx/act.ttl").unlink()
    outcome = law()
    assert new.report(outcome) == 1 and outcome.written == []
    told = capsys.readouterr()
    assert '-    skos:prefLabel "Act of 2020"@en ;' in told.out and '+    skos:prefLabel "Act"@en ;' in told.out and "--force" in told.err
    assert path.read_text(encoding="utf-8") == edited and not (tiny / "shapes/xx/act.ttl").exists()
    assert path in law(force=True).written and '"Act"@en' in path.read_text(encoding="utf-8")


def test_a_word_that_is_no_kind_of_instrument_gets_the_list_and_no_far_guess(law):
    (problem,) = law(LAW.replace("type: Statute", "type: Law")).problems
    assert "`Law` is no Instrument (known: " in problem.message and "Statute" in problem.message and "did you mean" not in problem.message
