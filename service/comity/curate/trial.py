"""``comity try``: the scenarios against the law as the sources stand, without a build."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from comity.check.checker import Checker
from comity.conflict.unjudged import compile_sources
from comity.curate.clashes import Clash, clashes
from comity.curate.owed import Owed, owed
from comity.flow.problems import DescriptionError
from comity.scenarios.format import SCENARIOS, Scenario, differences, read_scenarios

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
    failed = [(scenario, found) for scenario in scenarios if (found := differences(checker, scenario))]
    about = [home.relative_to(folder.resolve()).as_posix() for home in homes if home.is_relative_to(folder.resolve())]
    ids = {norm.id for norm in checker.program.norms if not chosen or norm.instrument in about}
    all_due = owed(checker, beside)
    due = Owed([norm for norm in all_due.never_fired if norm in ids], [norm for norm in all_due.never_silenced if norm in ids])
    return Trial(len(scenarios), failed, due, about, _clashes(checker, scenarios))


def _clashes(checker: Checker, scenarios: Iterable[Scenario]) -> dict[Clash, list[str]]:
    """Return what answers to scenarios say at once, with the names of the scenarios; facts that cannot be read show nothing."""
    found: dict[Clash, list[str]] = {}
    for scenario in scenarios:
        try:
            answer = checker.check(scenario.description, plan=False)
        except DescriptionError:
            continue
        for clash in dict.fromkeys(clashes(checker.program.data, answer)):
            found.setdefault(clash, []).append(scenario.name)
    return dict(sorted(found.items()))
