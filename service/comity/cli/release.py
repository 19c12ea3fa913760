"""``comity release``: dumps, their description and a change list of a built dataset."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from comity.building.commands import dataset_for
from comity.check.dataset import DatasetError
from comity.cli.app import app, err, stated_day, stop

if TYPE_CHECKING:
    from comity.release.change_list import Answers
    from comity.scenarios.versions import Version


@app.command()
def release(
    folder: Annotated[Path, typer.Argument(help="Folder to write the release to; it must be empty or not be there.")],
    since: Annotated[
        str | None, typer.Option(help="What to compare with for the change list: a built dataset, sources, or a revision of git.")
    ] = None,
    answers: Annotated[bool, typer.Option(help="Tell also what the changes do to the answers to the scenarios; takes minutes.")] = True,
    day: Annotated[str | None, typer.Option("--day", help="The day of the release, as 2026-01-31; today by default.")] = None,
    unjudged: Annotated[bool, typer.Option("--unjudged", help="Release a dataset that was built without the reasoner.")] = False,
    root: Annotated[Path | None, typer.Option(help="Folder with ontology/, data/, shapes/ and tests/scenarios/.")] = None,
    dataset: Annotated[Path | None, typer.Option(help="Folder of the built dataset.")] = None,
) -> None:
    """Write a release: dumps (N-Quads, Turtle, JSON-LD), a VoID and DCAT description, a citation, a list of files and a change list.

    The names of the dumps have the version and the digest. The change list is for lawyers, in English and Chinese. The exit code is 2 if
    the release cannot be made, 3 if there is no sound dataset.

    Example: comity release dist/release --since v0.1.0
    """
    from comity.paths import source_root
    from comity.release.making import ReleaseFault, make_release, releasable
    from comity.scenarios.commands import FAULTS
    from comity.scenarios.versions import of_folder, of_revision

    on = stated_day(day, "--day") if day else datetime.now(UTC).date()
    here, built = root or source_root(), dataset_for(dataset, err)

    def before() -> Version:
        path = Path(str(since))
        return of_folder(path) if path.is_dir() else of_revision(here, str(since))

    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=err, transient=True) as progress:
        task = progress.add_task("starting", total=None)
        try:
            releasable(built, folder, unjudged=unjudged)  # told before the minutes that the rest takes
            old = before() if since else None
            told: Answers | None = None
            if old is not None and answers:
                progress.update(task, description="asking the scenarios of both editions")
                progress.stop()
                told = _answers(here, old, of_folder(built))
                progress.start()
            edition = make_release(
                built, folder, on, old, told, unjudged=unjudged, step=lambda name: progress.update(task, description=name)
            )
        except DatasetError as fault:
            raise stop(str(fault), 3) from None
        except (ReleaseFault, *FAULTS) as fault:
            raise stop(str(fault), 2) from None
        except OSError as fault:
            raise stop(f"{fault.filename or folder}: {fault.strerror}", 2) from None
    err.print(f"{folder}: {edition.stem}, {sum(path.stat().st_size for path in folder.iterdir()):,} bytes", highlight=False, soft_wrap=True)


def _answers(root: Path, old: Version, new: Version) -> Answers:
    """Return which verdicts on the scenarios changed, and in how many flows."""
    from comity.release.change_list import Answers
    from comity.scenarios.commands import compared

    before, after, moved, asked = compared(root, (lambda: old, lambda: new), None, err)
    verdicts = {(move.before, move.after): len(move.flows) for move in moved.moves if move.kind == "verdict"}
    return Answers(asked, verdicts, before.terms | after.terms)
