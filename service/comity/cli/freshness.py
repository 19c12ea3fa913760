"""``comity freshness``: when norms were read, what changes in the next twelve months, what is announced."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from comity.building.commands import dataset_for
from comity.check.dataset import DatasetError
from comity.cli.app import Language, app, err, stated_day, stop


@app.command()
def freshness(
    place: Annotated[str | None, typer.Argument(help="Code or name of a place or body; everything by default.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The day, as 2026-01-31; today by default.")] = None,
    most: Annotated[int, typer.Option(min=0, help="Most norms to print as least fresh; --json has them all.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the report.")] = Language.en,
    dataset: Annotated[Path | None, typer.Option(help="Folder of the built dataset.")] = None,
) -> None:
    """Print how long ago the norms were read in a text, what begins and ends in the next twelve months, and what law is announced.

    The exit code is 2 if the place or the day is unknown, 3 if there is no sound dataset.

    Example: comity freshness EU --as-of 2026-12-01
    """
    from comity.api.catalogue import Catalogue
    from comity.api.dataset import Dataset
    from comity.freshness.state import Lists, state
    from comity.recognition.service import Recognitions
    from comity.recognition.sides import RecognitionError
    from comity.show.freshness import show_freshness

    day = stated_day(as_of, "--as-of") if as_of else datetime.now(UTC).date()
    try:
        opened = Dataset.open(dataset_for(dataset, err))
        code = Recognitions(opened.program).gazetteer.side(place, day, "place").code if place else None
    except DatasetError as fault:
        raise stop(str(fault), 3) from None
    except RecognitionError as refused:
        raise stop(" ".join(fault.zh if lang is Language.zh else fault.en for fault in refused.faults), 2) from None
    lists = Catalogue(opened.rows)
    kinds = (lists.norms, lists.instruments, lists.recognitions, lists.jurisdictions, lists.readings)
    found = state(Lists(*(items.values() for items in kinds)), day, code)
    if as_json:
        print(json.dumps({**found, "graph": opened.graph}, ensure_ascii=False, indent=2))
    else:
        show_freshness(found, lang.value, Console(), most)
