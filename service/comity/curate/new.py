"""A law's source file into the graph: ``comity new FILE... [--root DIR] [--allow-pending] [--check] [--force]``.

All files of one run are read first, so that they may refer to each other. Every fault of every file is reported, and
nothing is written while there is one, nor where a file that is already there would change, unless that is forced.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import unified_diff
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF

from comity.curate import data_graph, law_graph
from comity.curate.fmt import write_turtle
from comity.curate.known_terms import LAWS, KnownTerms
from comity.curate.law_file import INSTRUMENT, ImportRun, LawFile, output_files
from comity.curate.norm_graph import norm_iri
from comity.curate.yaml_source import Problem, YamlSource
from comity.iris import BASE
from comity.rdf.house_turtle import format_graph
from comity.rdf.names import C, thing

_REQUIRED = ("instrument", "type", "jurisdiction", "title", "label", "url")
_LABELS = {
    "law": {"en": "Situations: {}", "zh": "情形：{}"},
    "data": {"en": "Norms: {}", "zh": "规范：{}"},
    "shapes": {"en": "Demands: {}", "zh": "要求：{}"},
}


@dataclass
class Outcome:
    """What a run found and wrote.

    ``differences`` are those between a file that is there and what would be written, as unified diffs; ``checked`` the files
    that a run which only checks would have written.
    """

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    differences: dict[Path, str] = field(default_factory=dict)
    checked: list[Path] = field(default_factory=list)


def write(
    yaml_paths: Path | str | Iterable[Path | str],
    root: Path | str = ".",
    *,
    allow_pending: bool = False,
    check: bool = False,
    force: bool = False,
    today: date | None = None,
) -> Outcome:
    """Write the Turtle files of each law source under ``root``, whole, or none where a source has a fault.

    ``allow_pending`` turns references to things that no file brings yet into warnings; an exception to a norm that is
    not there yet is then left out until the next run. ``check`` writes nothing. A file that is there and would change, be
    it that the source changed or that someone edited the file, is replaced with ``force`` only. ``today`` dates what was verified.
    """
    root = Path(root)
    paths = [Path(p) for p in ([yaml_paths] if isinstance(yaml_paths, (str, Path)) else yaml_paths)]
    sources = [YamlSource(p) for p in paths]
    usable = [s for s in sources if s.data and _instrument_named(s)]
    terms = KnownTerms(root, skip=[f for s in usable for f in output_files(root, s.data["instrument"]).values()])
    outcome = Outcome()
    run = ImportRun(terms, _norms_of(terms), allow_pending, today or date.today())
    law_files = [LawFile(s, run) for s in usable]
    for law_file in law_files:
        _announce(law_file)
    files = [(law_file, _graphs(law_file)) for law_file in law_files]
    outcome.problems = sorted({p for s in sources for p in s.problems})
    outcome.warnings = sorted({p for s in sources for p in s.warnings})
    outcome.problems += [Problem(f.partition(": ")[0], 1, "file", f.partition(": ")[2]) for f in terms.faults if outcome.problems]
    if outcome.problems:
        return outcome
    texts = {
        path: (format_graph(graphs[part]) if len(graphs[part]) else "", graphs[part])
        for law_file, graphs in files
        for part, path in output_files(root, law_file.instrument).items()
    }
    outcome.differences = {path: found for path, (text, _) in texts.items() if (found := _difference(path, text))}
    if check:
        outcome.checked = [path for path, (text, _) in texts.items() if text]
    elif force or not outcome.differences:
        for path, (text, graph) in texts.items():
            _save(path, text, graph, outcome)
    return outcome


def _difference(path: Path, text: str) -> str:
    """Return how a file that is there differs from what would be written, or an empty text."""
    there = path.read_text(encoding="utf-8") if path.exists() else text
    old, new = there.splitlines(keepends=True), text.splitlines(keepends=True)
    return "".join(unified_diff(old, new, f"{path} as it is", f"{path} as it would be written"))


def _instrument_named(source: YamlSource) -> bool:
    source.mapping((), (*data_graph.INSTRUMENT_KEYS, *data_graph.SECTIONS), _REQUIRED)
    name = source.data.get("instrument")
    if isinstance(name, str) and INSTRUMENT.match(name):
        return True
    source.error(("instrument",), f"`{name}` is no instrument path such as xx/act: a place or body, then the law")
    return False


def _norms_of(terms: KnownTerms) -> dict[str, URIRef]:
    kinds = terms.below(C.Norm)
    return {i: s for i, s in terms.identifiers.items() if kinds & set(terms.objects(s, RDF.type))}


def _announce(law_file: LawFile) -> None:
    law_graph.declare(law_file)
    law_file.terms.planned |= data_graph.plan(law_file)
    for identifier in law_file.source.section("norms"):
        iri, norms = norm_iri(law_file, identifier), law_file.run.norms
        if norms.get(identifier, iri) != iri:
            law_file.source.error(("norms", identifier), f"the identifier is already that of {norms[identifier]}")
        norms[identifier] = iri
    for path, used in law_file.source.items(("uses",)):
        if not law_file.terms.has_law(used) and thing(used) not in law_file.terms.planned:
            law_file.pending(path, f"no module `{used}` in ontology/law yet")


def _graphs(law_file: LawFile) -> dict[str, Graph]:
    """Return the three graphs of a law by the name of their file; a graph without content has no header either."""
    shapes = Graph()
    demanding = {i for i in law_file.source.section("norms") if law_graph.demand(law_file, shapes, i)}
    graphs = {"law": law_graph.classes(law_file), "data": data_graph.things(law_file, demanding), "shapes": shapes}
    label = law_file.bilingual(("label",))
    has_classes = bool(len(graphs["law"]))
    for part, graph in graphs.items():
        if len(graph):
            imports = _imports(law_file, graph, part, has_classes)
            module = law_file.law_module if part == "law" else URIRef(f"{BASE}{part}/{law_file.instrument}")
            law_file.header(graph, module, {lang: _LABELS[part][lang].format(text) for lang, text in label.items()})
            for imported in imports:
                graph.add((module, OWL.imports, imported))
    return graphs


def _imports(law_file: LawFile, graph: Graph, part: str, has_classes: bool) -> set[URIRef]:
    """Return the modules that define the words a graph uses; shapes import nothing."""
    if part == "shapes":
        return set()
    terms = law_file.terms
    used = {terms.module[t] for triple in graph for t in triple if isinstance(t, URIRef) and t in terms.module}
    shared = (f"{BASE}ontology/", f"{BASE}data/jurisdictions", f"{BASE}data/memberships")
    out = {m for m in used if str(m).startswith(shared) and "/ontology/law/" not in m}
    out |= {URIRef(f"{BASE}ontology/{'flow' if part == 'law' else 'norm'}")}
    out |= {URIRef(LAWS + used) for used in law_file.uses} if part == "law" else set()
    return terms.needed(out) | ({law_file.law_module} if part == "data" and has_classes else set())


def _save(path: Path, text: str, graph: Graph, outcome: Outcome) -> None:
    if not text:
        if path.exists():
            path.unlink()
            outcome.written.append(path)
        return
    changed = write_turtle(path, text, graph)
    (outcome.written if changed else outcome.unchanged).append(path)


def report(outcome: Outcome) -> int:
    """Print what a run found and wrote; return 1 where a source has a fault or a file would be overwritten, else 0."""
    for warning in outcome.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    for problem in outcome.problems:
        print(problem, file=sys.stderr)
    if outcome.problems:
        print(f"{len(outcome.problems)} faults; nothing was written", file=sys.stderr)
        return 1
    if outcome.differences and not outcome.written:
        print("\n".join(outcome.differences.values()))
        print(
            f"{len(outcome.differences)} files are there already and would change as shown, since the YAML or the file was edited; "
            "nothing was written. Carry the edits over into the YAML, or write with --force",
            file=sys.stderr,
        )
        return 1
    for path in outcome.written:
        print(f"wrote {path}")
    for path in outcome.unchanged:
        print(f"unchanged {path}")
    if outcome.checked:
        print(f"no fault; these files would be written: {', '.join(map(str, outcome.checked))}")
    return 0
