"""``comity show | validate | try | fmt | new | readings | diff | ledger``: the tools of curators."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from comity.cli.app import Language, app, err, stop
from comity.paths import source_root


@app.command()
def show(
    name: Annotated[str | None, typer.Argument(help="Identifier, path, class name or IRI; with --list a place or body.")] = None,
    index: Annotated[bool, typer.Option("--list", help="Print the index of instruments, of one place if it is named.")] = False,
    deep: Annotated[bool, typer.Option("--deep", help="Unfold the named classes all the way down.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the report.")] = Language.en,
    root: Annotated[Path | None, typer.Option(help="Folder with ontology/, data/ and shapes/.")] = None,
) -> None:
    """Print a norm or a class on one page: situation, demand, exceptions, open questions, provenance, scenarios.

    Reads the sources; nothing has to be built. The exit code is 2 if there is nothing of that name.

    Example: comity show --list CN
    """
    from comity.rdf.load import TurtleError
    from comity.show.command import show_index, show_thing
    from comity.show.instruments import UnknownPlace
    from comity.show.lookup import UnknownName

    console, folder = Console(), root or source_root()
    try:
        if index:
            show_index(folder, name, lang.value, as_json=as_json, console=console)
        elif name is None:
            raise stop("name a norm or a class, such as an identifier, or ask for the index of instruments with --list", 2)
        else:
            show_thing(folder, name, lang.value, deep=deep, as_json=as_json, console=console, err=err)
    except (UnknownName, UnknownPlace, TurtleError) as fault:
        raise stop(str(fault), 2) from None


@app.command()
def validate(
    root: Annotated[Path | None, typer.Option(help="Folder with ontology/, data/ and shapes/.")] = None,
    lang: Annotated[Language, typer.Option(help="Language of the report.")] = Language.en,
) -> None:
    """Check that the sources keep the rules of curation: citations, dates, labels, exceptions, situations.

    Each fault is told with its file and line, and what to do. The exit code is 1 if there is a fault; warnings do not count.
    """
    from comity.curate.telling import tell_faults
    from comity.curate.validate import validate as find_faults

    found = find_faults(root or source_root())
    tell_faults(found, lang.value, err)
    raise typer.Exit(1 if any(fault.level == "fault" for fault in found) else 0)


@app.command(name="try")
def try_(
    files: Annotated[list[Path] | None, typer.Argument(help="Files or folders of scenarios; all by default.")] = None,
    root: Annotated[Path | None, typer.Option(help="Folder with ontology/, data/, shapes/ and tests/scenarios/.")] = None,
    lang: Annotated[Language, typer.Option(help="Language of the report; what differs is told in English.")] = Language.en,
) -> None:
    """Run scenarios against the law as the sources stand, and name the norms that owe one.

    Each scenario that does not hold is told with its file and line. A norm that decides a verdict owes a scenario in which it fires
    and one, a single fact away, in which it is silent. The exit code is 1 if a scenario fails or a norm owes one.

    Example: comity try tests/scenarios/recognition
    """
    from comity.compile.exceptions import CycleError
    from comity.compile.statements import CompileError
    from comity.curate.telling import tell_trial
    from comity.curate.trial import NoScenarios, try_scenarios
    from comity.rdf.load import TurtleError
    from comity.scenarios.format import ScenarioError

    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=err, transient=True) as progress:
        task = progress.add_task("starting", total=None)
        try:
            trial = try_scenarios(root or source_root(), files or (), lambda name: progress.update(task, description=name))
        except (ScenarioError, NoScenarios, TurtleError, CompileError, CycleError) as fault:
            progress.stop()
            raise stop(str(fault), 2) from None
    tell_trial(trial, lang.value, err)
    raise typer.Exit(1 if trial.failed or trial.owed.never_fired or trial.owed.never_silenced else 0)


@app.command()
def fmt(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; all sources by default.")] = None,
    check_only: Annotated[bool, typer.Option("--check", help="Only list the files that would change.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the report.")] = Language.en,
) -> None:
    """Write the Turtle files in the house form, whatever tool has saved them.

    A file that cannot be read or written is left as it is and told with its line and what to do; the others are written.
    The exit code is 1 if there is such a fault or, with --check, a file to change; 2 if a path leads to no Turtle file.

    Example: comity fmt data/cn
    """
    from comity.curate.fmt import NoTurtle
    from comity.curate.fmt import fmt as format_files
    from comity.curate.telling import tell_catalogue, tell_formatted

    root = source_root()
    try:
        outcome = format_files(paths or [root / "ontology", root / "data", root / "shapes"], check=check_only)
    except NoTurtle as fault:
        raise stop(str(fault), 2) from None
    tell_formatted(outcome, check_only, lang.value, err)
    stale = not paths and not outcome.faults and _write_catalog(root, check_only)
    if stale:
        tell_catalogue(check_only, lang.value, err)
    raise typer.Exit(1 if outcome.faults or ((outcome.changed or stale) and check_only) else 0)


def _write_catalog(root: Path, check_only: bool) -> bool:
    from comity.curate.catalog import write

    try:
        return write(root, check_only)
    except (ValueError, OSError) as fault:
        raise stop(str(fault), 1) from None


@app.command()
def new(
    files: Annotated[list[Path], typer.Argument(help="Descriptions of instruments in YAML.")],
    root: Annotated[Path, typer.Option(help="Folder with ontology/, data/ and shapes/.")] = Path("."),
    allow_pending: Annotated[bool, typer.Option("--allow-pending", help="Warn, not fail, where another law is not there yet.")] = False,
    check_only: Annotated[bool, typer.Option("--check", help="Only report faults; write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there and differ, edits by hand included.")] = False,
) -> None:
    """Write the Turtle of an instrument from a short description in YAML (docs/curating.md shows one).

    Example: comity new law.yaml --check
    """
    from comity.curate.new import report, write

    raise typer.Exit(report(write(files, root, allow_pending=allow_pending, check=check_only, force=force)))


@app.command()
def readings(
    root: Annotated[Path, typer.Option(help="Folder of the sources.")] = Path(),
    stamp: Annotated[
        list[str] | None,
        typer.Option(help="Norm, or instrument such as xx/act, of which the elements were just compared: write anew what was read."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell which norms were read a second time against their texts, and which readings are stale.

    A reading is made by hand in data/readings/; --stamp is given once its elements were compared with the norm.

    [dim]comity readings
    comity readings --stamp ACT-12 --stamp xx/act[/]
    """
    from comity.compile.statements import CompileError
    from comity.rdf.load import TurtleError
    from comity.readings.commands import UnknownReading, stamp_readings, tell_readings

    try:
        if stamp:
            stamp_readings(root, stamp, err)
        else:
            tell_readings(root, as_json=as_json)
    except (TurtleError, CompileError, UnknownReading) as fault:
        raise stop(str(fault), 3) from None


