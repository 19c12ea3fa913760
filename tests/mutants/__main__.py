"""``python -m tests.mutants``: mutate the compiled law and print the shares that scenarios and ledger notice, and what survives.

A scenario notices a mutant by what it asserts, the ledger by any answer that differs. The exit code is 0 whatever survives:
a survivor is an assertion or a scenario to write, or a change that means nothing.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from comity.conflict.unjudged import compile_sources
from comity.paths import source_root
from comity.scenarios.format import read_scenarios
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
    program = compile_sources(source_root()).program
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
    """Print the survivors by the class or norm they change, and the shares noticed by kind."""
    survivors = [trial for trial in trials if trial.killed_by is None]
    for trial in sorted(survivors, key=lambda t: (t.mutant.where, t.mutant.name, t.mutant.kind)):
        mutant = trial.mutant
        seen = f"{trial.changed_in} scenarios see it" if trial.changed_in else "no scenario sees it"
        seen += "; the ledger notices it" if trial.in_ledger else ""
        line = f"survives  {mutant.where} {mutant.name}: {mutant.told}  ({mutant.kind}; {seen})"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    table = Table("kind", "mutants", "noticed by scenarios", "noticed by the ledger")
    for kind in (*KINDS, "all"):
        tried = [trial for trial in trials if kind in (trial.mutant.kind, "all")]
        if tried:
            noticed = sum(trial.killed_by is not None for trial in tried), sum(trial.in_ledger for trial in tried)
            table.add_row(kind, str(len(tried)), *(f"{number} ({number / len(tried):.0%})" for number in noticed))
    console.print(table)
    unseen = sum(1 for trial in survivors if not trial.changed_in)
    console.print(f"{len(reached.scenarios)} scenarios; {unseen} of {len(survivors)} survivors change no value in any of them")
    if reached.failing:
        console.print(f"left out, since they do not hold on the sound program: {len(reached.failing)} scenarios")


if __name__ == "__main__":
    main()
