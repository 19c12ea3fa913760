"""Composing a flow in which two norms bind, out of a flow for each of them.

The one who asks, the recipient and the data come from the flow in which something is asked: data that nobody asks for there would be
contrived. The exporter of both is one company that stands where both stand, and the data may lie where they lie in the other flow.
Only what a checker then confirms is a witness, of every clash that shows in it. Clashes that are named as contrived are left alone.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any

import orjson

from comity.check.checker import Checker
from comity.conflict.confirmed import Clashes, Duties, collided
from comity.flow.problems import DescriptionError
from comity.law.application import may_hold
from comity.law.contested import rulings
from comity.law.program_text import ConflictText, ProgramText

__all__ = ["Composed", "composed"]

Json = dict[str, Any]
Composed = tuple[ConflictText, Json, tuple[str, ...]]
"""An opposed pair, a flow in which it collides, and the names of the flows out of which that was put together."""

_Named = tuple[int, tuple[str, ...], Json]  # the length of a flow, the names of what it was put together from, and the flow

_FLOWS = 4  # for one norm
_TRIES = 100  # for one clash: what so many compositions do not show is formal
_APART = ("dataItems", "asOf", "demand", "importer", "to", "act")  # what is not simply taken over from the second flow
_ASKING = ("demand", "importer")
_TELLING = {"kind", "ofPlace"}  # what two that are one agree on
_STANDING = {"establishedIn", "organisedUnder"}  # where two that are one both stand somewhere
_SILENT = ("unknown", "not-applicable", "exempted", "met", "available", "closed")


def composed(
    program: ProgramText, opposed: Sequence[ConflictText], flows: Iterable[tuple[tuple[str, ...], Json]], step: Callable[[int, int], None]
) -> Iterator[Composed]:
    """Yield a flow for each clash of duties that can be shown, simple flows first; last those that show in a flow made for another.

    ``flows`` are the named descriptions out of which others are put together; ``step`` is told how many clashes were tried, of how many.
    """
    checker = Checker({**program, "conflicts": list(opposed), "graph": {"version": "", "digest": ""}})
    clash_of = Clashes(program)
    clashes: dict[Duties, list[ConflictText]] = defaultdict(list)
    for pair in opposed:
        clashes[clash_of(pair)].append(pair)
    places = _places(program)
    sources, shown = _scanned(checker, flows, {norm for pair in opposed for norm in pair["norms"]})
    left: list[list[ConflictText]] = []
    for number, pairs in enumerate(clashes.values(), 1):
        step(number, len(clashes))
        found = _shortest(pairs, shown)
        if found is None:
            tries = iter(range(_TRIES))
            found = next((told for pair in pairs for told in _tried(checker, pair, sources, places, tries)), None)
            if found is None:
                left.append(pairs)
                continue
            _, flow, names = found
            _keep(shown, collided(checker, flow), (len(orjson.dumps(flow)), names, flow))
        yield found
    yield from (found for pairs in left if (found := _shortest(pairs, shown)) is not None)


def _shortest(pairs: Sequence[ConflictText], shown: dict[str, _Named]) -> Composed | None:
    """Return the shortest of the flows that show one of some pairs, if any does."""
    told = ((*shown[pair["iri"]], pair) for pair in pairs if pair["iri"] in shown)
    alone = min(told, key=lambda found: found[:2], default=None)
    return None if alone is None else (alone[3], alone[2], alone[1])


def _keep(shown: dict[str, _Named], iris: Iterable[str], named: _Named) -> None:
    for iri in iris:
        shown[iri] = min(shown.get(iri, named), named, key=lambda found: found[:2])


def _tried(
    checker: Checker, pair: ConflictText, sources: dict[str, list[_Named]], places: dict[str, frozenset[str]], tries: Iterator[int]
) -> Iterator[Composed]:
    """Yield the compositions for a pair that the checker confirms, while tries are left."""
    first, second = (sources.get(norm, []) for norm in pair["norms"])
    for (_, one, flow), (_, other, another) in product(first, second):
        for made, _ in zip((*_put_together(flow, another, places), *_put_together(another, flow, places)), tries):
            if _may_collide(checker, made, pair) and pair["iri"] in collided(checker, made):
                yield pair, made, tuple(dict.fromkeys((*one, *other)))


def _may_collide(checker: Checker, flow: Json, pair: ConflictText) -> bool:
    """Say whether a flow is or may be in the situation of both norms: few are, and the others need no more looking at."""
    try:
        read = checker.read(flow)
    except DescriptionError:
        return False
    application = checker.application(read, read.legs[0])
    return all(may_hold(application.scope(application.program.by_id[norm])) for norm in pair["norms"])


def _places(program: ProgramText) -> dict[str, frozenset[str]]:
    """Return the keys of a flow and of an item that say where something is or was."""
    nodes = program["schema"]["nodes"]
    return {
        kind: frozenset(key for key, entry in nodes.get(kind, {}).items() if entry["kind"] in ("place", "places"))
        for kind in ("DataFlow", "DataItem")
    }


def _scanned(
    checker: Checker, flows: Iterable[tuple[tuple[str, ...], Json]], wanted: set[str]
) -> tuple[dict[str, list[_Named]], dict[str, _Named]]:
    """Return for each norm the shortest flows of one leg and one item in which it binds, and for each pair the shortest that shows it."""
    binding: dict[str, list[_Named]] = defaultdict(list)
    shown: dict[str, _Named] = {}
    for names, whole in flows:
        for flow in _single(whole):
            named = (len(orjson.dumps(flow)), names, flow)
            bound = _bound(checker, flow) & wanted
            for norm in bound:
                binding[norm].append(named)
            if len(bound) > 1:
                _keep(shown, collided(checker, flow), named)
    return {norm: sorted(few, key=lambda found: found[:2])[:_FLOWS] for norm, few in binding.items()}, shown


def _single(flow: Json) -> Iterator[Json]:
    """Yield a flow of one leg once for each of its items; none where its items are not told one by one."""
    items = flow.get("dataItems")
    if "legs" not in flow and "variants" not in flow and isinstance(items, list):
        yield from ({**flow, "dataItems": [item]} for item in items)


def _bound(checker: Checker, flow: Json) -> set[str]:
    try:
        read = checker.read(flow)
    except DescriptionError:
        return set()
    application = checker.application(read, read.legs[0])
    return {ruling.norm.id for ruling in rulings(application, application.live()) if ruling.status not in _SILENT}


def _put_together(first: Json, second: Json, places: dict[str, frozenset[str]]) -> Iterator[Json]:
    """Yield the first flow with what the second adds to it, on the later day and on the earlier; then the same with the data elsewhere;
    then also with what only the second tells of the demand and of the one who asks."""
    if second.get("demand") and not first.get("demand"):
        return
    made = copy.deepcopy(first)
    for key, value in second.items():
        if key == "exporter" and isinstance(value, dict) and isinstance(made.get(key), dict):
            made[key] = _united(made[key], value)
        elif key not in _APART:
            made.setdefault(key, copy.deepcopy(value))
    days = sorted({flow["asOf"] for flow in (first, second) if "asOf" in flow}, reverse=True)
    yield from ({**made, "asOf": day} for day in days)
    moved = {**made, **{key: second[key] for key in places["DataFlow"] - {*_APART} if key in second}}
    (item,), (there,) = first["dataItems"], second["dataItems"]
    moved["dataItems"] = [{**item, **{key: there[key] for key in places["DataItem"] if key in there}}]
    if moved != made:
        yield from ({**moved, "asOf": day} for day in days)
    fuller = {**moved, **{key: _united(moved[key], second[key]) for key in _ASKING if _are_alike(moved.get(key), second.get(key))}}
    if fuller != moved:
        yield from ({**fuller, "asOf": day} for day in days)


def _are_alike(one: Any, other: Any) -> bool:
    """Say whether two parties, or demands, may be one: both told at length, and neither of another kind or place than the other.

    No authority is of two States, so that parties that stand nowhere in common are two.
    """
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    both = one.keys() & other.keys()
    apart = any(not any(place in (other[key] or ()) for place in one[key] or ()) for key in _STANDING & both)
    return not apart and all(one[key] == other[key] for key in _TELLING & both)


def _united(one: Json, other: Json) -> Json:
    """Return an object that says what both say; where they differ, lists are joined and the first is followed otherwise."""
    made = {**copy.deepcopy(other), **copy.deepcopy(one)}
    for key in one.keys() & other.keys():
        if isinstance(one[key], list) and isinstance(other[key], list):
            made[key] = [*one[key], *(entry for entry in other[key] if entry not in one[key])]
    return made
