"""The instrument, its provisions, norms and open questions, from its source file."""

from __future__ import annotations

import re

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS

from comity.curate.citations import SOURCE_KEYS, add_sources
from comity.curate.law_file import LOCAL, LawFile
from comity.curate.norm_graph import norm, norm_iri
from comity.curate.yaml_source import KeyPath
from comity.rdf.names import ELI, C

INSTRUMENT_KEYS = (
    "instrument",
    "type",
    "jurisdiction",
    "title",
    "label",
    "short",
    "definition",
    "issued",
    "inForce",
    "until",
    "url",
    "binding",
    "nexus",
    *SOURCE_KEYS,
    "leavesOut",
    "uses",
)
SECTIONS = (
    "provisions",
    "classes",
    "placeClasses",
    "recognitionClasses",
    "derived",
    "norms",
    "questions",
    "sanctions",
    "reconciliations",
    "others",
)
_KINDS = {"provisions": C.Provision, "questions": C.OpenQuestion, "sanctions": C.Sanction, "reconciliations": C.Reconciliation}
_WAYS = (("way", C.wayKind, C.WayKindValue), ("actor", C.wayActor, C.WayActorValue))
_NUMBER = re.compile(r"(\d+[A-Za-z]?)((?:\([A-Za-z0-9]+\))*)$")


def plan(law_file: LawFile) -> dict[URIRef, URIRef]:
    """Return every thing that this file makes, with what it is."""
    source = law_file.source
    out = {law_file.iri: C.Instrument}
    made_at = {law_file.iri: "the instrument"}

    def note(path: KeyPath, iri: URIRef, kind: URIRef) -> None:
        local = str(iri).rsplit("/", 1)[-1]
        if not LOCAL.match(local):
            source.error(path, f"`{local}` cannot be part of an IRI: letters, digits, `-`, `.` and `_` only")
        if iri in out:
            source.error(path, f"has the same IRI as {made_at[iri]}: set another name or `local`")
        out[iri], made_at[iri] = kind, ".".join(map(str, path))

    for section, kind in _KINDS.items():
        for name in source.section(section):
            note((section, name), law_file.own(name), kind)
    for name in source.section("questions"):
        for position in source.at(("questions", name, "positions")) or {}:
            note(("questions", name, "positions", position), law_file.own(f"{name}/{position}"), C.Position)
    for identifier in source.section("norms"):
        note(("norms", identifier), norm_iri(law_file, identifier), C.Norm)
    for identifier in source.section("others"):
        note(("others", identifier), _note_iri(law_file, identifier), C.Note)
    return out


def _note_iri(law_file: LawFile, identifier: str) -> URIRef:
    return law_file.own(law_file.local_norm(identifier).replace("norm-", "note-", 1))


def things(law_file: LawFile, demanding: set[str]) -> Graph:
    """Return the triples of ``data/…``, the header left out; ``demanding`` names the norms that have a shape."""
    graph = Graph()
    _instrument(law_file, graph)
    for name in law_file.source.section("provisions"):
        _provision(law_file, graph, name)
    for identifier in law_file.source.section("norms"):
        norm(law_file, graph, identifier, identifier in demanding)
    _questions(law_file, graph)
    for section in ("sanctions", "reconciliations"):
        for name in law_file.source.section(section):
            path, subject = (section, name), law_file.own(name)
            asked = ("way", "actor") if section == "reconciliations" else ()
            law_file.source.mapping(path, ("label", "definition", "statedIn", *asked), ("label", "definition", *asked))
            graph.add((subject, RDF.type, _KINDS[section]))
            law_file.describe(graph, subject, path)
            law_file.cited(graph, subject, (*path, "statedIn"), required=section == "sanctions")
            for key, word, values in _WAYS:
                for here, text in law_file.source.items((*path, key)):
                    if (value := law_file.code(here, text, values)) is not None:
                        graph.add((subject, word, value))
    for identifier in law_file.source.section("others"):
        _other(law_file, graph, identifier)
    return graph


