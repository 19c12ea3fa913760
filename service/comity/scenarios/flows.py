"""The flows on which answers are compared: those of the scenarios, or descriptions in JSON in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from comity.check.checker import Checker
from comity.flow.json_text import NotJson, parse_json
from comity.flow.problems import DescriptionError
from comity.scenarios.format import Scenario
from comity.scenarios.record import FlowName, Record, record_of

__all__ = ["FlowError", "flow_name", "flows_in", "flows_of", "records_of"]

Flows = Mapping[FlowName, Any]


class FlowError(ValueError):
    """Flows that cannot be read; says which and why."""


def flow_name(scenario: Scenario, folder: Path) -> FlowName:
    """Return the name of a scenario's flow; ``folder`` is that of all scenarios."""
    return FlowName(scenario.file.relative_to(folder).with_suffix("").as_posix(), " ".join(scenario.name.split()))


def flows_of(scenarios: Iterable[Scenario], folder: Path) -> dict[FlowName, Any]:
    """Return the descriptions of scenarios by name; ``folder`` is that of all scenarios."""
    return {flow_name(scenario, folder): scenario.description for scenario in scenarios}


def flows_in(folder: Path) -> dict[FlowName, Any]:
    """Return the descriptions in the files ``*.json`` below a folder, by path. Raises :class:`FlowError`."""
    if not folder.is_dir():
        raise FlowError(f"{folder} is no folder; --flows names a folder with flow descriptions (*.json)")
    flows: dict[FlowName, Any] = {}
    for path in sorted(folder.rglob("*.json")):
        try:
            flows[FlowName(path.relative_to(folder).as_posix(), "")] = parse_json(path.read_bytes())
        except NotJson as fault:
            raise FlowError(f"{path} line {fault.line}: {fault}") from None
        except DescriptionError as fault:
            raise FlowError(f"{path}: {fault}") from None
        except OSError as fault:
            raise FlowError(f"{path} cannot be opened: {fault.strerror}") from None
    if not flows:
        raise FlowError(f"{folder} holds no flow description (*.json)")
    return flows


def records_of(checker: Checker, flows: Flows, step: Callable[[], object] = lambda: None) -> dict[FlowName, Record]:
    """Return the record of each flow. ``step`` is called after each, for a progress bar."""
    records = {}
    for name, description in flows.items():
        records[name] = record_of(checker, description)
        step()
    return records
