"""The check beside pySHACL: the demands of all norms on the same flow, graphs parsed and the flow typed beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any

from pyshacl import validate
from rdflib import RDF, SH

from bench.check import times
from comity.check.checker import Checker
from comity.paths import source_root
from comity.rdf.load import load_sources
from tests.oracle.oracle import Oracle

__all__ = ["measure", "peer_times"]


def measure(checker: Checker, flows: list[dict[str, Any]]) -> Iterator[tuple[str, float, str]]:
    """Yield the number of shapes, pySHACL's median time and its ratio to a whole check with reasons."""
    unseen = Checker(checker.program.data, profile_bytes=0)  # every check from the ground up
    sample = flows[:: max(1, len(flows) // 20)]
    peers = peer_times(checker, sample)
    ratios = [peer / median(times(unseen, [flow], 30)) for flow, peer in zip(sample, peers, strict=True)]
    shapes = Oracle(load_sources(source_root()).graph(), checker).shacl_case(sample[-1])[1]
    yield "pyshacl_shapes", sum(1 for _ in shapes.subjects(RDF.type, SH.NodeShape)), "shapes"
    yield "pyshacl_p50_ms", median(peers), "ms"
    yield "check_vs_pyshacl_ratio", median(ratios), "ratio"


def peer_times(checker: Checker, flows: list[dict[str, Any]], clock: Callable[[], float] = perf_counter) -> list[float]:
    """Return the milliseconds, by a clock in seconds, that pySHACL takes for each flow, the demands of all norms at once."""
    oracle = Oracle(load_sources(source_root()).graph(), checker)
    found = []
    for flow in flows:
        data, shapes = oracle.shacl_case(flow)
        validate(data, shacl_graph=shapes, advanced=False, inference="none")
        start = clock()
        for _ in range(3):
            validate(data, shacl_graph=shapes, advanced=False, inference="none")
        found.append((clock() - start) / 3 * 1000)
    return found
