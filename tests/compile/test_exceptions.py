"""What an amended norm takes over from the one whose place it takes."""

from __future__ import annotations

from rdflib import Graph, Literal
from rdflib.namespace import DCTERMS, XSD

from comity.compile.exceptions import inherited_exceptions
from comity.compile.program import compile_program
from comity.iris import NS
from comity.rdf.names import ELI, ID, C


def inherited(text: str) -> set[tuple[str, str, str]]:
    prefixes = f"""@prefix c: <{NS}> . @prefix eli: <http://data.europa.eu/eli/ontology#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . """
    return {tuple(str(term).removeprefix(NS) for term in triple) for triple in inherited_exceptions(Graph().parse(data=prefixes + text))}


def test_exceptions_to_a_norm_are_exceptions_to_every_norm_that_took_its_place():
    found = inherited("c:x c:exceptionTo c:old . c:weak c:yieldsTo c:old . c:middle c:replaces c:old . c:new c:replaces c:middle .")
    assert found == {(norm, relation, to) for to in ("middle", "new") for norm, relation in (("x", "exceptionTo"), ("weak", "yieldsTo"))}


def test_what_the_old_norm_itself_defeats_is_for_the_new_one_to_say():
    assert inherited("c:old c:exceptionTo c:duty ; c:yieldsTo c:strong . c:new c:replaces c:old .") == set()


def test_an_exception_that_ended_before_is_left_behind_and_no_norm_defeats_itself():
    days = 'c:new eli:date_applicability "2024-03-22"^^xsd:date . c:x eli:date_no_longer_in_force "{}"^^xsd:date . '
    text = "c:x c:exceptionTo c:old . c:new c:replaces c:old ; c:exceptionTo c:old . "
    assert inherited(text + days.format("2024-03-22")) == set()
    assert inherited(text + days.format("2024-03-23")) == {("x", "exceptionTo", "new")}


def test_an_amendment_in_one_line_takes_over_every_exception_of_the_law(sources, program):
    """An amended copy of the norm on sensitive data: its identifier, its first day, and c:replaces."""
    graph, old, new = sources.graph(), ID["cn/prov-2024/norm-8b"], ID["cn/prov-2024/norm-8b-2027"]
    own = {DCTERMS.identifier: Literal("PROV-8b-2027"), ELI.date_applicability: Literal("2027-01-01", datatype=XSD.date)}
    for predicate, value in list(graph.predicate_objects(old)):
        graph.add((new, predicate, own.get(predicate, value)))
    graph.add((new, C.replaces, old))
    graph.add((old, ELI.date_no_longer_in_force, Literal("2027-01-01", datatype=XSD.date)))
    wanted = next(norm["exceptions"] for norm in program["norms"] if norm["id"] == "PROV-8b")
    found = {norm["id"]: norm["exceptions"] for norm in compile_program(graph)["norms"]}
    assert len(wanted) > 3 and found["PROV-8b-2027"] == wanted