def _instrument(law_file: LawFile, graph: Graph) -> None:
    source, iri = law_file.source, law_file.iri
    for here, text in source.items(("type",)):
        kind = law_file.class_below(here, text, C.Instrument)
        if kind is not None:
            graph.add((iri, RDF.type, kind))
    for here, text in source.items(("jurisdiction",)):
        place = law_file.jurisdiction(here, text)
        if place is not None:
            graph.add((iri, C.jurisdiction, place))
    if (nexus := law_file.flow_class(("nexus",))) is not None:
        graph.add((iri, C.nexus, nexus))
    title = source.mapping(("title",), list(source.at(("title",)) or {}) if isinstance(source.at(("title",)), dict) else ())
    for language, text in title.items():
        graph.add((iri, DCTERMS.title, Literal(" ".join(str(text).split()), lang=language)))
    law_file.texts(graph, iri, SKOS.prefLabel, ("label",))
    law_file.texts(graph, iri, SKOS.altLabel, ("short",), required=False)
    law_file.texts(graph, iri, SKOS.definition, ("definition",), required=False)
    law_file.texts(graph, iri, C.leavesOut, ("leavesOut",), required=False)
    for key, predicate in (("issued", DCTERMS.issued), ("inForce", ELI.first_date_entry_in_force), ("until", ELI.date_no_longer_in_force)):
        day = law_file.day((key,))
        if day is not None:
            graph.add((iri, predicate, day))
    _page(law_file, graph, iri, ("url",))
    binding = source.at(("binding",))
    if isinstance(binding, bool):
        graph.add((iri, C.binding, Literal(binding)))
    else:
        source.error(("binding",), "write `binding: true` or `binding: false`")
    add_sources(law_file, graph, iri, ())


def _page(law_file: LawFile, graph: Graph, subject: URIRef, path: KeyPath) -> None:
    for here, text in law_file.source.items(path):
        if re.match(r"https?://[^\s<>\"{}|\\^`]+$", text):
            graph.add((subject, FOAF.page, URIRef(text)))
        else:
            law_file.source.error(here, f"`{text}` is no web address")


def _provision(law_file: LawFile, graph: Graph, name: str) -> None:
    path, iri = ("provisions", name), law_file.own(name)
    row = law_file.source.mapping(path, ("number", "label", "url", "partOf"), ("number",))
    number = str(row.get("number") or "")
    graph.add((iri, RDF.type, C.Provision))
    whole = law_file.iri if not row.get("partOf") else law_file.thing((*path, "partOf"), str(row["partOf"]), C.Provision)
    graph.add((iri, ELI.is_part_of, whole))
    graph.add((iri, ELI.number, Literal(number)))
    if row.get("label") is not None:
        law_file.texts(graph, iri, SKOS.prefLabel, (*path, "label"))
    elif law_file.source.at(("short",)) is not None:
        short = law_file.bilingual(("short",))
        for language, text in short.items():
            graph.add((iri, SKOS.prefLabel, Literal(cite(text, number, language), lang=language)))
    else:
        law_file.source.error(path, "needs a `label`, or the instrument a `short` name to build one from")
    _page(law_file, graph, iri, (*path, "url") if row.get("url") else ("url",))


def cite(short: str, number: str, language: str) -> str:
    """Return how a provision is cited: the name ``Data Act`` and the number ``38(1)(3)`` give *Data Act art. 38(1)(3)*.

    A number that is not of that form, such as ``§ 12.34(a)``, follows the name as it is.
    """
    found = _NUMBER.match(number)
    if not found:
        return f"{short} {number}"
    if language != "zh":
        return f"{short} art. {number}"
    out, digits = f"{short}第{found[1]}条", 0
    for part in re.findall(r"\(([A-Za-z0-9]+)\)", found[2]):
        digits += part.isdigit()
        out += f"第{part}款" if part.isdigit() and digits == 1 else f"第（{part}）项"
    return out


def _questions(law_file: LawFile, graph: Graph) -> None:
    for name in law_file.source.section("questions"):
        path, question = ("questions", name), law_file.own(name)
        row = law_file.source.mapping(path, ("label", "definition", "positions", "statedIn"), ("label", "definition", "positions"))
        graph.add((question, RDF.type, C.OpenQuestion))
        law_file.describe(graph, question, path)
        law_file.cited(graph, question, (*path, "statedIn"), required=False)
        for local in row.get("positions") or {}:
            here, position = (*path, "positions", local), law_file.own(f"{name}/{local}")
            law_file.source.mapping(here, ("label", "definition", "authority"), ("label", "definition", "authority"))
            graph.add((position, RDF.type, C.Position))
            graph.add((position, C.answers, question))
            law_file.describe(graph, position, here)
            authority = law_file.source.at((*here, "authority"))
            if isinstance(authority, str):
                graph.add((position, C.authority, Literal(authority)))
            else:
                law_file.texts(graph, position, C.authority, (*here, "authority"))


def _other(law_file: LawFile, graph: Graph, identifier: str) -> None:
    path, iri = ("others", identifier), _note_iri(law_file, identifier)
    row = law_file.source.mapping(path, ("kind", "label", "definition", "statedIn"), ("kind", "label", "definition", "statedIn"))
    kind = law_file.class_below((*path, "kind"), row["kind"], C.Note) if row.get("kind") else None
    if kind is not None:
        graph.add((iri, RDF.type, kind))
    law_file.identify(graph, iri, path, identifier)
    law_file.describe(graph, iri, path)
    law_file.cited(graph, iri, (*path, "statedIn"))
