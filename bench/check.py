"""One check with findings and reasons, whole graph, in process."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import quantiles
from time import perf_counter

from bench.flows import Flow, with_other_figures
from comity.check.checker import Checker

__all__ = ["measure", "times"]

Figure = tuple[str, float, str]
MOST_FLOWS = 300


def times(checker: Checker, flows: list[Flow], rounds: int) -> list[float]:
    """Return the milliseconds of each check, after one round that is not counted; no two rounds ask with the same figures."""
    found = []
    for turn in range(rounds + 1):
        for flow in [with_other_figures(flow, turn) for flow in flows]:
            start = perf_counter()
            checker.check(flow)
            if turn:
                found.append((perf_counter() - start) * 1000)
    return found


def measure(checker: Checker, complete: list[Flow], incomplete: list[Flow]) -> Iterator[Figure]:
    """Yield the median and the 99th percentile for complete flows and for flows with up to ten unknown facts.

    ``check`` and ``check_open`` are checks of flows whose profiles were seen, as a gateway or a register sends them: alike in
    all but figures. ``unseen`` are checks by a checker that keeps no profile, each judged from the ground up.
    """
    for name, judge, rounds in (("", checker, 10), ("_unseen", Checker(checker.program.data, profile_bytes=0), 5)):
        for prefix, flows in ((f"check{name}", complete), (f"check_open{name}", incomplete)):
            cuts = quantiles(times(judge, flows[:: 1 + len(flows) // MOST_FLOWS], rounds), n=100)
            yield f"{prefix}_p50_ms", cuts[49], "ms"
            yield f"{prefix}_p99_ms", cuts[98], "ms"
