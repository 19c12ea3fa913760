"""``comity recognise``: who recognises whom on a day, and ``comity commitments``: what states owe each other about data."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from comity.building.commands import dataset_for
from comity.check.dataset import DatasetError, read_program
from comity.cli.app import Language, app, err, stated_day, stop

One = Annotated[str, typer.Argument(help="Code or name of a place, or of a body with law of its own.")]
Day = Annotated[str | None, typer.Option("--on", help="The day, as 2026-01-31; today by default.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Lang = Annotated[Language, typer.Option(help="Language of the report.")]
Dataset = Annotated[Path | None, typer.Option(help="Folder of the built dataset.")]


@app.command()
def recognise(one: One, other: One, on: Day = None, as_json: AsJson = False, lang: Lang = Language.en, dataset: Dataset = None) -> None:
    """Print what two places recognise of each other on a day, whether it is mutual, and what they share.

    A row that was not found is told apart from a recognition that is refused. The exit code is 2 if a place or the day is unknown,
    3 if there is no sound dataset.

    Example: comity recognise JP EU --on 2026-11-01
    """
    from comity.show.recognition import show_pair

    found = _asked(dataset, lambda recognitions: recognitions.pair(one, other, stated_day(on, "--on") if on else date.today()))
    _print(found, show_pair, as_json, lang)


@app.command()
def commitments(by: One, towards: One, on: Day = None, as_json: AsJson = False, lang: Lang = Language.en, dataset: Dataset = None) -> None:
    """Print which restrictions of one side fall under a commitment to the other, what may excuse them, and where states may pursue that.

    Commitments bind states: none permits a flow. The exit codes are those of comity recognise.

    Example: comity commitments CN JP --on 2026-11-01
    """
    from comity.show.recognition import show_owed

    found = _asked(dataset, lambda recognitions: recognitions.owed(by, towards, stated_day(on, "--on") if on else date.today()))
    _print(found, show_owed, as_json, lang)


def _asked(dataset: Path | None, ask: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    from comity.recognition.service import Recognitions
    from comity.recognition.sides import RecognitionError

    try:
        return ask(Recognitions(read_program(dataset_for(dataset, err))))
    except DatasetError as fault:
        raise stop(str(fault), 3) from None
    except RecognitionError as fault:
        raise stop(str(fault), 2) from None


def _print(found: dict[str, Any], show: Callable[..., None], as_json: bool, lang: Language) -> None:
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        show(found, lang.value, Console())
