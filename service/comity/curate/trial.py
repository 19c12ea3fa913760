"""``comity try``: the scenarios against the law as the sources stand, without a build."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from comity.check.checker import Checker
from comity.conflict.unjudged import compile_sources
from comity.curate.answered import answered
from comity.curate.clashes import Clash
from comity.curate.owed import Owed, owed
from comity.scenarios.format import SCENARIOS, Scenario, read_scenarios

__all__ = ["NoScenarios", "Trial", "try_scenarios"]

Step = Callable[[str], None]


class NoScenarios(ValueError):
    """There is no scenario to run; says where was looked."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of the scenarios: how many were run, what differs in each that does not hold, and the norms that owe one.

    ``about`` names the instruments whose norms were looked at, none for all; ``clashes`` has the names of the scenarios whose answers
    say two things at once.
    """

    number: int
    failed: list[tuple[Scenario, list[str]]]
    owed: Owed
    about: list[str]
    clashes: dict[Clash, list[str]]


def try_scenarios(root: Path, files: Iterable[Path] = (), step: Step = lambda name: None) -> Trial:
    """Compile the sources below ``root`` and run the scenarios of ``files`` (files or folders), by default all of them.

    Norms that owe a scenario are those of the instruments whose folders ``files`` are of, judged by all scenarios of
    these folders. Raises `ScenarioError`, `NoScenarios`, and what reading and compiling the sources raises.
    """
    folder = root / SCENARIOS
    chosen = [file.resolve() for file in files]
    step("reading the scenarios")
    absent = [file for file in chosen if not file.exists()]
    if absent or not folder.is_dir():
        raise NoScenarios(f"there is no {absent[0] if absent else folder}; scenarios stand in tests/scenarios/ of a clone")
    scenarios = [scenario for file in chosen or [folder] for scenario in read_scenarios(file)]
    if not scenarios:
        raise NoScenarios(f"no scenario stands in {', '.join(map(str, chosen))}")
    homes = sorted({scenario.file.resolve().parent for scenario in scenarios}) if chosen else []
    beside = [scenario for home in homes for scenario in read_scenarios(home)] if chosen else scenarios
    step("compiling the sources")
    checker = Checker(compile_sources(root).program)
    step(f"trying {len(scenarios)} scenarios")
    looked_at = {_key(scenario): scenario for scenario in [*scenarios, *beside]}
    answers = {key: answered(checker, scenario) for key, scenario in looked_at.items()}
    failed = [(scenario, found) for scenario in scenarios if (found := answers[_key(scenario)].differences)]
    about = [home.relative_to(folder.resolve()).as_posix() for home in homes if home.is_relative_to(folder.resolve())]
    norms = [norm for norm in checker.program.norms if not chosen or norm.instrument in about]
    due = owed(norms, [(scenario, answers[_key(scenario)].fired) for scenario in beside])
    clashes: dict[Clash, list[str]] = {}
    for scenario in scenarios:
        for clash in answers[_key(scenario)].clashes:
            clashes.setdefault(clash, []).append(scenario.name)
    return Trial(len(scenarios), failed, due, about, dict(sorted(clashes.items())))


def _key(scenario: Scenario) -> tuple[Path, str]:
    """Return what tells a scenario from all others, however its file was named."""
    return scenario.file.resolve(), scenario.name
