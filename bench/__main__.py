"""Run the suite: ``python -m bench [part …]``; all parts by default.

The parts are answers, check, recognition, batch, pyshacl, growth, http, worst and build.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench import answer_cost, answers, batch, build, check, growth, http, pyshacl_peer, recognition, worst
from bench.flows import all_flows, complete_flows, open_flows, usual
from comity.building.pipeline import build as build_dataset
from comity.check.dataset import load_checker
from comity.paths import source_root

PARTS = ("answers", "check", "recognition", "batch", "pyshacl", "growth", "http", "worst", "build")


def figure(name: str, value: float, unit: str) -> None:
    """Print one figure."""
    print(f"{name} {value:.4g} {unit}", flush=True)


def main() -> None:
    """Build a dataset once, then measure the parts asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", choices=[*PARTS, []], help=", ".join(PARTS))
    parts = parser.parse_args().parts or PARTS
    with tempfile.TemporaryDirectory() as folder:
        dataset = Path(folder) / "dataset"
        manifest = build_dataset(source_root(), dataset, reasoner=False)
        figure("norms", manifest["norms"], "norms")
        checker = load_checker(dataset)
        complete, incomplete = complete_flows(checker), open_flows(checker)
        print(f"flows: {len(complete)} complete, {len(incomplete)} with up to ten unknown facts", file=sys.stderr)
        if "answers" in parts:
            flows = all_flows()
            for name, value, unit in (*answers.measure(checker, flows), *answer_cost.measure(checker, flows)):
                figure(name, value, unit)
        if "check" in parts:
            for name, value, unit in check.measure(checker, complete, incomplete):
                figure(name, value, unit)
        if "recognition" in parts:
            for name, value, unit in recognition.measure(dataset):
                figure(name, value, unit)
        if "batch" in parts:
            for name, value, unit in batch.measure(checker, all_flows(), Path(folder)):
                figure(name, value, unit)
        if "pyshacl" in parts:
            for name, value, unit in pyshacl_peer.measure(checker, complete):
                figure(name, value, unit)
        if "growth" in parts:
            figure("growth_10x_ratio", growth.measure(checker.program.data, complete), "ratio")
        if "http" in parts:
            for name, value, unit in http.measure(dataset, usual(checker, complete), complete):
                figure(name, value, unit)
        if "worst" in parts:
            for name, value, unit in worst.measure(dataset):
                figure(name, value, unit)
        if "build" in parts:
            for name, value, unit in build.measure(source_root(), Path(folder)):
                figure(name, value, unit)


if __name__ == "__main__":
    main()
