"""``comity coverage``: what the graph holds of the law of places, by subject."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from comity.building.commands import dataset_for
from comity.check.dataset import DatasetError, load_checker
from comity.cli.app import Language, app, err, stop


@app.command()
def coverage(
    places: Annotated[list[str] | None, typer.Argument(help="Codes or names of places and bodies; every statement by default.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The day, as 2026-01-31; today by default.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the report.")] = Language.en,
    dataset: Annotated[Path | None, typer.Option(help="Folder of the built dataset.")] = None,
) -> None:
    """Print how much of the law of places the graph holds: whole, part or none, by subject.

    For a place that is named, statements on the wholes and bodies to which it belongs on the day count too; what none speaks of, the
    graph does not hold. The exit code is 2 if a place or the day is unknown, 3 if there is no sound dataset.

    Example: comity coverage DE SG --lang zh
    """
    from comity.show.coverage import UnknownPlace, show_coverage

    try:
        day = date.fromisoformat(as_of) if as_of else date.today()
    except ValueError:
        raise stop(f"--as-of is {as_of!r}; write a day as 2026-01-31", 2) from None
    try:
        show_coverage(load_checker(dataset_for(dataset, err)).program, places or [], day, lang.value, as_json=as_json, console=Console())
    except DatasetError as fault:
        raise stop(str(fault), 3) from None
    except UnknownPlace as fault:
        raise stop(str(fault), 2) from None
