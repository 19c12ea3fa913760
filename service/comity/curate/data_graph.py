"""The instrument, its provisions, norms and open questions, from its source file."""

from __future__ import annotations

import re

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS, XSD

from comity.curate.draft import LOCAL, Draft
from comity.curate.law_graph import demand_iri
from comity.curate.manchester import nearest
from comity.curate.names import C, ELI, thing

INSTRUMENT_KEYS = ("instrument", "type", "jurisdiction", "title", "label", "short", "definition", "issued", "inForce", "until", "url", "binding", "verifiedAgainst", "verifiedOn", "leavesOut", "uses")
SECTIONS = ("provisions", "classes", "placeClasses", "recognitionClasses", "derived", "norms", "questions", "sanctions", "reconciliations", "others")
NORM_KEYS = ("local", "kind", "label", "definition", "statedIn", "bearer", "concerns", "when", "demands", "exceptionTo", "yieldsTo", "judgedPer", "risk", "from", "until", "leavesOut", "position", "sanction", "reconciledBy", "verifiedAgainst", "verifiedOn", "reviewStatus")
_NUMBER = re.compile(r"(\d+[A-Za-z]?)((?:\([A-Za-z0-9]+\))*)$")


def plan(draft: Draft) -> dict[URIRef, str]:
    """Return every thing that this file makes, with the place of its making in words."""
    source = draft.source
    out: dict[URIRef, str] = {draft.iri: "instrument"}

    def note(path: tuple, iri: URIRef) -> None:
        if not LOCAL.match(str(iri).rsplit("/", 1)[-1]):
            source.error(path, f"`{str(iri).rsplit('/', 1)[-1]}` cannot be part of an IRI: letters, digits, `-`, `.` and `_` only")
        if iri in out:
            source.error(path, f"has the same IRI as {out[iri]}: set another name or `local`")
        out[iri] = ".".join(map(str, path))

    for section in ("provisions", "questions", "sanctions", "reconciliations"):
        for name in source.section(section):
            note((section, name), draft.own(name))
    for name in source.section("questions"):
        for position in source.at(("questions", name, "positions")) or {}:
            note(("questions", name, "positions", position), draft.own(f"{name}/{position}"))
    for identifier in source.section("norms"):
        note(("norms", identifier), norm_iri(draft, identifier))
    for identifier in source.section("others"):
        note(("others", identifier), draft.own(draft.local_norm(identifier).replace("norm-", "note-", 1)))
    return out


def norm_iri(draft: Draft, identifier: str) -> URIRef:
    """Return the IRI of a norm of this file."""
    return draft.own(str(draft.source.at(("norms", identifier, "local")) or draft.local_norm(identifier)))


def things(draft: Draft, demanding: set[str]) -> Graph:
    """Return the triples of ``data/…``, the header left out; ``demanding`` names the norms that have a shape."""
    graph = Graph()
    _instrument(draft, graph)
    for name in draft.source.section("provisions"):
        _provision(draft, graph, name)
    for identifier in draft.source.section("norms"):
        _norm(draft, graph, identifier, identifier in demanding)
    _questions(draft, graph)
    for section, kind in (("sanctions", C.Sanction), ("reconciliations", C.Reconciliation)):
        for name in draft.source.section(section):
            path, subject = (section, name), draft.own(name)
            draft.source.mapping(path, ("label", "definition", "statedIn"), ("label", "definition"))
            graph.add((subject, RDF.type, kind))
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
    _verified(draft, graph, iri, ())


def _page(draft: Draft, graph: Graph, subject: URIRef, path: tuple) -> None:
    for here, text in draft.source.items(path):
        if re.match(r"https?://[^\s<>\"{}|\\^`]+$", text):
            graph.add((subject, FOAF.page, URIRef(text)))
        else:
            draft.source.error(here, f"`{text}` is no web address")


def _verified(draft: Draft, graph: Graph, subject: URIRef, path: tuple) -> None:
    source = draft.source
    against = source.items((*path, "verifiedAgainst")) or source.items(("verifiedAgainst",))
    for _, text in against:
        graph.add((subject, C.verifiedAgainst, URIRef(text) if re.match(r"https?://\S+$", text) else Literal(text)))
    if against:
        today = Literal(draft.today.isoformat(), datatype=XSD.date)
        own = (*path, "verifiedOn")
        day = draft.day(own if source.at(own) else ("verifiedOn",), default=today)
        graph.add((subject, C.verifiedOn, day if day is not None else today))


