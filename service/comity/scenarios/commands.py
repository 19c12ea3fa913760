"""What ``comity ledger`` and ``comity diff`` do: compile, answer every flow, compare, and say what moved."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from comity.flow.problems import DescriptionError
from comity.scenarios.difference import Difference, compare
from comity.scenarios.flows import FlowError, flow_name, flows_in, flows_of, records_of
from comity.scenarios.format import SCENARIOS, ScenarioError, differences, read_scenarios
from comity.scenarios.ledger import LEDGER, LedgerError, read_ledger, write_ledger
from comity.scenarios.record import REFUSED, FlowName, Record, record
from comity.scenarios.summing import tell_sums
from comity.scenarios.telling import as_json, tell
from comity.scenarios.versions import Version, VersionError, of_folder, of_revision

__all__ = ["FAULTS", "WORKING_TREE", "check_ledger", "compared", "labels_of", "make_ledger", "sides", "tell_difference"]

FAULTS = (FlowError, LedgerError, ScenarioError, VersionError)
"""What a wrong call, or a source that cannot be read, raises: each is a sentence for the user."""

WORKING_TREE = "the working tree"
_NAMES = {WORKING_TREE: {"zh": "工作区"}}

Sides = tuple[Callable[[], Version], Callable[[], Version]]


def make_ledger(root: Path, err: Console) -> int:
    """Write the ledger of the sources below a folder anew; return 1, and write nothing, if a scenario does not hold.

    What a person has written of an answer rules: an answer that contradicts it is mended and not recorded.
    """
    version, folder = of_folder(root, WORKING_TREE), root / SCENARIOS
    records: dict[FlowName, Record] = {}
    faults: list[str] = []
    scenarios = _scenarios(root)
    with _progress(err) as progress:
        task = progress.add_task("answering the scenarios", total=len(scenarios))
        for scenario in scenarios:
            name = flow_name(scenario, folder)
            try:
                answer = version.checker.check(scenario.description, plan=False)
            except DescriptionError as fault:
                faults.append(f"{name}\n    the description is not accepted: {fault}")
                continue
            records[name] = record(answer)
            faults += [f"{name}\n    {told}" for told in differences(version.checker, scenario, answer)]
            progress.advance(task)
    if faults:
        err.print("\n".join(faults), markup=False, highlight=False, soft_wrap=True)
        err.print(f"{len(faults)} expectations of scenarios do not hold; the ledger is left as it was. Mend the law or the scenario first.")
        return 1
    changed = write_ledger(root / LEDGER, records)
    err.print(f"{len(records):,} flows recorded; {len(changed)} files of {LEDGER} changed", highlight=False)
    return 0


def check_ledger(root: Path, err: Console) -> tuple[Difference, Version]:
    """Return what the answers of the sources below a folder say otherwise than the ledger, and the law that says it."""
    ledger = read_ledger(root / LEDGER)
    version = of_folder(root, WORKING_TREE)
    flows = flows_of(_scenarios(root), root / SCENARIOS)
    with _progress(err) as progress:
        task = progress.add_task("answering the scenarios", total=len(flows))
        return compare(ledger, records_of(version.checker, flows, lambda: progress.advance(task))), version


def sides(root: Path, revision: str | None, start: Path | None, end: Path | None) -> Sides:
    """Return what makes the two sides of a comparison.

    The first is the folder ``start``, or else ``revision`` (``HEAD`` unless named); the second the folder ``end``, or else
    the sources below ``root``. Raises :class:`VersionError` if both a revision and a folder are named for the first.
    """
    if revision is not None and start is not None:
        raise VersionError(f"both {revision} and --from {start} are named to compare with; name one of them")
    before = (lambda: of_folder(start)) if start is not None else (lambda: of_revision(root, revision or "HEAD"))
    return before, (lambda: of_folder(end)) if end is not None else (lambda: of_folder(root, WORKING_TREE))


def compared(root: Path, made: Sides, folder: Path | None, err: Console) -> tuple[Version, Version, Difference, int]:
    """Return two versions of the law, what differs between their answers, and to how many flows.

    The flows are the descriptions in ``folder``, or those of the scenarios below ``root``.
    """
    flows = flows_in(folder) if folder is not None else flows_of(_scenarios(root), root / SCENARIOS)
    with _progress(err) as progress:
        task = progress.add_task("compiling", total=None)
        before, after = (make() for make in made)
        alike = before.program == after.program
        progress.update(task, description=f"answering {len(flows):,} flows", total=len(flows) * (1 if alike else 2))
        new = records_of(after.checker, flows, lambda: progress.advance(task))
        old = new if alike else records_of(before.checker, flows, lambda: progress.advance(task))
    _refuse_unreadable(after, flows, old, new)
    return before, after, compare(old, new), len(flows)


def tell_difference(
    root: Path, made: Sides, folder: Path | None, language: str, err: Console, *, as_text: bool = True, summed: bool = False
) -> tuple[str, bool]:
    """Return the report on two versions of the law, in words or as JSON, and whether an answer differs.

    ``summed`` counts the changes of each kind instead of telling them norm by norm.

    The flows are the descriptions in ``folder``, or those of the scenarios below ``root``.
    """
    before, after, moved, number = compared(root, made, folder, err)
    if not as_text:
        return json.dumps(as_json(moved, before.name, after.name, number), ensure_ascii=False, indent=2), bool(moved)
    names = [_NAMES.get(version.name, {}).get(language, version.name) for version in (before, after)]
    head = " → ".join(names) + {"en": f", {number:,} flows", "zh": f"，共 {number:,} 个流动"}[language]
    terms, labels = before.terms | after.terms, labels_of(before) | labels_of(after)
    if summed:
        return "\n".join([head, "", *tell_sums(moved, language, terms)]), bool(moved)
    return "\n".join([head, "", *tell(moved, language, terms, labels)]), bool(moved)


def labels_of(version: Version) -> dict[str, dict[str, str]]:
    """Return the labels of the norms and instruments of a version, by name."""
    norms = {norm["id"]: norm["label"] for norm in version.program["norms"]}
    return norms | {iri: entry["label"] for iri, entry in version.program["instruments"].items()}


def _scenarios(root: Path) -> list[Any]:
    scenarios = read_scenarios(root / SCENARIOS)
    if not scenarios:
        raise FlowError(f"there are no scenarios in {root / SCENARIOS}; run this in a clone, or name flows with --flows")
    return scenarios


def _refuse_unreadable(
    version: Version, flows: Mapping[FlowName, Any], old: Mapping[FlowName, Record], new: Mapping[FlowName, Record]
) -> None:
    """Raise :class:`FlowError` for a flow that neither side accepts: there is nothing to compare."""
    for name, description in flows.items():
        if old[name].verdict == new[name].verdict == REFUSED:
            try:
                version.checker.read(description)
            except DescriptionError as fault:
                raise FlowError(f"{name} is no description that either side accepts: {fault}") from None


def _progress(err: Console) -> Progress:
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err, transient=True)
