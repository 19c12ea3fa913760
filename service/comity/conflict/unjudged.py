"""From a folder of sources to a program in seconds, without the reasoner and without a dataset on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from rdflib import RDF, Graph

from comity.compile.exceptions import CycleError, refuse_cycles
from comity.compile.program import compile_program
from comity.compile.statements import CompileError
from comity.conflict.confirmed import named_pairs, shown
from comity.conflict.demands import demands
from comity.conflict.record import CONTRIVED, FALSE, WitnessFault, read_reasons, read_witnesses
from comity.law.program_text import ConflictText, ProgramText
from comity.rdf.load import TurtleError, load_sources
from comity.rdf.names import C, code, words
from comity.reason.conflicts import opposed_pairs
from comity.reason.vocabulary import ContradictionError

__all__ = ["SOURCE_FAULTS", "Compiled", "candidates", "compile_sources"]

SOURCE_FAULTS = (TurtleError, CompileError, ContradictionError, CycleError, WitnessFault)
"""What sources that cannot be compiled raise: each says where and why."""


class Compiled(NamedTuple):
    """A program, and the words for verdicts and statuses by code and language."""

    program: ProgramText
    terms: dict[str, dict[str, str]]


def candidates(root: Path, graph: Graph, program: ProgramText) -> list[ConflictText]:
    """Return the opposed pairs of the sources below a folder, but those that are named there as no conflict.

    Raises :class:`WitnessFault`.
    """
    opposed = opposed_pairs(graph, program)
    out = named_pairs(program, opposed, read_reasons(root, FALSE), FALSE)
    named_pairs(program, opposed, read_reasons(root, CONTRIVED), CONTRIVED)  # their names are checked here; they stay opposed
    return [pair for pair in opposed if frozenset(pair["norms"]) not in out]


def compile_sources(root: Path) -> Compiled:
    """Return the program of the sources below a folder. Raises one of :data:`SOURCE_FAULTS`.

    Neither the reasoner is asked nor the flows that show conflicts, so that a law can be tried while a build would still refuse it.
    """
    graph = load_sources(root).graph()
    program = compile_program(graph)
    refuse_cycles(program["norms"])
    witnesses = read_witnesses(root)
    program["conflicts"] = shown(program, candidates(root, graph, program), witnesses)
    program["demands"] = demands(program, program["conflicts"], witnesses)
    program["graph"] = {"version": "", "digest": ""}
    values = [term for kind in (C.VerdictValue, C.FindingStatusValue) for term in graph.subjects(RDF.type, kind)]
    return Compiled(program, {str(code(graph, term)): words(graph, term) for term in values})
