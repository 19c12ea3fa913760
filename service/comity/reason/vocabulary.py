"""Whether the vocabulary holds together: judged module by module, on several cores, and only where something changed.

The words that all law shares (whatever is not below ``ontology/law/``) are classified as a whole by owlready2's HermiT. The
classes of each law module are asked about one by one, on the axioms of the whole graph that bear on them: what the module
imports, and what any other file says of the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, Graph, URIRef

from comity.rdf.load import Sources
from comity.rdf.names import local
from comity.reason.axioms import Axioms, Extract
from comity.reason.judge import Json
from comity.reason.reasoning import Reasoning

__all__ = ["ContradictionError", "modules_of", "refuse_contradictions"]

_LAW = "ontology/law/"
_SECONDS = 60.0
_SHARED = "the shared words"
_REMEDY = (
    "read the definition again for two conditions that exclude each other, a key of another node class, or a value of another vocabulary"
)


class ContradictionError(ValueError):
    """The ontology does not hold together; names the classes and what to do."""


@dataclass(frozen=True)
class _Question:
    """One module to be judged: its path, the classes that it declares, and what bears on them."""

    module: str
    classes: tuple[URIRef, ...]
    extract: Extract

    @property
    def whole(self) -> bool:
        return self.module == _SHARED

    def asked(self) -> Json:
        return {"turtle": self.extract.turtle, "ask": [[str(name)] for name in self.classes], "seconds": _SECONDS, "whole": self.whole}


def modules_of(sources: Sources) -> dict[str, frozenset[URIRef]]:
    """Return the classes that each law module declares, by the path of its file."""
    found: dict[str, set[URIRef]] = {}
    for file in sources.folder(_LAW):
        for subject, predicate, value in file.triples:
            name = getattr(subject, "value", "")
            if predicate.value == str(RDF.type) and getattr(value, "value", "") == str(OWL.Class) and ":" in name:
                found.setdefault(file.path, set()).add(URIRef(name))
    return {path: frozenset(classes) for path, classes in found.items()}


def refuse_contradictions(
    graph: Graph,
    reasoner: Reasoning,
    modules: Mapping[str, frozenset[URIRef]] | None = None,
    place: Callable[[str], str] = lambda iri: "",
    step: Callable[[str], None] = lambda name: None,
) -> None:
    """Ask HermiT about the modules whose axioms have changed since they were found sound.

    ``modules`` gives the classes of each law module (see :func:`modules_of`), ``place`` the file and line of a thing.
    Raises :class:`ContradictionError` naming the classes at fault.
    """
    axioms = Axioms(graph)
    questions = list(_questions(graph, axioms, modules or {}))
    keys = [reasoner.judgements.key("module", question.extract.digest, *question.classes) for question in questions]
    known = reasoner.judgements.known(keys)
    open_ = [number for number, key in enumerate(keys) if key not in known]
    step(f"HermiT over the vocabulary: {len(open_)} of {len(questions)} modules have changed")
    empty: set[URIRef] = set()
    faults: list[str] = []
    for done, (number, said) in enumerate(reasoner.judges.answers([questions[number].asked() for number in open_]), 1):
        question = questions[open_[number]]
        step(f"HermiT over the vocabulary: {done} of {len(open_)} ({question.module})")
        if "fault" in said:
            faults.append(f"{question.module}: {said['fault']}")
        elif not said["consistent"]:
            faults.append(_contradiction(question, axioms, place))
        elif bad := _empty_classes(question, said):
            empty |= bad
        else:
            reasoner.judgements.keep({keys[open_[number]]: "sound"})
    if empty:
        faults.append(_impossible(empty, axioms, place))
    if faults:
        raise ContradictionError("\n".join(sorted(faults)))


def _questions(graph: Graph, axioms: Axioms, modules: Mapping[str, frozenset[URIRef]]) -> Iterator[_Question]:
    named = {term for term in graph.subjects(RDF.type, OWL.Class) if isinstance(term, URIRef)}
    of_law: frozenset[URIRef] = frozenset().union(*modules.values()) if modules else frozenset()
    for module, classes in ((_SHARED, named - of_law), *sorted(modules.items())):
        yield _Question(module, tuple(sorted(classes)), axioms.extract(classes))


def _empty_classes(question: _Question, said: Json) -> set[URIRef]:
    if question.whole:
        return {URIRef(iri) for iri in said["unsatisfiable"]}
    return {name for name, can in zip(question.classes, said["can"]) if not can}


def _contradiction(question: _Question, axioms: Axioms, place: Callable[[str], str]) -> str:
    """Say that what a module rests on has no model, and name the individuals that may be of two classes."""
    of_two = [name for name in sorted(question.extract.names) if len(_types(axioms, name)) > 1]
    hint = f"{_listed(of_two, place)}; " if of_two else ""
    return (
        f"the vocabulary contradicts itself in what {question.module} rests on: an individual that a class names is of two disjoint "
        f"classes; look at {hint}what was changed last, among the values that classes name"
    )


def _types(axioms: Axioms, name: URIRef) -> set[URIRef]:
    return {kind for axiom in axioms.about(name) if axiom.predicate == RDF.type for kind in axiom.names}


def _impossible(empty: set[URIRef], axioms: Axioms, place: Callable[[str], str]) -> str:
    """Name the classes that can have no member: first those that rest on no other one of them."""
    resting = {
        name
        for name in empty
        for axiom in axioms.about(name)
        if axiom.predicate in (OWL.equivalentClass, RDFS.subClassOf) and (axiom.names - {name}) & empty
    }
    first = sorted(empty - resting) or sorted(empty)
    rest = sorted(empty - set(first))
    more = f" (and so of what is defined by them: {', '.join(f'c:{local(name)}' for name in rest)})" if rest else ""
    return f"nothing can be a member of {_listed(first, place)}{more}; {_REMEDY}"


def _listed(names: Iterable[URIRef], place: Callable[[str], str]) -> str:
    return ", ".join(f"c:{local(name)}" + (f" ({where})" if (where := place(str(name))) else "") for name in names)
