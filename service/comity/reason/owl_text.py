"""OWL in Turtle, piece by piece: restrictions, nominals, complements, and names that are unique.

Names are unique, so that a closed list excludes every value that it does not hold: each name bears a literal of its own
under a functional property. ``owl:AllDifferent`` says the same with n² inequalities, and HermiT takes four times as long.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import OWL, RDFS, XSD

from comity.iris import BASE, NS

__all__ = ["HEADER", "UNIQUE_NAME", "disjoint", "one_of", "outside", "restriction", "told_apart"]

UNIQUE_NAME = BASE + "reasoning#uniqueName"
"""The functional property that tells individuals apart; its values are their IRIs."""
HEADER = f"@prefix c: <{NS}> .\n@prefix owl: <{OWL}> .\n@prefix rdfs: <{RDFS}> .\n@prefix xsd: <{XSD}> .\n"


def restriction(key: str, filler: str) -> str:
    """Return what is restricted on a property by ``owl:allValuesFrom …`` or the like."""
    return f"[ a owl:Restriction ; owl:onProperty <{key}> ; {filler} ]"


def one_of(individuals: Iterable[str]) -> str:
    """Return the class of just these individuals."""
    return f"[ a owl:Class ; owl:oneOf ( {' '.join(f'<{name}>' for name in individuals)} ) ]"


def outside(classes: list[str]) -> str:
    """Return the complement of the union of the classes."""
    names = " ".join(f"<{name}>" for name in classes)
    union = names if len(classes) == 1 else f"[ a owl:Class ; owl:unionOf ( {names} ) ]"
    return f"[ a owl:Class ; owl:complementOf {union} ]"


def told_apart(individuals: Iterable[str]) -> str:
    """Return the statements that no two of the individuals are one: unique names, by a functional property."""
    unique = f"<{UNIQUE_NAME}> a owl:DatatypeProperty , owl:FunctionalProperty .\n"
    return unique + "\n".join(f'<{i}> a owl:NamedIndividual ; <{UNIQUE_NAME}> "{i}"^^xsd:string .' for i in sorted(individuals))


def disjoint(classes: Iterable[str]) -> str:
    """Return the statement that the classes share no member."""
    names = [f"<{name}>" for name in sorted(classes)]
    declared = "".join(f"{name} a owl:Class . " for name in names)
    return declared + (f"[] a owl:AllDisjointClasses ; owl:members ( {' '.join(names)} ) ." if len(names) > 1 else "")
