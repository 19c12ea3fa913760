"""The scenarios that speak of a norm: those in which it fires and those in which it stays silent, by what they expect."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity.scenarios.format import SCENARIOS, Scenario, read_file, scenario_files

__all__ = ["NormScenarios", "ScenarioLine", "scenarios_of"]

_SILENT = "not-applicable"


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """A scenario: its name, its file from the root, the status expected of the norm, and how it differs from a neighbour."""

    name: str
    file: str
    status: str
    like: str | None = None
    but: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NormScenarios:
    """The scenarios that expect something of a norm."""

    firing: list[ScenarioLine]
    silent: list[ScenarioLine]


def scenarios_of(root: Path, norm: str) -> NormScenarios | None:
    """Return the scenarios below ``root`` that expect something of the norm with the identifier ``norm``.

    Only files that name the norm are read. None where there are no scenarios, as in an installed package.
    Raises `ScenarioError` where such a file cannot be read.
    """
    folder = root / SCENARIOS
    if not folder.is_dir():
        return None
    named = re.compile(rf"(?<![\w-]){re.escape(norm)}(?![\w-])")
    firing: list[ScenarioLine] = []
    silent: list[ScenarioLine] = []
    for path in scenario_files(folder):
        if not named.search(path.read_text(encoding="utf-8")):
            continue
        for scenario in read_file(path):
            if statuses := _expected(scenario, norm):
                line = ScenarioLine(scenario.name, path.relative_to(root).as_posix(), " or ".join(statuses), scenario.like, scenario.but)
                (silent if statuses == [_SILENT] else firing).append(line)
    return NormScenarios(firing, silent)


def _expected(scenario: Scenario, norm: str) -> list[str]:
    """Return the statuses that the scenario allows the norm, each once."""
    statuses: dict[str, None] = {}
    for entry in scenario.expect.get("findings") or ():
        if entry["norm"] == norm:
            status = entry["status"]
            statuses.update(dict.fromkeys(status if isinstance(status, list) else [status]))
    return list(statuses)
