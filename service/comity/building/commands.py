"""Builds as the commands run them: one that is asked for, and the one that a fresh clone needs before its first check."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from comity.building.publish import PublishError, restore
from comity.manifest import DatasetError, is_vacant
from comity.paths import dataset_folder, named_dataset_folder, source_root

__all__ = ["BuildStopped", "dataset_for", "run_build"]


class BuildStopped(ValueError):
    """A build that failed; says why."""


def run_build(root: Path, target: Path, reasoner: bool, err: Console) -> None:
    """Build the sources below *root* into *target*; tell of the steps and of what was built. Raises :class:`BuildStopped`."""
    from comity.building.pipeline import BuildFailure, build

    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=err) as progress:
        task = progress.add_task("starting", total=None)
        try:
            manifest = build(root, target, reasoner, lambda name: progress.update(task, description=name))
        except BuildFailure as fault:
            raise BuildStopped(f"{fault}\n{target} is left as it was") from None
    _tell(
        err,
        f"{target}: {manifest['norms']} norms of {manifest['instruments']} instruments, {manifest['conflicts']} conflicts "
        f"({manifest['opposed']} pairs of norms stand opposed), {manifest['quads']} quads, {manifest['digest'][:19]}",
    )


def dataset_for(named: Path | None, err: Console) -> Path:
    """Return the folder of the dataset for a command that was told to use the folder *named*, or none.

    Where nobody named one, by option or environment, and the default place is vacant, it is built there, and said to be. Raises
    :class:`DatasetError` where that fails; what is in the folder is not looked at otherwise.
    """
    folder = named if named is not None else dataset_folder()
    try:
        restore(folder)
        if named is None and named_dataset_folder() is None and is_vacant(folder):
            _tell(err, f"no dataset in {folder} yet; building it once without the reasoner ('comity build' adds HermiT)")
            run_build(source_root(), folder, reasoner=False, err=err)
    except (PublishError, BuildStopped) as fault:
        raise DatasetError(str(fault)) from None
    return folder


def _tell(err: Console, message: str) -> None:
    err.print(escape(message), highlight=False, soft_wrap=True)
