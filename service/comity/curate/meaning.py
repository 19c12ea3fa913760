"""Resolved expressions: what a class or a demand says, in IRIs and literals only.

Names in an expression have been given their meaning by `comity.curate.resolve`; OWL and SHACL are written from this.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Literal, URIRef

IriOrLiteral = URIRef | Literal


@dataclass(frozen=True)
class Class:
    """A named class."""

    iri: URIRef


@dataclass(frozen=True)
class OneOf:
    """One of some values; ``data`` where they are literals."""

    values: tuple[IriOrLiteral, ...]
    data: bool = False


@dataclass(frozen=True)
class Facets:
    """A literal of a datatype within bounds, each a comparison (``>=``) and a literal."""

    datatype: URIRef
    bounds: tuple[tuple[str, Literal], ...]


@dataclass(frozen=True)
class Has:
    """A key with one value."""

    prop: URIRef
    value: IriOrLiteral


@dataclass(frozen=True)
class Quantified:
    """``form`` is some or only; ``data`` where the key holds literals."""

    prop: URIRef
    form: str
    filler: ClassExpression
    data: bool = False


@dataclass(frozen=True)
class Number:
    """``form`` is min, max or exactly; without ``filler`` every value counts."""

    prop: URIRef
    form: str
    number: int
    filler: ClassExpression | None = None
    data: bool = False


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple[ClassExpression, ...]


@dataclass(frozen=True)
class Some:
    """At least one part holds."""

    parts: tuple[ClassExpression, ...]


@dataclass(frozen=True)
class Complement:
    """The part does not hold."""

    part: ClassExpression


ClassExpression = Class | OneOf | Facets | Has | Quantified | Number | All | Some | Complement
