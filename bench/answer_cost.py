"""What the brief answer costs: time of the processor in process, so that other work on the machine does not count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median, quantiles
from time import process_time
from typing import Any

from bench.flows import Flow, usual, with_other_figures
from bench.pyshacl_peer import peer_times
from bench.worst import DAY, candidates
from comity.check.checker import Checker
from comity.check.variants import MOST_VARIANTS
from comity.flow.problems import DescriptionError

__all__ = ["measure", "with_variants"]

Figure = tuple[str, float, str]
_MOST_TIMELINES = 100
_MOST_PEERS = 20


def measure(checker: Checker, flows: list[Flow]) -> Iterator[Figure]:
    """Yield milliseconds of checks that keep no profile (``unseen``) and of those of a kept profile (``seen``), and of what is dearer.

    ``all`` is the answer with everything and no plan, the form of old.
    """
    unseen = Checker(checker.program.data, profile_bytes=0)
    forms: dict[str, tuple[str, bool]] = {"summary_without_plan": ("summary", False), "summary": ("summary", True), "all": ("all", False)}
    spent: dict[str, list[float]] = {}
    for name, (detail, plan) in forms.items():
        spent[name] = [_spent(unseen.check_json, flow, detail, plan=plan) for flow in flows]
        yield from _spread(f"{name}_unseen", spent[name])
    seen = []
    for turn in range(3):
        for flow in (with_other_figures(flow, turn) for flow in flows[:: max(1, len(flows) // _MOST_TIMELINES)]):
            took = _spent(checker.check_json, flow, "summary")
            seen += [took] if turn > 1 else []
    yield from _spread("summary_seen", seen)
    many = with_variants(checker, usual(checker, flows))
    yield "hundred_variants_ms", median(_spent(unseen.check_json, many) for _ in range(3)), "ms"
    sample = flows[:: max(1, len(flows) // _MOST_TIMELINES)]
    yield from _timelines(unseen, sample)
    yield from _worst(unseen)
    peers = flows[:: max(1, len(flows) // _MOST_PEERS)]
    theirs = peer_times(checker, peers, process_time)
    for name, plan in (("summary_without_plan", False), ("summary", True)):
        own = [median(_spent(unseen.check_json, flow, "summary", plan=plan) for _ in range(5)) for flow in peers]
        ratios = [peer / each for peer, each in zip(theirs, own, strict=True)]
        yield f"{name}_vs_pyshacl_ratio", median(ratios), "ratio"


def with_variants(checker: Checker, flow: Flow) -> Flow:
    """Return a flow with as many variants as are read: other destinations."""
    codes = sorted(code for code in checker.program.data["places"] if len(code) == 2)[:MOST_VARIANTS]
    return {**flow, "variants": [{"name": code, "patch": [{"op": "add", "path": "/to", "value": code}]} for code in codes]}


def _timelines(checker: Checker, flows: list[Flow]) -> Iterator[Figure]:
    """Yield the time of timelines, and how many are refused since a day in the past cannot read the description."""
    found, refused = [], 0
    for flow in flows:
        try:
            found.append(_spent(checker.timeline, flow))
        except DescriptionError:
            refused += 1
    yield from _spread("timeline", found)
    yield "timelines_refused", refused, "timelines"


def _worst(checker: Checker) -> Iterator[Figure]:
    """Yield the dearest of the longest descriptions that are read, and its answer's length."""
    worst, longest = 0.0, 0.0
    for facts in candidates().values():
        start = process_time()
        try:
            answer = checker.check_json({**DAY, **facts}, "summary")
        except DescriptionError:  # too long to be read at all
            continue
        worst, longest = max(worst, (process_time() - start) * 1000), max(longest, len(answer) / 1e6)
    yield "worst_summary_ms", worst, "ms"
    yield "worst_summary_mb", longest, "MB"


def _spent(act: Callable[..., Any], *given: Any, **named: Any) -> float:
    start = process_time()
    act(*given, **named)
    return (process_time() - start) * 1000


def _spread(name: str, found: list[float]) -> Iterator[Figure]:
    cuts = quantiles(found, n=100, method="inclusive")
    yield f"{name}_p50_ms", cuts[49], "ms"
    yield f"{name}_p99_ms", cuts[98], "ms"
