"""A leg cut down to one data item that is held in one place: what two norms must both speak of if they are to collide.

Two norms that hold of one flow may speak of two of its items, or of the copies of one item in two places; then both can be
followed. The totals of the leg stay those of the whole leg.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from comity.law.application import Application
from comity.logic.node import Node, OpenPlaces

__all__ = ["MOST_CUTS", "cuts"]

MOST_CUTS = 64
"""How many cuts of a leg are looked at; a leg with more is taken whole, so that no conflict is missed."""


def cuts(application: Application) -> Iterator[Application]:
    """Yield the norms brought to each cut of a leg; to the leg itself where nothing can be cut away, or too much."""
    pairs = [(part, item) for part, item in zip(application.parts, application.items) if item is not None]
    found = list(islice((cut for part, item in pairs for cut in _of_item(application, part, item)), MOST_CUTS + 1))
    if 1 < len(found) <= MOST_CUTS:
        yield from (application.on(cut) for cut in found)
    else:
        yield application


def _of_item(application: Application, part: Node, item: Node) -> Iterator[Node]:
    """Yield the leg with one item, once for each place that separates its copies; where more places may hold it, they stay together."""
    separating = [key for key in application.program.separating if _is_divided(item.get(key))]
    if not separating:
        yield part
        return
    for key in separating:
        for place in item[key]:
            copy = item.part()
            copy[key] = (place,)
            cut = part.part()
            cut["dataItems"] = [copy]
            yield cut


def _is_divided(places: Any) -> bool:
    """Say whether several places are stated, and no others may be."""
    return isinstance(places, tuple) and not isinstance(places, OpenPlaces) and len(places) > 1
