"""How long a build takes, with HermiT and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from comity.graph.build import build
from comity.graph.witnesses import SCENARIOS
from comity.scenarios.format import read_scenarios

__all__ = ["measure"]


def measure(root: Path, folder: Path) -> Iterator[tuple[str, float, str]]:
    """Yield the seconds of a build for editing and of a full one."""
    for name, reasoner in (("build_no_reasoner_s", False), ("build_s", True)):
        start = perf_counter()
        build(root, folder / name, reasoner=reasoner, scenarios=read_scenarios(root / SCENARIOS) if reasoner else ())
        yield name, perf_counter() - start, "s"
