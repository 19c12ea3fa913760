"""The instrument, its provisions, norms and open questions, from its source file."""

from __future__ import annotations

import re

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS

from comity.curate.citations import SOURCE_KEYS, add_sources
from comity.curate.draft import LOCAL, Draft
from comity.curate.norm_graph import norm, norm_iri
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
_NUMBER = re.compile(r"(\d+[A-Za-z]?)((?:\([A-Za-z0-9]+\))*)$")


def plan(draft: Draft) -> dict[URIRef, URIRef]:
    """Return every thing that this file makes, with what it is."""
    source = draft.source
    out = {draft.iri: C.Instrument}
    made_at = {draft.iri: "the instrument"}

    def note(path: tuple, iri: URIRef, kind: URIRef) -> None:
        local = str(iri).rsplit("/", 1)[-1]
        if not LOCAL.match(local):
            source.error(path, f"`{local}` cannot be part of an IRI: letters, digits, `-`, `.` and `_` only")
        if iri in out:
            source.error(path, f"has the same IRI as {made_at[iri]}: set another name or `local`")
        out[iri], made_at[iri] = kind, ".".join(map(str, path))

    for section, kind in _KINDS.items():
        for name in source.section(section):
            note((section, name), draft.own(name), kind)
    for name in source.section("questions"):
        for position in source.at(("questions", name, "positions")) or {}:
            note(("questions", name, "positions", position), draft.own(f"{name}/{position}"), C.Position)
    for identifier in source.section("norms"):
        note(("norms", identifier), norm_iri(draft, identifier), C.Norm)
    for identifier in source.section("others"):
        note(("others", identifier), _note_iri(draft, identifier), C.Note)
    return out


def _note_iri(draft: Draft, identifier: str) -> URIRef:
    return draft.own(draft.local_norm(identifier).replace("norm-", "note-", 1))


def things(draft: Draft, demanding: set[str]) -> Graph:
    """Return the triples of ``data/…``, the header left out; ``demanding`` names the norms that have a shape."""
    graph = Graph()
    _instrument(draft, graph)
    for name in draft.source.section("provisions"):
        _provision(draft, graph, name)
    for identifier in draft.source.section("norms"):
        norm(draft, graph, identifier, identifier in demanding)
    _questions(draft, graph)
    for section in ("sanctions", "reconciliations"):
        for name in draft.source.section(section):
            path, subject = (section, name), draft.own(name)
            draft.source.mapping(path, ("label", "definition", "statedIn"), ("label", "definition"))
            graph.add((subject, RDF.type, _KINDS[section]))
            draft.describe(graph, subject, path)
            draft.cited(graph, subject, (*path, "statedIn"), required=section == "sanctions")
    for identifier in draft.source.section("others"):
        _other(draft, graph, identifier)
    return graph


def _instrument(draft: Draft, graph: Graph) -> None:
    source, iri = draft.source, draft.iri
    for here, text in source.items(("type",)):
        kind = draft.class_below(here, text, C.Instrument)
        if kind is not None:
            graph.add((iri, RDF.type, kind))
    for here, text in source.items(("jurisdiction",)):
        place = draft.jurisdiction(here, text)
        if place is not None:
            graph.add((iri, C.jurisdiction, place))
    title = source.mapping(("title",), list(source.at(("title",)) or {}) if isinstance(source.at(("title",)), dict) else ())
    for language, text in title.items():
        graph.add((iri, DCTERMS.title, Literal(" ".join(str(text).split()), lang=language)))
    draft.texts(graph, iri, SKOS.prefLabel, ("label",))
    draft.texts(graph, iri, SKOS.altLabel, ("short",), required=False)
    draft.texts(graph, iri, SKOS.definition, ("definition",), required=False)
    draft.texts(graph, iri, C.leavesOut, ("leavesOut",), required=False)
    for key, predicate in (("issued", DCTERMS.issued), ("inForce", ELI.first_date_entry_in_force), ("until", ELI.date_no_longer_in_force)):
        day = draft.day((key,))
        if day is not None:
            graph.add((iri, predicate, day))
    _page(draft, graph, iri, ("url",))
    binding = source.at(("binding",))
    if isinstance(binding, bool):
        graph.add((iri, C.binding, Literal(binding)))
    else:
        source.error(("binding",), "write `binding: true` or `binding: false`")
    add_sources(draft, graph, iri, ())


def _page(draft: Draft, graph: Graph, subject: URIRef, path: tuple) -> None:
    for here, text in draft.source.items(path):
        if re.match(r"https?://[^\s<>\"{}|\\^`]+$", text):
            graph.add((subject, FOAF.page, URIRef(text)))
        else:
            draft.source.error(here, f"`{text}` is no web address")


def _provision(draft: Draft, graph: Graph, name: str) -> None:
    path, iri = ("provisions", name), draft.own(name)
    row = draft.source.mapping(path, ("number", "label", "url", "partOf"), ("number",))
    number = str(row.get("number") or "")
    graph.add((iri, RDF.type, C.Provision))
    whole = draft.iri if not row.get("partOf") else draft.thing((*path, "partOf"), str(row["partOf"]), C.Provision)
    graph.add((iri, ELI.is_part_of, whole))
    graph.add((iri, ELI.number, Literal(number)))
    if row.get("label") is not None:
        draft.texts(graph, iri, SKOS.prefLabel, (*path, "label"))
    elif draft.source.at(("short",)) is not None:
        short = draft.bilingual(("short",))
        for language, text in short.items():
            graph.add((iri, SKOS.prefLabel, Literal(cite(text, number, language), lang=language)))
    else:
        draft.source.error(path, "needs a `label`, or the instrument a `short` name to build one from")
    _page(draft, graph, iri, (*path, "url") if row.get("url") else ("url",))


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


def _questions(draft: Draft, graph: Graph) -> None:
    for name in draft.source.section("questions"):
        path, question = ("questions", name), draft.own(name)
        row = draft.source.mapping(path, ("label", "definition", "positions", "statedIn"), ("label", "definition", "positions"))
        graph.add((question, RDF.type, C.OpenQuestion))
        draft.describe(graph, question, path)
        draft.cited(graph, question, (*path, "statedIn"), required=False)
        for local in row.get("positions") or {}:
            here, position = (*path, "positions", local), draft.own(f"{name}/{local}")
            draft.source.mapping(here, ("label", "definition", "authority"), ("label", "definition", "authority"))
            graph.add((position, RDF.type, C.Position))
            graph.add((position, C.answers, question))
            draft.describe(graph, position, here)
            authority = draft.source.at((*here, "authority"))
            if isinstance(authority, str):
                graph.add((position, C.authority, Literal(authority)))
            else:
                draft.texts(graph, position, C.authority, (*here, "authority"))


def _other(draft: Draft, graph: Graph, identifier: str) -> None:
    path, iri = ("others", identifier), _note_iri(draft, identifier)
    row = draft.source.mapping(path, ("kind", "label", "definition", "statedIn"), ("kind", "label", "definition", "statedIn"))
    kind = draft.class_below((*path, "kind"), row["kind"], C.Note) if row.get("kind") else None
    if kind is not None:
        graph.add((iri, RDF.type, kind))
    draft.identify(graph, iri, path, identifier)
    draft.describe(graph, iri, path)
    draft.cited(graph, iri, (*path, "statedIn"))
