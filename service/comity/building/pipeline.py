"""The build: from the sources to the dataset that the service loads.

A build writes into a folder of its own beside the target and takes its place only when everything has passed and what was
written can be loaded, so that a half-built dataset never replaces a good one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pyoxigraph as ox

from comity import __version__
from comity.building.conflicts import stated
from comity.building.expected import certain_days, inherited_days, wide_types
from comity.building.publish import PublishError, prepare, publish
from comity.check.checker import Checker
from comity.compile.days import bounding_days, days_of_conflicts
from comity.compile.exceptions import CycleError, inherited_exceptions, refuse_cycles
from comity.compile.program import compile_program
from comity.compile.statements import CompileError
from comity.conflict.confirmed import confirmed
from comity.conflict.demands import demands
from comity.conflict.record import WitnessFault, read_witnesses
from comity.conflict.unjudged import candidates
from comity.flow.json_schema import json_schema
from comity.flow.jsonld_context import jsonld_context
from comity.law.program_text import ProgramText
from comity.manifest import DatasetError, read_dataset, write_manifest
from comity.queries.described import catalogue_lines
from comity.rdf.lines import Lines
from comity.rdf.literals import refused_literals
from comity.rdf.load import Sources, TurtleError, load_sources
from comity.rdf.memory import collector_paused
from comity.rdf.names import ID, C
from comity.readings.record import read_readings
from comity.readings.standing import flaws, stale
from comity.readings.statements import reading_lines
from comity.reason.conflicts import derived_lines, find_conflicts
from comity.reason.judgements import default_folder
from comity.reason.jvm import ReasonerUnavailable
from comity.reason.reasoning import Reasoning
from comity.reason.vocabulary import ContradictionError, modules_of, refuse_contradictions

__all__ = ["BuildFailure", "BuildResult", "build", "refuse_unloadable", "refuse_unreadable"]

Step = Callable[[str], None]


class BuildFailure(ValueError):
    """The sources cannot be built; says where and why. What was built before is left as it was."""


class BuildResult(dict[str, Any]):
    """The manifest of a build: version, digest and counts."""


def build(
    root: Path,
    target: Path,
    reasoner: bool = True,
    step: Step = lambda name: None,
    judgements: Path | None = None,
) -> BuildResult:
    """Build the dataset of the sources below *root* into the directory *target* and return its manifest.

    ``reasoner`` runs HermiT over the vocabulary and the pairs of norms; without it the conflicts are sought among all pairs that
    stand opposed and are marked as not checked. Each flow of ``data/conflicts`` must still show its conflict; one that no flow shows
    is marked as formal. ``step`` is told of each step, for a progress bar. ``judgements`` is the folder of what HermiT has said
    before, by default in the user's cache. Raises :class:`BuildFailure`.
    """
    try:
        prepare(target)
        with collector_paused():
            return _build(root, target, reasoner, step, judgements)
    except (PublishError, DatasetError, TurtleError, ContradictionError, CycleError, WitnessFault) as fault:
        raise BuildFailure(str(fault)) from fault
    except ReasonerUnavailable as fault:
        raise BuildFailure(f"{fault}; or build with --no-reasoner") from fault


def _build(root: Path, target: Path, reasoner: bool, step: Step, judgements: Path | None) -> BuildResult:
    step("reading the sources")
    sources = load_sources(root)
    if refused := refused_literals(sources):
        raise TurtleError(refused)
    graph = sources.graph()
    step("compiling classes, norms and demands")
    place = Lines(sources).place
    try:
        program = compile_program(graph)
    except CompileError as fault:
        where = place(fault.iri)
        raise BuildFailure(f"{where}: {fault}" if where else str(fault)) from fault
    refuse_cycles(program["norms"])
    program["jsonSchema"] = json_schema(program)
    program["jsonldContext"] = jsonld_context(program, str(C), str(ID))
    step("looking for conflicts")
    pairs = candidates(root, graph, program)
    if reasoner:
        with Reasoning(judgements or default_folder()) as reasoning:
            refuse_contradictions(graph, reasoning, modules_of(sources), place, step)
            opposed, extra = find_conflicts(graph, program, pairs, reasoning, step)
    else:
        opposed, extra = find_conflicts(graph, program, pairs, None, step)
    step("asking the flows that show conflicts")
    witnesses = read_witnesses(root)
    program["conflicts"] = confirmed(program, opposed, witnesses)
    program["demands"] = demands(program, program["conflicts"], witnesses)
    extra += derived_lines(stated(program, witnesses))
    days = bounding_days(graph)
    extra += derived_lines(inherited_exceptions(graph) + days + days_of_conflicts(days, program))
    extra += derived_lines(wide_types(graph) + certain_days(graph) + inherited_days(graph, days))
    step("writing the dataset")
    law = _quads(sources) + extra
    # What changes no answer is no part of the law's digest.
    beside = _readings(root, sources, program) + catalogue_lines(root)
    quads = law + beside
    program["graph"] = {"version": __version__, "digest": _digest(law)}
    manifest = BuildResult(
        version=__version__,
        digest=_digest(law),
        witnesses=_digest(beside),
        reasoner=reasoner,
        quads=len(quads),
        norms=len(program["norms"]),
        classes=len(program["domains"]),
        instruments=len(program["instruments"]),
        conflicts=len({pair["iri"] for pair in program["conflicts"] if not pair["formal"]}),
        opposed=len(opposed),
        places=len(program["places"]),
    )
    _write(target, sorted(quads), program, manifest)
    return manifest


def _readings(root: Path, sources: Sources, program: ProgramText) -> list[str]:
    """Return the second readings as statements; raises :class:`BuildFailure` at the first that is wrong."""
    files = read_readings(root)
    for file in files:
        for flaw in (*file.flaws, *flaws(file, root, program)):
            raise BuildFailure(f"{file.path.relative_to(root)} line {flaw.line}: {flaw.norm}: {flaw.message}. {flaw.remedy}")
    norms = {norm["id"]: norm for norm in program["norms"]}
    readings = [reading for file in files for reading in file.readings]
    current = {r.norm: not stale(r, norms[r.norm], program["classes_compiled"]) for r in readings}
    return [*reading_lines(readings, {name: norm["iri"] for name, norm in norms.items()}, sources.described(), current)]


def _digest(lines: list[str]) -> str:
    return f"sha256:{hashlib.sha256(chr(10).join(sorted(lines)).encode()).hexdigest()}"


def refuse_unreadable(dataset: Path) -> None:
    """Read a written file of N-Quads back; raises :class:`BuildFailure` with the statement that no service could load."""
    try:
        for _ in ox.parse(path=dataset, format=ox.RdfFormat.N_QUADS):
            pass
    except SyntaxError as fault:
        line = dataset.read_text(encoding="utf-8").splitlines()[(fault.lineno or 1) - 1]
        raise BuildFailure(
            f"the dataset could not be loaded by a service: {fault.msg}, in the statement\n  {line}\n"
            "Most often an IRI there is outside ns# and id/; comity validate tells the file"
        ) from None


def _quads(sources: Sources) -> list[str]:
    """Return every triple as a line of N-Quads in its module's graph; blank nodes are named by file and place."""
    lines = set()
    for number, file in enumerate(sources.files):
        names: dict[str, str] = {}
        for subject, predicate, value in file.triples:
            s, o = (_term(term, names, number) for term in (subject, value))
            lines.add(f"{s} {predicate} {o} <{file.module}> .")
    return sorted(lines)


