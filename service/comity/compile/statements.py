"""What a statement of the graph must be for the compiler to read it, and the error that says where it is not."""

from __future__ import annotations

from datetime import datetime

from rdflib import RDF, Graph, Literal
from rdflib.term import Node as Term

from comity.iris import IDS, NS, PREFIXES
from comity.logic.timeline import day_bounds

__all__ = ["CompileError", "is_true", "members_of", "number", "object_of", "refuse_reversed"]


class CompileError(ValueError):
    """Something of the graph that the program cannot express; says what and why.

    ``where`` is its short name, if known: ``c:Name``, or the path of a thing, such as ``xx/act/norm-1``.
    """

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(f"in {where}: {message}" if where else message)
        self.where = where

    @property
    def iri(self) -> str:
        """Return the IRI of what is at fault, empty where it is not known or has none."""
        if self.where.startswith("c:"):
            return NS + self.where.removeprefix("c:")
        return IDS + self.where if "/" in self.where else ""

    def inside(self, where: str) -> CompileError:
        """Return the fault with the class in which it was found; the innermost class stays named."""
        return self if self.where else CompileError(str(self), where)


def object_of(graph: Graph, subject: Term, predicate: Term) -> Term:
    """Return the one object of a property. Raises :class:`CompileError` where there is none."""
    found = graph.value(subject, predicate)
    if found is None:
        raise CompileError(f"{_name(predicate)} is missing; state it", _name(subject))
    return found


def is_true(graph: Graph, subject: Term, predicate: Term, absent: bool = False) -> bool:
    """Return the truth value of a property, *absent* where it is not stated."""
    found = graph.value(subject, predicate)
    return bool(found.toPython()) if isinstance(found, Literal) else absent


def number(term: Term) -> int | float:
    """Return the number that a literal states, a moment as seconds since 1970. Raises :class:`CompileError` for anything else."""
    found = term.toPython() if isinstance(term, Literal) else None
    if isinstance(found, datetime):
        return found.timestamp()
    try:
        return found if isinstance(found, int) else float(found)  # type: ignore[arg-type]  # whatever is no number is refused here
    except (TypeError, ValueError):
        raise CompileError(f"{term.n3()} is not a number") from None


def members_of(graph: Graph, head: Term | None) -> list[Term]:
    """Return the members of an RDF list. Raises :class:`CompileError` if it is empty or breaks off, which would read as "nothing"."""
    found: list[Term] = []
    seen: set[Term | None] = set()
    while head != RDF.nil:
        member, rest = list(graph.objects(head, RDF.first)), list(graph.objects(head, RDF.rest))
        if head is None or len(member) != 1 or len(rest) != 1 or head in seen:
            raise CompileError("a list is cut short, as after a save by a tool that does not know SHACL; write its members again")
        seen.add(head)
        found.append(member[0])
        head = rest[0]
    if not found:
        raise CompileError("a list is empty; write its members, or leave the condition out")
    return found


def refuse_reversed(start: str | None, until: str | None, term: Term) -> None:
    """Raise :class:`CompileError` for a thing that ends before it begins; days known to the month or year are given the benefit."""
    if start is not None and until is not None and day_bounds(until)[1] < day_bounds(start)[0]:
        raise CompileError(f"it ends on {until}, before it begins on {start}; correct one of the two", _name(term))


def _name(term: Term) -> str:
    """Return the short name of a term for a message: ``c:Name``, ``xx/act/norm-1``."""
    text = str(term)
    if text.startswith(IDS):
        return text.removeprefix(IDS)
    known = [(space, prefix) for prefix, space in PREFIXES.items() if text.startswith(space)]
    return f"{known[0][1]}:{text.removeprefix(known[0][0])}" if known else term.n3()
