"""The check beside pySHACL: the demands of all norms on the same flow, graphs parsed and the flow typed beforehand."""

from __future__ import annotations

from collections.abc import Iterator
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

__all__ = ["measure"]


def measure(checker: Checker, flows: list[dict[str, Any]]) -> Iterator[tuple[str, float, str]]:
    """Yield the number of shapes, pySHACL's median time and its ratio to a whole check with reasons."""
    oracle = Oracle(load_sources(source_root()).graph(), checker)
    unseen = Checker(checker.program.data, profile_bytes=0)  # every check from the ground up
    ratios, peers = [], []
    for flow in flows[:: max(1, len(flows) // 20)]:
        data, shapes = oracle.shacl_case(flow)
        validate(data, shacl_graph=shapes, advanced=False, inference="none")
        start = perf_counter()
        for _ in range(3):
            validate(data, shacl_graph=shapes, advanced=False, inference="none")
        peer = (perf_counter() - start) / 3 * 1000
        peers.append(peer)
        ratios.append(peer / median(times(unseen, [flow], 30)))
    yield "pyshacl_shapes", sum(1 for _ in shapes.subjects(RDF.type, SH.NodeShape)), "shapes"
    yield "pyshacl_p50_ms", median(peers), "ms"
    yield "check_vs_pyshacl_ratio", median(ratios), "ratio"
