"""``comity conflicts``: which laws cannot both be followed, between two legal orders, of one with all others, or as a matrix."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from comity.building.commands import dataset_for
from comity.check.dataset import DatasetError, read_program
from comity.cli.app import Language, app, err, stated_day, stop

_EXAMPLES = """\
Examples:

  comity conflicts CN US --on 2026-11-01

  comity conflicts EU US --kind retainVersusErase --lang zh

  comity conflicts FR --act DisclosureToForeignAuthority --json

  comity conflicts ACT-12--LAW-7

  comity conflicts --matrix --settled
"""


@app.command(epilog=_EXAMPLES)
def conflicts(
    one: Annotated[
        str | None, typer.Argument(help="Code or name of a place, or of a body with law of its own; or the name of a conflict.")
    ] = None,
    other: Annotated[str | None, typer.Argument(help="The place or body of the other side; all others by default.")] = None,
    matrix: Annotated[bool, typer.Option("--matrix", help="Count the conflicts of all legal orders by kind instead.")] = False,
    on: Annotated[str | None, typer.Option("--on", help="Only norms in force on this day, as 2026-01-31.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind of conflict.")] = None,
    act: Annotated[str | None, typer.Option(help="Only conflicts on this act.")] = None,
    instrument: Annotated[str | None, typer.Option(help="Only conflicts in which this law takes part.")] = None,
    settled: Annotated[
        bool | None, typer.Option(help="Only conflicts whose norms hang on no unsettled question, or only the others.")
    ] = None,
    formal: Annotated[bool, typer.Option("--formal", help="Also conflicts for which no realistic flow is known.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the report.")] = Language.en,
    dataset: Annotated[Path | None, typer.Option(help="Folder of the built dataset.")] = None,
) -> None:
    """Print the conflicts between the law of two places or bodies, or of one with all others; or one conflict, explained.

    The law of a place is its own, that of its parts and wholes, and that of the bodies to which it belongs. Without --on all norms are
    told, each with its dates. The exit code is 2 if something is asked that the graph does not know, 3 if there is no sound dataset.
    """
    from comity.conflict.listed import Conflicts, Wanted
    from comity.recognition.sides import RecognitionError
    from comity.show.conflict import show_conflict
    from comity.show.conflicts import show_conflicts, show_matrix

    if not matrix and one is None:
        raise stop("name a place or body, such as the code of a country, or ask for --matrix", 2)
    if matrix and one is not None:
        raise stop("--matrix counts the conflicts of all legal orders; leave out the places", 2)
    wanted = Wanted(one, other, stated_day(on, "--on") if on else None, kind, act, instrument, None, settled, formal)
    try:
        known = Conflicts(read_program(dataset_for(dataset, err)))
        explained = known.one(one) if one and other is None else None
        found = explained or (known.matrix(wanted) if matrix else known.table(wanted))
    except DatasetError as fault:
        raise stop(str(fault), 3) from None
    except RecognitionError as refused:
        raise stop(" ".join(fault.zh if lang is Language.zh else fault.en for fault in refused.faults), 2) from None
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        (show_conflict if explained else show_matrix if matrix else show_conflicts)(found, lang.value, Console())
