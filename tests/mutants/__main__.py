"""``python -m tests.mutants``: mutate the compiled law and print the share that the scenarios notice, and what they do not.

The exit code is 0 whatever survives: a survivor is a scenario to write, or a change that means nothing.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from comity.curate.scenarios import read_scenarios
from comity.graph.collect import collect
from comity.graph.conflicts import find_conflicts
from comity.graph.load import load_sources
from comity.paths import source_root
from tests.mutants.mutations import KINDS, mutants
from tests.mutants.reach import Reach
from tests.mutants.trial import Bench, Trial, try_all


def main() -> None:
    """Run the mutants that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--sample", type=int, metavar="N", help="try N mutants chosen by chance instead of all")
    parser.add_argument("--seed", type=int, default=0, help="seed of the sample (default 0)")
    parser.add_argument("--only", metavar="TEXT", help="only mutants of classes and norms whose name holds TEXT")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    wanted = parser.parse_args()
    console = Console()
    console.print("compiling the sources and running the scenarios on them …")
    graph = load_sources(source_root()).graph()
    program = collect(graph)
    program["graph"] = {"version": "mutants", "digest": ""}
    program["conflicts"], _ = find_conflicts(graph, program, reasoner=None, step=lambda name: None)
    bench = Bench(program, read_scenarios(Path(__file__).parents[1] / "scenarios"))
    chosen = [m for m in mutants(program) if wanted.only is None or wanted.only.casefold() in m.name.casefold()]
    if wanted.sample is not None and wanted.sample < len(chosen):
        chosen = random.Random(wanted.seed).sample(chosen, wanted.sample)
    trials: list[Trial] = []
    with Progress(console=console) as progress:
        task = progress.add_task(f"{len(chosen)} mutants", total=len(chosen))
        for trial in try_all(bench, chosen, wanted.jobs):
            trials.append(trial)
            progress.advance(task)
    report(console, bench.reach, trials)


def report(console: Console, reached: Reach, trials: list[Trial]) -> None:
    """Print the survivors by the class or norm they change, and the shares killed by kind."""
    survivors = [trial for trial in trials if trial.killed_by is None]
    for trial in sorted(survivors, key=lambda t: (t.mutant.where, t.mutant.name, t.mutant.kind)):
        mutant = trial.mutant
        seen = f"{trial.changed_in} scenarios see it" if trial.changed_in else "no scenario sees it"
        line = f"survives  {mutant.where} {mutant.name}: {mutant.told}  ({mutant.kind}; {seen})"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    table = Table("kind", "mutants", "killed", "share")
    total, dead = Counter(t.mutant.kind for t in trials), Counter(t.mutant.kind for t in trials if t.killed_by is not None)
    for kind in (*(kind for kind in KINDS if total[kind]), None):
        of, killed = (len(trials), len(trials) - len(survivors)) if kind is None else (total[kind], dead[kind])
        table.add_row(kind or "all", str(of), str(killed), f"{killed / of:.0%}" if of else "—")
    console.print(table)
    unseen = sum(1 for trial in survivors if not trial.changed_in)
    console.print(f"{len(reached.scenarios)} scenarios; {unseen} of {len(survivors)} survivors change no value in any of them")
    if reached.failing:
        console.print(f"left out, since they do not hold on the sound program: {len(reached.failing)} scenarios")


if __name__ == "__main__":
    main()
