"""What shows only once the sources are compiled: what does not compile, names for one situation, laws without a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rdflib import Graph
from rdflib.namespace import SKOS

from comity.compile.exceptions import CycleError, refuse_cycles
from comity.compile.program import compile_program
from comity.compile.statements import CompileError
from comity.curate.strangers import open_for_strangers
from comity.law.program_text import ProgramText
from comity.logic.alike import alike
from comity.rdf.fault import Fault
from comity.rdf.names import ID, C

__all__ = ["compiled", "compiled_findings"]


def compiled(graph: Graph) -> ProgramText | Fault:
    """Return the program of the merged graph of all sources, or what keeps it from being compiled."""
    try:
        program = compile_program(graph)
        refuse_cycles(program["norms"])
    except (CompileError, CycleError) as fault:
        return _uncompiled(str(fault), fault.iri if isinstance(fault, CompileError) else "")
    return program


def compiled_findings(graph: Graph, program: ProgramText, today: date) -> Iterator[Fault]:
    """Yield what is wrong with the law that came out of the compiler."""
    yield from _same_situations(graph, program)
    yield from _strangers(program, today)


def _uncompiled(message: str, iri: str) -> Fault:
    """Return the fault of sources that do not compile, about the thing in which it was found, else the first word that is named."""
    named = re.search(r"\bc:(\w[\w.-]*\w)", message)
    remedy = "Correct it there; comity build would stop at the same place."
    return Fault(
        "",
        iri or (str(C[named[1]]) if named else ""),
        f"the sources do not compile: {message.rstrip('.')}",
        remedy,
        f"源文件无法编译：{message.rstrip('.')}",
        "在该处更正；comity build 会在同一处停止。",
        rule="not-compiled",
    )


def _same_situations(graph: Graph, program: ProgramText) -> Iterator[Fault]:
    """Yield the situations of norms that say the same as another one, unless a note says why both are there.

    A situation that is defined as another by its name says so itself.
    """
    classes = program["classes_compiled"]
    for group in alike(classes, {norm["when"] for norm in program["norms"] if classes[norm["when"]][0] != "is"}):
        silent = [name for name in group if (C[name], SKOS.editorialNote, None) not in graph]
        for name in silent[1:]:  # one of the group needs no reason: the others are there beside it
            others = ", ".join(f"c:{other}" for other in group if other != name)
            yield Fault(
                "",
                str(C[name]),
                f"the situation says the same as {others}, once the classes that it names are written out",
                "Use the other situation, correct the difference that was meant, or say in skos:editorialNote why there are two.",
                f"展开所引用的类之后，该适用情形与 {others} 相同",
                "使用另一适用情形，更正本应有的差别，或者在 skos:editorialNote 中说明为何并存。",
                rule="situation-twice",
                level="warning",
            )


def _strangers(program: ProgramText, today: date) -> Iterator[Fault]:
    """Yield for each instrument its duties that ask flows between other places for facts."""
    for instrument, norms in open_for_strangers(program, today.isoformat()).items():
        yield Fault(
            "",
            str(ID[instrument]),
            f"a flow between places that have no link to this law stays open under {', '.join(norms)}",
            "Put into the situation what links a flow to the place of the law, such as where a party is established or whose data they "
            "are, among the facts that every description states.",
            f"与该法律文件没有联系的地方之间的流动，在 {'、'.join(norms)} 下仍未定",
            "在适用情形中写入流动与该法律文件所属地方的联系，例如主体在何处设立、数据涉及何人，并取自每项描述均须说明的事实。",
            rule="place-open",
            level="warning",
        )
