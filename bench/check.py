"""One check with findings and reasons, whole graph, in process."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import quantiles
from time import perf_counter
from typing import Any

from comity.check import Checker

__all__ = ["measure", "times"]


def times(checker: Checker, flows: list[dict[str, Any]], rounds: int) -> list[float]:
    """Return the milliseconds of each check, after one round that is not counted."""
    found = []
    for turn in range(rounds + 1):
        for flow in flows:
            start = perf_counter()
            checker.check(flow)
            if turn:
                found.append((perf_counter() - start) * 1000)
    return found


def measure(checker: Checker, complete: list[dict[str, Any]], incomplete: list[dict[str, Any]]) -> Iterator[tuple[str, float, str]]:
    """Yield the median and the 99th percentile for complete flows and for flows with up to ten unknown facts."""
    for prefix, flows in (("check", complete), ("check_open", incomplete)):
        if not flows:
            continue
        cuts = quantiles(times(checker, flows, max(3, 3000 // len(flows))), n=100)
        yield f"{prefix}_p50_ms", cuts[49], "ms"
        yield f"{prefix}_p99_ms", cuts[98], "ms"
