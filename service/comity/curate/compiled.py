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
from comity.curate.compliance import omissions_that_help
from comity.curate.idle_exceptions import idle_exceptions
from comity.curate.numbers import numbers_unheld
from comity.curate.strangers import open_for_strangers
from comity.curate.unread import unread_vocabulary
from comity.curate.untimely import untimely
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
    yield from omissions_that_help(program)
    yield from unread_vocabulary(program)
    yield from numbers_unheld(graph, program)
    yield from idle_exceptions(program)
    yield from untimely(graph, program)


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
    """Yield the classes of law that say the same as another one, unless it is declared why both are there.

    A class that is defined as another by its name says so itself. The declaration names the other class and gives the reason in a note.
    """
    classes = program["classes_compiled"]
    for group in alike(classes, {name for name in program["domains"] if classes[name][0] not in ("is", "true", "false")}):
        silent = [name for name in group if not _declared(graph, name, group)]
        for name in silent[1:]:  # one of the group needs no reason: the others are there beside it
            others = ", ".join(f"c:{other}" for other in group if other != name)
            yield Fault(
                "",
                str(C[name]),
                f"the class says the same as {others}, once the classes that it names are written out: a distinction of the law is lost",
                "Use the other class, correct the difference that was meant, or name the other class in c:sameSituationAs and say in "
                "skos:editorialNote why there are two.",
                f"展开所引用的类之后，该类与 {others} 相同：法律上的区别未得到体现",
                "使用另一类，更正本应有的差别，或者以 c:sameSituationAs 指向另一类，并在 skos:editorialNote 中说明为何并存。",
                rule="class-twice",
                level="warning",
            )


def _declared(graph: Graph, name: str, group: list[str]) -> bool:
    others = {C[other] for other in group if other != name}
    return not others.isdisjoint(graph.objects(C[name], C.sameSituationAs)) and (C[name], SKOS.editorialNote, None) in graph


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
