"""``comity batch``: the verdicts on many flows, from files of lines, tables or Parquet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from comity.building.commands import dataset_for
from comity.check.answer import SCOPES
from comity.check.dataset import DatasetError, load_checker
from comity.cli.app import Language, app, err, stated_day, stop

_EXAMPLES = """\
Examples:

  comity batch flows.ndjson -o verdicts.ndjson

  comity batch january.parquet february.parquet -o verdicts.parquet --plans

  comity batch register.csv --mapping examples/ropa/cnil.yaml --on 2026-11-01 -o verdicts.csv

  comity batch flows.ndjson -o changes.ndjson --changes 2026-12-01..2027-12-31

  comity batch flows.ndjson -o verdicts.ndjson --resume
"""


@app.command(epilog=_EXAMPLES)
def batch(
    files: Annotated[list[Path], typer.Argument(help="Files of flows: .ndjson, .csv or .parquet.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file of verdicts to write: .ndjson, .csv or .parquet.")],
    mapping: Annotated[Path | None, typer.Option(help="A YAML file that says which column of a table is which fact of a flow.")] = None,
    on: Annotated[str | None, typer.Option("--on", help="The day for which all flows are asked, as 2026-01-31.")] = None,
    changes: Annotated[str | None, typer.Option(help="Tell instead when verdicts change, as 2026-12-01..2027-12-31.")] = None,
    plans: Annotated[bool, typer.Option("--plans", help="Plan what is to be done as well; takes about three times as long.")] = False,
    scope: Annotated[str, typer.Option(help="flow, or all: ask also about duties that stand around the flows.")] = "flow",
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a job that was ended before it was done.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Begin anew, and overwrite the output.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    workers: Annotated[int | None, typer.Option(min=0, help="Processes that judge; one for each core by default.")] = None,
    lang: Annotated[Language, typer.Option(help="Language of the summary.")] = Language.en,
    dataset: Annotated[Path | None, typer.Option(help="Folder of the built dataset.")] = None,
) -> None:
    """Check all flows of some files and write one line for each: its number, the verdict, and the profile that has the answer.

    Flows that the law does not tell apart are one profile and are judged once; the answers stand beside the output, in the file that ends
    with .answers.ndjson, and the summary in .summary.json. A flow that cannot be read is told with its number, and the rest goes on. The
    exit code is 0 if all flows were read, 1 if some were not, 2 if the batch cannot begin or go on, 3 if there is no sound dataset.
    """
    from comity.batch.blocks import BatchStopped
    from comity.batch.needed import needed

    try:
        needed()
        from comity.batch.command import Wanted, run_batch
        from comity.show.batch import show_batch

        if scope not in SCOPES:
            raise stop(f"--scope is {scope!r}; it is {' or '.join(SCOPES)}", 2)
        span = _span(changes)
        if span and (on or plans):
            raise stop("--changes looks at many days and makes no plans; leave out --on and --plans", 2)
        wanted = Wanted(files, output, stated_day(on, "--on") if on else None, span, scope, plans, mapping, resume, force, workers)
        checker = load_checker(dataset_for(dataset, err))
        with _Bar() as bar:
            summary = run_batch(wanted, checker, bar.begin, bar.show)
    except DatasetError as fault:
        raise stop(str(fault), 3) from None
    except BatchStopped as fault:
        raise stop(str(fault), 2) from None
    except OSError as fault:
        raise stop(f"{fault.filename or output}: {fault.strerror}; what was done is kept, and --resume goes on", 2) from None
    except KeyboardInterrupt:
        raise stop("ended; --resume goes on where it was", 130) from None
    if as_json:
        print(orjson.dumps(summary, option=orjson.OPT_INDENT_2).decode())
    else:
        show_batch(summary, lang.value, Console())
    raise typer.Exit(1 if summary["notRead"] else 0)


class _Bar:
    """How far the batch is, how fast, and how long it will yet take."""

    def __init__(self) -> None:
        columns = BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[told]}"), TimeRemainingColumn(elapsed_when_finished=True)
        self._progress = Progress(*columns, console=err, disable=not err.is_terminal, speed_estimate_period=30)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def begin(self, total: int, far) -> None:  # type: ignore[no-untyped-def]  # the module of its type is there with DuckDB only
        self._task = self._progress.add_task("", total=total, completed=far.done, told="")
        self._start = far.records

    def show(self, far) -> None:  # type: ignore[no-untyped-def]
        elapsed = self._progress.tasks[0].elapsed or 0.001
        rate = (far.records - self._start) / max(elapsed, 0.001)
        told = f"{far.records:,} flows, {rate:,.0f}/s, {far.profiles:,} profiles" + (f", {far.faults:,} not read" if far.faults else "")
        self._progress.update(self._task, completed=far.done, told=told)


def _span(text: str | None) -> tuple[date, date] | None:
    if text is None:
        return None
    first, dots, last = text.partition("..")
    if not dots:
        raise stop(f"--changes is {text!r}; write the first and the last day as 2026-12-01..2027-12-31", 2)
    start, until = stated_day(first, "--changes"), stated_day(last, "--changes")
    if until <= start:
        raise stop(f"--changes goes from {first} to {last}; the last day comes after the first", 2)
    return start, until