def _term(term: Any, names: dict[str, str], number: int) -> str:
    text = str(term)
    if text.startswith("_:"):
        return names.setdefault(text, f"_:f{number}b{len(names)}")
    return text


def _write(target: Path, quads: list[str], program: ProgramText, manifest: BuildResult) -> None:
    stated = {name: manifest[name] for name in ("version", "digest", "witnesses", "reasoner")}
    counts = {name: number for name, number in manifest.items() if name not in stated}

    def write(folder: Path) -> None:
        (folder / "dataset.nq").write_text("\n".join(quads) + "\n", encoding="utf-8")
        (folder / "program.json").write_text(json.dumps(program, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
        write_manifest(folder, **stated, counts=counts)
        refuse_unloadable(folder)

    publish(target, write)


def refuse_unloadable(folder: Path) -> None:
    """Load a dataset that was just written, as the service will; raises :class:`BuildFailure`."""
    refuse_unreadable(folder / "dataset.nq")
    _, content = read_dataset(folder, "program.json")
    try:
        Checker(orjson.loads(content["program.json"]))
    except (LookupError, TypeError, ValueError) as fault:
        raise BuildFailure(
            f"the program could not be loaded by a service ({type(fault).__name__}: {fault}); this is a fault of Comity, "
            "please report it with the sources"
        ) from fault