@app.command()
def diff(
    revision: Annotated[str | None, typer.Argument(help="A revision of git; HEAD unless named.", metavar="[REV]")] = None,
    start: Annotated[Path | None, typer.Option("--from", help="Sources or a built dataset to compare with, instead of a revision.")] = None,
    end: Annotated[Path | None, typer.Option("--to", help="Sources or a built dataset instead of the working tree.")] = None,
    flows: Annotated[Path | None, typer.Option(help="Folder of flow descriptions (*.json) instead of the scenarios.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print every move with all of its flows as JSON.")] = False,
    summed: Annotated[bool, typer.Option("--sum", help="Only count the changes of each kind.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the report.")] = Language.en,
    root: Annotated[Path | None, typer.Option(help="Folder with ontology/, data/, shapes/ and tests/.")] = None,
) -> None:
    """Tell which answers a change of law moved: verdicts, statuses of norms, classes, conflicts, facts asked for.

    The law of a revision is compiled by the code of today. The exit code is 1 if an answer differs, 2 for a wrong call.

    Example: comity diff main~3      comity diff --sum      comity diff --from ../old --to build --flows my-flows
    """
    from comity.scenarios.commands import FAULTS, sides, tell_difference

    here = root or source_root()
    try:
        told, differs = tell_difference(here, sides(here, revision, start, end), flows, lang.value, err, as_text=not as_json, summed=summed)
    except FAULTS as fault:
        raise stop(str(fault), 2) from None
    print(told)
    raise typer.Exit(1 if differs else 0)


@app.command()
def ledger(
    check_only: Annotated[bool, typer.Option("--check", help="Only tell what differs from the ledger; write nothing.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of what --check tells.")] = Language.en,
    root: Annotated[Path | None, typer.Option(help="Folder with ontology/, data/, shapes/ and tests/.")] = None,
) -> None:
    """Write the ledger (tests/ledger) anew: what the engine answers to every scenario.

    Nothing is written while an expectation of a scenario does not hold. The exit code is 1 then, and where --check finds a difference.

    Example: comity ledger --check
    """
    from comity.scenarios.commands import FAULTS, check_ledger, labels_of, make_ledger
    from comity.scenarios.telling import tell

    here = root or source_root()
    try:
        if not check_only:
            raise typer.Exit(make_ledger(here, err))
        moved, version = check_ledger(here, err)
    except FAULTS as fault:
        raise stop(str(fault), 2) from None
    print("\n".join(tell(moved, lang.value, version.terms, labels_of(version))))
    raise typer.Exit(1 if moved else 0)


@app.command()
def witnesses(
    anew: Annotated[
        bool, typer.Option("--anew", help="Compose the flows of all conflicts again, not only those that are wanting.")
    ] = False,
    root: Annotated[Path | None, typer.Option(help="Folder with ontology/, data/, shapes/ and tests/scenarios/.")] = None,
) -> None:
    """Compose a flow for each conflict of laws that none shows yet, out of the scenarios, and write it to data/conflicts.

    A conflict that no flow shows is marked as formal and is in no list. Run it after a norm was added or changed; a build tells of
    flows that no longer hold.

    Example: comity witnesses
    """
    from comity.conflict.record import WitnessFault
    from comity.curate.witnesses import compose_witnesses

    try:
        compose_witnesses(root or source_root(), err, anew)
    except WitnessFault as fault:
        raise stop(str(fault), 2) from None
