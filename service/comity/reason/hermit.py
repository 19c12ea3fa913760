"""HermiT in one Java machine: the build's and the tests' judge of OWL. The service never needs it.

The OWLAPI that reads the Turtle ships with HermiT. An answer is HermiT's own: *entailed*, not *true*; ask both sides
where the facts are partly stated (``decide``).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

from comity.reason.jvm import Watch, start_machine

__all__ = ["ContradictoryOntology", "Reasoner", "Tbox", "UnreadableOntology"]

XSD = "http://www.w3.org/2001/XMLSchema#"
# HermiT throws on a date facet and quietly answers "no" on a bare date, so every other datatype is refused here.
SAFE_DATATYPES = frozenset(XSD + name for name in ("integer", "decimal", "boolean", "dateTime", "string")) | {
    "http://www.w3.org/2000/01/rdf-schema#Literal",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#PlainLiteral",
}


class UnreadableOntology(ValueError):
    """The text is not Turtle, imports something, or uses a datatype that HermiT gets wrong."""


class ContradictoryOntology(ValueError):
    """No model exists, so every question would be answered yes."""


class Reasoner:
    """Reads ontologies and disposes of them on leaving the ``with`` block. The Java machine starts once a process."""

    def __init__(self, seconds: float = 60.0) -> None:
        """Take ``seconds`` as the limit of one question wherever a call names none."""
        start_machine()
        self._seconds = seconds
        self._loaded: list[Tbox] = []
        self.watch = Watch()

    def __enter__(self) -> Reasoner:
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()

    def load(self, turtle: str | bytes) -> Tbox:
        """Read one self-contained Turtle document (no ``owl:imports``); raises ``UnreadableOntology``."""
        return self._keep(Tbox(self, [_parse(turtle)], self._seconds))

    def dispose(self) -> None:
        """Free every ontology that was loaded here; the Java machine itself stays up."""
        for tbox in list(self._loaded):
            tbox.dispose()
        self.watch.end()
        self.watch = Watch()

    def _keep(self, tbox: Tbox) -> Tbox:
        self._loaded.append(tbox)
        return tbox


class Tbox:
    """One ontology in HermiT's hands. Classes and individuals are named by IRI; an unknown one is a ``KeyError``.

    A ``with`` block frees it early, which many flows need.
    """

    def __init__(self, owner: Reasoner, documents: list[Any], seconds: float) -> None:
        from jpype import JClass

        self._owner, self._documents, self._seconds = owner, documents, seconds
        self._consistent: bool | None = None
        self._ontology = documents[0] if len(documents) == 1 else _merged(documents)
        self._factory = self._ontology.getOWLOntologyManager().getOWLDataFactory()
        self._iri = JClass("org.semanticweb.owlapi.model.IRI")
        self._asked: Any = None

    @property
    def _hermit(self) -> Any:
        """HermiT with the axioms as its clauses, made at the first question: what is only extended is never asked."""
        from jpype import JClass

        if self._asked is None:
            configuration = JClass("org.semanticweb.HermiT.Configuration")()
            self._asked = JClass("org.semanticweb.HermiT.Reasoner")(configuration, self._ontology)
        return self._asked

    def __enter__(self) -> Tbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()

    def extend(self, turtle: str | bytes) -> Tbox:
        """Return a new ontology of these axioms and the given ones, without reading these again."""
        return self._owner._keep(Tbox(self._owner, [*self._documents, _parse(turtle)], self._seconds))

    def is_consistent(self, seconds: float | None = None) -> bool:
        """Say whether the ontology has a model."""
        with self._within(seconds):
            return bool(self._hermit.isConsistent())

    def unsatisfiable(self, seconds: float | None = None) -> list[str]:
        """List the named classes that can have no member, sorted; ``seconds`` holds for each class."""
        return [iri for iri in self.classes() if not self.satisfiable(iri, seconds=seconds)]

    def classes(self) -> list[str]:
        """List the IRIs of the named classes, sorted, without owl:Thing and owl:Nothing."""
        named = (c for c in self._ontology.getClassesInSignature() if not c.isBuiltIn())
        return sorted(str(c.getIRI()) for c in named)

    def satisfiable(self, *class_iris: str, seconds: float | None = None) -> bool:
        """Say whether something can be a member of all the classes named at once."""
        return self._satisfiable(*(self._class(iri) for iri in class_iris), seconds=seconds)

    def subsumed(self, narrow: str, wide: str, seconds: float | None = None) -> bool:
        """Say whether every member of ``narrow`` must be one of ``wide``."""
        outside = self._class(wide).getObjectComplementOf()
        return not self._satisfiable(self._class(narrow), outside, seconds=seconds)

    def entails_type(self, individual: str, class_iri: str, seconds: float | None = None) -> bool:
        """Say whether the individual must be a member of the class."""
        return self._has_type(individual, self._class(class_iri), seconds)

    def entails_not_type(self, individual: str, class_iri: str, seconds: float | None = None) -> bool:
        """Say whether the individual cannot be a member of the class."""
        return self._has_type(individual, self._class(class_iri).getObjectComplementOf(), seconds)

    def decide(self, individual: str, class_iri: str, seconds: float | None = None) -> bool | None:
        """Return True if membership is entailed, False if non-membership is, None if the facts leave it open."""
        if self.entails_type(individual, class_iri, seconds):
            return True
        return False if self.entails_not_type(individual, class_iri, seconds) else None

    def decide_all(self, individual: str, class_iris: Iterable[str], seconds: float | None = None) -> dict[str, bool | None]:
        """Decide many classes at once, as ``decide`` does one by one; far quicker where most of them are ruled out."""
        entailed = {iri: self.entails_type(individual, iri, seconds) for iri in class_iris}
        ruled_out = self._ruled_out(individual, [iri for iri, yes in entailed.items() if not yes], seconds)
        return {iri: True if yes else False if iri in ruled_out else None for iri, yes in entailed.items()}

    def dl_profile_violations(self) -> list[str]:
        """List, sorted, what puts the ontology outside OWL 2 DL (undeclared terms, punning, cycles …)."""
        from jpype import JClass

        report = JClass("org.semanticweb.owlapi.profiles.OWL2DLProfile")().checkOntology(self._ontology)
        return sorted(str(violation) for violation in report.getViolations())

    def dispose(self) -> None:
        """Free the ontology; asking it anything afterwards is an error of the caller."""
        if self in self._owner._loaded:
            self._owner._loaded.remove(self)
            if self._asked is not None:
                self._asked.dispose()

    def _satisfiable(self, *expressions: Any, seconds: float | None) -> bool:
        self._refuse_contradiction(seconds)
        one = len(expressions) == 1
        query = expressions[0] if one else self._factory.getOWLObjectIntersectionOf(list(expressions))
        with self._within(seconds):
            return bool(self._hermit.isSatisfiable(query))

    def _has_type(self, individual: str, expression: Any, seconds: float | None) -> bool:
        self._refuse_contradiction(seconds)
        iri = self._iri.create(individual)
        if not self._ontology.containsIndividualInSignature(iri):
            raise KeyError(f"no individual {individual} in this ontology")
        if not expression.isAnonymous():
            # For a class with a name HermiT looks up the instances it has gathered, and at times misses one (seen: a member of
            # a subclass was not one of the class). Of an expression it asks the tableau.
            expression = self._factory.getOWLObjectComplementOf(self._factory.getOWLObjectComplementOf(expression))
        with self._within(seconds):
            return bool(self._hermit.hasType(self._factory.getOWLNamedIndividual(iri), expression, False))

    def _ruled_out(self, individual: str, class_iris: list[str], seconds: float | None) -> set[str]:
        """Ask of all classes whether the individual is in none of them; if that is open, ask of eighths of them."""
        if not class_iris:
            return set()
        classes = [self._class(iri) for iri in class_iris]
        union = classes[0] if len(classes) == 1 else self._factory.getOWLObjectUnionOf(classes)
        if self._has_type(individual, union.getObjectComplementOf(), seconds):
            return set(class_iris)
        size = -(-len(class_iris) // 8)
        parts = (class_iris[at : at + size] for at in range(0, len(class_iris), size)) if len(class_iris) > 1 else ()
        return {iri for part in parts for iri in self._ruled_out(individual, part, seconds)}

    def _class(self, class_iri: str) -> Any:
        iri = self._iri.create(class_iri)
        if not self._ontology.containsClassInSignature(iri):
            # HermiT would take it for a class of which nothing is known and answer as if all were well.
            raise KeyError(f"no class {class_iri} in this ontology")
        return self._factory.getOWLClass(iri)

    def _refuse_contradiction(self, seconds: float | None) -> None:
        if self._consistent is None:
            self._consistent = self.is_consistent(seconds)
        if not self._consistent:
            raise ContradictoryOntology("the ontology contradicts itself, so it would entail anything")

    def _within(self, seconds: float | None) -> AbstractContextManager[None]:
        return self._owner.watch.limit(self._hermit, self._seconds if seconds is None else seconds)


def _parse(turtle: str | bytes) -> Any:
    from jpype import JClass, JException

    text = turtle.decode("utf-8") if isinstance(turtle, bytes) else turtle
    if "owl:imports" in text or "owl#imports" in text:
        raise UnreadableOntology("owl:imports would be fetched from the network: give the merged graph without it")
    ontology = JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager().createOntology()
    source = JClass("org.semanticweb.owlapi.io.StringDocumentSource")(text)
    parser = JClass("uk.ac.manchester.cs.owl.owlapi.turtle.parser.TurtleOntologyParser")()
    try:
        parser.parse(source, ontology)
    except JException as error:
        raise UnreadableOntology(f"not readable as Turtle: {str(error.message()).splitlines()[0]}") from None
    _refuse_datatypes(ontology)
    return ontology


def _refuse_datatypes(ontology: Any) -> None:
    if all(str(datatype.getIRI()) in SAFE_DATATYPES for datatype in ontology.getDatatypesInSignature()):
        return  # one question for all axioms; only where one is not safe is it looked for
    for axiom in ontology.getLogicalAxioms():
        for datatype in axiom.getDatatypesInSignature():
            name = str(datatype.getIRI())
            if name not in SAFE_DATATYPES:
                raise UnreadableOntology(f"HermiT does not reason over {name}: {axiom}")


def _merged(documents: list[Any]) -> Any:
    from jpype import JClass

    ontology = JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager().createOntology()
    manager = ontology.getOWLOntologyManager()
    for document in documents:
        manager.addAxioms(ontology, document.getAxioms())
    return ontology
