"""The places that a day's memberships give to each class of places, as HermiT and SHACL need them."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from rdflib import OWL, RDFS, Graph, URIRef

from comity.compile.value_sets import ValueSets
from comity.logic.territory import Territories
from comity.rdf.names import C

__all__ = ["DayPlaces", "place_classes"]


class DayPlaces(NamedTuple):
    """The place classes of a day by IRI, as HermiT and SHACL need them."""

    classes: dict[str, frozenset[str]]
    territories: Territories
    day: date

    @classmethod
    def on(cls, classes: dict[str, Any], territories: Territories, day: date) -> DayPlaces:
        """Resolve the sets of places of :func:`place_classes` on a day."""
        return cls({name: territories.resolve(inside, day) for name, inside in classes.items()}, territories, day)

    def candidates(self, value: Any) -> frozenset[str]:
        """Return the places that a code, ``{"in": X}`` or ``{"outside": X}`` may mean."""
        return self.territories.candidates(value, self.day)


def place_classes(graph: Graph) -> dict[str, Any]:
    """Return the set of places of each defined class of places, by its IRI."""
    sets = ValueSets(graph)
    named = [term for term in graph.transitive_subjects(RDFS.subClassOf, C.Place) if isinstance(term, URIRef) and term != C.Place]
    defined = [t for t in named if any((t, word, None) in graph for word in (C.territoryOf, C.membersOf, OWL.equivalentClass))]
    return {str(term): sets.places(term) for term in sorted(defined)}
