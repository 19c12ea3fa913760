"""Judge the sources before they are built: ``python -m comity.curate.validate [ROOT]``.

Every Turtle file must parse; the shapes in ``shapes/curation/`` say what a record must carry; each query in
``queries/checks/`` returns one row for each fault, a finished sentence; no definition may contradict itself.
Queries see every triple in the default graph and in the graph of its module. Sources without a fault are then compiled,
which shows the rest. What a fault says is for a curator: where it is, what is wrong, and what to do.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pyshacl
from rdflib import SH, BNode, Graph, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from comity.curate.compiled import compiled, compiled_findings
from comity.curate.contradictions import find_contradictions
from comity.curate.reading_faults import reading_faults
from comity.curate.released import REGISTER, missing
from comity.iris import IDS, NS
from comity.rdf.fault import Fault
from comity.rdf.lines import Lines
from comity.rdf.literals import refused_literals
from comity.rdf.load import Sources, TurtleError, load_sources, read_file
from comity.rdf.memory import collector_paused
from comity.rdf.names import C, words
from comity.spelling import nearest

__all__ = ["Fault", "Rules", "check", "read_rules", "validate"]

_WORDS = NS
_OF_WORDS = frozenset({"term-undeclared"})
"""The queries whose focus is a word that the ontology does not have."""
_CAUSES = frozenset({"opened-without-catalogue"})
"""The queries whose faults bring about many others, which then are not told."""
_DESCRIPTION = "shapes/flow.ttl"
_REMEDY = URIRef(NS + "remedy")
_SHORT = (
    (NS, "c:"),
    (IDS, ""),
    ("http://www.w3.org/ns/shacl#", "sh:"),
    ("http://www.w3.org/2002/07/owl#", "owl:"),
    ("http://www.w3.org/2001/XMLSchema#", "xsd:"),
    ("http://data.europa.eu/eli/ontology#", "eli:"),
)


@dataclass(frozen=True)
class Rules:
    """The curation rules: the graph of the shapes, the same *aimed* for pySHACL, and the queries by name."""

    shapes: Graph
    aimed: Graph
    queries: dict[str, str]


def validate(root: Path) -> list[Fault]:
    """Return everything wrong with the sources below ``root``, sorted by file, focus and message.

    Files that do not parse, and values that are not of their datatype, are reported alone, since a part of the graph would show
    faults that are none. Raises `FileNotFoundError` if ``root`` holds no rules.
    """
    with collector_paused():
        try:
            rules, sources = read_rules(root), load_sources(root)
            unread = refused_literals(sources)
        except TurtleError as error:
            unread = list(error.faults)
        if unread:
            return sorted(unread, key=lambda f: (f.file, f.line or 0))
        faults = _sorted({*check(sources, rules), *_by_register(sources)})
        return faults if any(fault.level == "fault" for fault in faults) else _sorted({*faults, *_by_compiling(sources, root)})


def read_rules(root: Path) -> Rules:
    """Read the curation rules below ``root``. Raises `FileNotFoundError` if there are none, `TurtleError` if one cannot be read."""
    shapes = Graph()
    for path in sorted((root / "shapes/curation").glob("*.ttl")):
        shapes += read_file(path, root).graph()
    queries = {path.stem: path.read_text(encoding="utf-8") for path in sorted((root / "queries/checks").glob("*.rq"))}
    if not len(shapes) or not queries:
        raise FileNotFoundError(
            f"no curation rules in {root}: shapes/curation/ or queries/checks/ is empty. "
            "Name the folder that holds ontology/, data/, shapes/ and queries/."
        )
    return Rules(shapes, _aimed(shapes), queries)


def check(sources: Sources, rules: Rules) -> list[Fault]:
    """Return what the rules find in parsed sources, sorted by file, focus and message."""
    place = _Places(sources)
    queried = {*_by_queries(sources, rules, place)}
    causes = {fault for fault in queried if fault.rule in _CAUSES}
    if causes:
        return _sorted(causes)
    records = sources.graph("ontology/", "data/", for_shacl=True)
    return _sorted(queried | {*_by_shapes(records, rules, place)} | {*_by_definitions(records, place)})


def _sorted(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda f: (f.file, f.line or 0, f.focus, f.message, f.rule))


def _by_definitions(records: Graph, place: _Places) -> Iterator[Fault]:
    """Yield a fault for each definition that contradicts itself by its text alone; a build finds the rest with HermiT."""
    for found in find_contradictions(records):
        message = f"«{found.one}» and «{found.other}» exclude each other, so the definition, or a part of it, can hold of nothing"
        chinese = f"“{found.one}”与“{found.other}”互斥，该定义或者其一部分不可能成立"
        remedies = "Correct one of the two, or take the part out.", "更正其中之一，或者删除该部分。"
        yield place.named(Fault("", str(found.name), message, remedies[0], chinese, remedies[1], rule="contradiction"))


def _by_shapes(records: Graph, rules: Rules, place: _Places) -> Iterator[Fault]:
    """Yield a fault for each result of the shapes on ontology and data."""
    report: Graph
    _, report, _ = pyshacl.validate(records, shacl_graph=rules.aimed, inplace=True, advanced=False)
    for result, shape in report.subject_objects(SH.sourceShape):
        focus, value = _named_around(records, report.value(result, SH.focusNode)), report.value(result, SH.value)
        messages, remedies = (_texts(rules.shapes, shape, predicate) for predicate in (SH.message, _REMEDY))
        shown = "" if value is None else str(value) if isinstance(value, URIRef) else value.n3()
        message, message_zh = (f"{messages['en']} ({shown})", f"{messages['zh']}（{shown}）") if shown else (messages["en"], messages["zh"])
        level = "warning" if rules.shapes.value(shape, SH.severity) == SH.Warning else "fault"
        rule = str(shape).rpartition("#")[2]
        yield place.named(Fault("", focus, message, remedies["en"], message_zh, remedies["zh"], rule=rule, level=level))


def _named_around(records: Graph, focus: Node | None) -> str:
    """Return the IRI of a thing, or of the thing within which an anonymous one is described."""
    while isinstance(focus, BNode):
        focus = next(records.subjects(None, focus))
    return str(focus)


def _aimed(shapes: Graph) -> Graph:
    """Aim each property shape at what the node shapes that name it are aimed at: classes, or the subjects of a property.

    The results are the same, and pySHACL looks at all records at once where it would ask of each record alone.
    """
    aimed = Graph()
    for triple in shapes:
        if triple[1] != SH.property:
            aimed.add(triple)
    for aim in (SH.targetClass, SH.targetSubjectsOf):
        for node, target in shapes.subject_objects(aim):
            for prop in shapes.objects(node, SH.property):
                aimed.add((prop, aim, target))
    return aimed


def _by_queries(sources: Sources, rules: Rules, place: _Places) -> Iterator[Fault]:
    """Yield a fault for each row of each query."""
    store = sources.store()
    for name, text in rules.queries.items():
        rows = cast(ox.QuerySolutions, store.query(text))
        columns = [variable.value for variable in rows.variables]
        for solution in rows:
            row = {column: solution[column].value for column in columns if solution[column] is not None}
            focus = row["focus"] if isinstance(solution["focus"], ox.NamedNode) else sources.named_around(solution["focus"])
            meant = _meant(sources, focus) if name in _OF_WORDS else ("", "")
            remedy, remedy_zh = meant[0] + row["remedy"], meant[1] + row["remedy_zh"]
            fault = Fault("", focus, row["message"], remedy, row["message_zh"], remedy_zh, rule=name, level=row.get("level", "fault"))
            yield place.named(fault, row.get("file"))


def _meant(sources: Sources, iri: str) -> tuple[str, str]:
    """Return the question whether the nearest declared word was meant, in English and Chinese, empty where none is near."""
    declared = (word.removeprefix(_WORDS) for word in sources.described() if word.startswith(_WORDS))
    close = nearest(iri.removeprefix(_WORDS), declared, most=1, likeness=0.6)
    return (f"Did you mean c:{close[0]}? ", f"是否指 c:{close[0]}？") if close else ("", "")


def _by_register(sources: Sources) -> Iterator[Fault]:
    """Yield a fault for each released name that is gone."""
    for line, name in missing(sources):
        yield Fault(
            REGISTER.as_posix(),
            name,
            "this released name is in no file any more, and others cite it",
            "Put its description back; where another takes its place, add dcterms:isReplacedBy to the old one and keep its identifier.",
            "该已发布的名称不再见于任何文件，而他人仍在引用",
            "恢复其描述；由他者取代的，在原名称上增加 dcterms:isReplacedBy，并保留其标识符。",
            line,
            "released-absent",
        )


def _by_compiling(sources: Sources, root: Path) -> Iterator[Fault]:
    """Yield what compiling shows, and how the second readings stand to what was compiled.

    A tree without the flow description, such as a part of a law, is not compiled.
    """
    if not any(sources.folder(_DESCRIPTION)):
        return
    place, graph = _Places(sources), sources.graph()
    program = compiled(graph)
    if isinstance(program, Fault):
        yield place.named(program)
        return
    for found in compiled_findings(graph, program, date.today()):
        yield place.named(found)
    definitions = {norm["id"]: words(graph, URIRef(norm["iri"]), SKOS.definition).get("en", "") for norm in program["norms"]}
    encoded = {norm["id"] for norm in program["norms"] if (URIRef(norm["iri"]), C.reviewStatus, C["review-encoded"]) in graph}
    yield from reading_faults(root, program, definitions, encoded)


def _texts(shapes: Graph, shape: Node, predicate: URIRef) -> dict[str, str]:
    """Return the texts of a shape by language, empty where there is none."""
    return {"en": "", "zh": ""} | words(shapes, shape, predicate)


def _shorten(text: str) -> str:
    """Write the project's IRIs as curators do: ``c:Transfer``, ``xx/act/norm-38-1-3``."""
    for namespace, short in _SHORT:
        text = text.replace(namespace, short)
    return text


class _Places:
    """Finds the file and line in which a thing is described."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._files = {file.module: file.path for file in sources.files}
        self._lines = Lines(sources)

    def named(self, fault: Fault, module: str | None = None) -> Fault:
        """Return the fault with its file (that of ``module`` if given), its line and short names for its IRIs."""
        path = self._files.get(module or "") or self._sources.file_of(fault.focus) or ""
        texts = {name: _shorten(getattr(fault, name)) for name in ("focus", "message", "remedy", "message_zh", "remedy_zh")}
        return replace(fault, file=path, line=self._lines.line(path, fault.focus), **texts)


def main(arguments: list[str]) -> int:
    """Print the faults of the sources in a folder (default: here); return 1 if there is one that is not a warning."""
    faults = validate(Path(arguments[0] if arguments else "."))
    for fault in faults:
        print(fault)
    print(f"{sum(f.level == 'fault' for f in faults)} faults, {sum(f.level == 'warning' for f in faults)} warnings")
    return int(any(fault.level == "fault" for fault in faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
