"""From a folder of sources to a program in seconds, without the reasoner and without a dataset on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from rdflib import RDF

from comity.compile.exceptions import CycleError, refuse_cycles
from comity.compile.program import compile_program
from comity.compile.statements import CompileError
from comity.law.program_text import ProgramText
from comity.rdf.load import TurtleError, load_sources
from comity.rdf.names import C, code, words
from comity.reason.conflicts import find_conflicts
from comity.reason.vocabulary import ContradictionError

__all__ = ["SOURCE_FAULTS", "Compiled", "compile_sources"]

SOURCE_FAULTS = (TurtleError, CompileError, ContradictionError, CycleError)
"""What sources that cannot be compiled raise: each says where and why."""


class Compiled(NamedTuple):
    """A program, and the words for verdicts and statuses by code and language."""

    program: ProgramText
    terms: dict[str, dict[str, str]]


def compile_sources(root: Path) -> Compiled:
    """Return the program of the sources below a folder. Raises one of :data:`SOURCE_FAULTS`.

    The reasoner is not asked: every pair of norms that stands opposed is a conflict of the program, so that the same sources
    give the same answers on every machine. Pairs that HermiT would strike out cannot hold of one flow.
    """
    graph = load_sources(root).graph()
    program = compile_program(graph)
    refuse_cycles(program["norms"])
    program["conflicts"], _ = find_conflicts(graph, program, reasoner=None, step=lambda name: None)
    program["graph"] = {"version": "", "digest": ""}
    values = [term for kind in (C.VerdictValue, C.FindingStatusValue) for term in graph.subjects(RDF.type, kind)]
    return Compiled(program, {str(code(graph, term)): words(graph, term) for term in values})