def _provision(draft: Draft, graph: Graph, name: str) -> None:
    path, iri = ("provisions", name), draft.own(name)
    row = draft.source.mapping(path, ("number", "label", "url", "partOf"), ("number",))
    number = str(row.get("number") or "")
    graph.add((iri, RDF.type, C.Provision))
    whole = draft.iri if not row.get("partOf") else draft.thing((*path, "partOf"), str(row["partOf"]), "provision")
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
    """Return how a provision is cited: ``PIPL``, ``38(1)(3)`` is *PIPL art. 38(1)(3)*.

    A number that is not of that form, such as ``§ 202.301(a)``, follows the name as it is.
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


def _norm(draft: Draft, graph: Graph, identifier: str, demanding: bool) -> None:
    source, path, iri = draft.source, ("norms", identifier), norm_iri(draft, identifier)
    row = source.mapping(path, NORM_KEYS, ("kind", "label", "definition", "statedIn", "bearer", "concerns", "when"))
    draft.identify(graph, iri, path, identifier)
    draft.describe(graph, iri, path)
    draft.cited(graph, iri, (*path, "statedIn"))
    kind = draft.class_below((*path, "kind"), row["kind"], C.Norm) if row.get("kind") else None
    values = [(RDF.type, kind)]
    for key, predicate, vocabulary in (("bearer", C.bearer, C.BearerValue), ("risk", C.riskDimension, C.RiskValue)):
        values += [(predicate, draft.code(here, text, vocabulary)) for here, text in source.items((*path, key))]
    values += [(C.concerns, draft.class_below(here, text, C.RegulatedAct)) for here, text in source.items((*path, "concerns"))]
    for key in ("bearer", "concerns"):
        if len(source.items((*path, key))) > 1:
            source.error((*path, key), f"a norm has one `{key}`; write a second norm for the other")
    values.append((C.reviewStatus, draft.code((*path, "reviewStatus"), row.get("reviewStatus") or "encoded", C.ReviewValue)))
    if row.get("when"):
        values.append((C.appliesWhen, _situation(draft, (*path, "when"), str(row["when"]))))
    if row.get("judgedPer"):
        values.append((C.judgedPer, C[str(row["judgedPer"])]))
        if C[str(row["judgedPer"])] not in draft.world.nodes:
            source.error((*path, "judgedPer"), f"`{row['judgedPer']}` is no kind of thing in a description")
    if demanding:
        values.append((C.demands, demand_iri(identifier)))
    for key, predicate in (("exceptionTo", C.exceptionTo), ("yieldsTo", C.yieldsTo)):
        values += [(predicate, _other_norm(draft, here, text, identifier)) for here, text in source.items((*path, key))]
    for key, predicate, what in (("position", C.position, "position"), ("sanction", C.sanction, "sanction"), ("reconciledBy", C.reconciledBy, "reconciliation")):
        values += [(predicate, draft.thing(here, text, what)) for here, text in source.items((*path, key))]
    if source.at(("inForce",)) is not None or row.get("from"):
        values.append((ELI.date_applicability, draft.day((*path, "from"), source.at(("inForce",)))))
    values.append((ELI.date_no_longer_in_force, draft.day((*path, "until"), source.at(("until",)))))
    for predicate, value in values:
        if value is not None:
            graph.add((iri, predicate, value))
    draft.texts(graph, iri, C.leavesOut, (*path, "leavesOut"), required=False)
    _verified(draft, graph, iri, path)


def _situation(draft: Draft, path: tuple, name: str) -> URIRef:
    world, iri = draft.world, C[name]
    if iri not in world.classes and iri not in world.nodes:
        known = [str(c)[len(C):] for c in world.classes]
        hint = nearest(name, known) or "; `when` takes the name of a class that stands in `classes` or in a module of `uses`"
        draft.source.error(path, f"no class `{name}`{hint}")
    elif world.positions(iri) and C.DataFlow not in world.positions(iri) and iri != C.DataFlow:
        draft.source.error(path, f"`{name}` is no class of flows")
    module = world.module.get(iri)
    if module and "/ontology/law/" in module and module not in draft.modules:
        draft.source.error(path, f"`{name}` is defined in {module.split('/ontology/law/')[1]}: add that to `uses`")
    return iri


def _other_norm(draft: Draft, path: tuple, text: str, own: str) -> URIRef | None:
    if text == own:
        draft.source.error(path, "a norm cannot defeat itself")
    if text not in draft.norms:
        draft.pending(path, f"no norm `{text}` in the graph yet{nearest(text, draft.norms)}")
        return None
    return draft.norms[text]


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
    path = ("others", identifier)
    iri = draft.own(draft.local_norm(identifier).replace("norm-", "note-", 1))
    row = draft.source.mapping(path, ("kind", "label", "definition", "statedIn"), ("kind", "label", "definition", "statedIn"))
    kind = draft.class_below((*path, "kind"), row["kind"], C.Note) if row.get("kind") else None
    if kind is not None:
        graph.add((iri, RDF.type, kind))
    draft.identify(graph, iri, path, identifier)
    draft.describe(graph, iri, path)
    draft.cited(graph, iri, (*path, "statedIn"))
