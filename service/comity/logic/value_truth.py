"""What the forms of an expression say of a stated value: codes, places, numbers, presence, sums of shares.

The generated tests (:mod:`comity.logic.codegen`) call these for every form that they do not write out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.logic.kleene import Truth
from comity.logic.node import Node, OpenCodes, OpenNodes, OpenPlaces

__all__ = ["interval_truth", "number_truth", "open_codes_truth", "place_truth", "presence_truth", "rest_truth", "share_truth"]

_Test = Callable[[Node, Any], Truth]
_NO_BOUND = float("inf")


def open_codes_truth(value: OpenCodes, wanted: frozenset[Any]) -> Truth:
    """Say whether one of the wanted codes is among codes that are only partly stated."""
    if not wanted.isdisjoint(value.yes):
        return True
    return False if wanted <= value.no else None


def place_truth(candidates: Any, inside: frozenset[str]) -> Truth:
    """Say whether one of the places lies in *inside*: surely, surely not, or perhaps."""
    result: Truth = False
    for candidate in candidates:
        if candidate <= inside:
            return True
        if not candidate.isdisjoint(inside):
            result = None
    if result is False and type(candidates) is OpenPlaces and not candidates.rest.isdisjoint(inside):
        return None
    return result


def rest_truth(objects: OpenNodes, test: _Test, around: Any) -> Truth:
    """Say whether an object that is not stated may pass the test: perhaps, unless what is known of it rules that out."""
    return False if objects.rest is not None and test(objects.rest, around) is False else None


def interval_truth(value: Any, low: float | None, low_strict: bool, high: float | None, high_strict: bool) -> Truth:
    """Say whether a number known between two bounds lies inside an interval."""
    if value is None:
        return None
    if not value:  # a place that stands as a party has no numbers
        return False
    least, most = value
    if least > most:  # stated that there is none
        return False
    low_met = low is None or (least > low if low_strict else least >= low)
    high_met = high is None or (most < high if high_strict else most <= high)
    if low_met and high_met:
        return True
    if low is not None and (most <= low if low_strict else most < low):
        return False
    if high is not None and (least >= high if high_strict else least > high):
        return False
    return None


def presence_truth(value: Any, least: int) -> Truth:
    """Say whether at least so many values are stated."""
    if value is None:
        return None
    if type(value) is OpenCodes:
        return True if len(value.yes) >= least else None
    if type(value) in (OpenNodes, OpenPlaces):
        return True if len(value) >= least else None
    if type(value) is tuple and value and not isinstance(value[0], frozenset):
        return bool(value[0] <= value[1] and least <= 1)  # a number counts as one value
    return len(value) >= least


def number_truth(objects: list[Node] | None, test: _Test, around: Any, least: int | None, most: int | None) -> Truth:
    """Say whether the number of objects that pass the test lies between two bounds."""
    if objects is None:
        return None
    values = [test(item, around) for item in objects]
    sure = values.count(True)
    more = type(objects) is OpenNodes and rest_truth(objects, test, around) is None
    possible = _NO_BOUND if more else sure + values.count(None)
    low, high = least or 0, most if most is not None else _NO_BOUND
    if low <= sure and possible <= high:
        return True
    return False if possible < low or sure > high else None


def share_truth(holdings: list[Node] | None, test: _Test, around: Any, percent: float, owner: str, share: str) -> Truth:
    """Say whether the shares held by owners that pass the test add up to a percentage.

    ``owner`` and ``share`` are the keys of a holding that name its holder and its percentage.
    """
    if holdings is None:
        return None
    sure = possible = 0.0
    for holding in holdings:
        low, high = holding.get(share, (0.0, 100.0))
        owners = holding.get(owner)
        value = test(owners[0], around) if owners else None
        if value is not False:
            possible += high
            if value:
                sure += low
    if type(holdings) is OpenNodes:  # whoever is not stated may hold the rest
        possible = max(possible, 100.0)
    if round(sure * 100) >= round(percent * 100):
        return True
    return False if round(possible * 100) < round(percent * 100) else None
