"""The golden plans: what the law asks of flows, written by hand before any engine was asked."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from comity.yaml_text import NumberLoader

__all__ = ["GOLDEN", "applied", "description", "entries", "legs_of", "steps_of", "ways_of"]

GOLDEN = Path(__file__).parent / "golden"
Json = dict[str, Any]


def entries() -> list[tuple[str, Json]]:
    """Return every golden entry with the name of its file."""
    return [(path.stem, entry) for path in sorted(GOLDEN.glob("*.yaml")) for entry in _read(path)]


def description(entry: Json) -> Json:
    """Return the description that an entry is about."""
    return {"asOf": entry["asOf"], **copy.deepcopy(entry["facts"])}


def legs_of(told: Json) -> list[Json]:
    """Return the legs of a description; one that is told flat is its own leg."""
    legs: list[Json] = told.get("legs", [told])
    return legs


def ways_of(plan: Json) -> list[list[Json]]:
    """Return, for each way to go, all its steps in order: what every way needs, what is to be confirmed, and what is its own."""
    common = plan["do"] + plan["confirm"]
    return [common + way["steps"] for way in plan["oneOf"]] or [common]


def steps_of(plan: Json) -> Iterator[Json]:
    """Yield every step of a plan once."""
    yield from plan["do"]
    yield from plan["confirm"]
    for way in plan["oneOf"]:
        yield from way["steps"]


def applied(told: Json, change: Json) -> Json:
    """Return a description in which the facts of a change have come to be; raises ``LookupError`` where a pointer leads nowhere."""
    told = copy.deepcopy(told)
    for pointer, value in change.items():
        *way, last = pointer.split("/")[1:]
        place: Any = told
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place[step]
        if isinstance(place, list) and int(last) == len(place):
            place.append(copy.deepcopy(value))
        elif isinstance(place, list):
            place[int(last)] = copy.deepcopy(value)
        else:
            place[last] = copy.deepcopy(value)
    return told


def _read(path: Path) -> list[Json]:
    read: list[Json] = yaml.load(path.read_text(encoding="utf-8"), Loader=NumberLoader)
    return read
