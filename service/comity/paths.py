"""Where the sources and the dataset are."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from comity import __version__

__all__ = ["build_folder", "dataset_folder", "named_dataset_folder", "source_root"]

_PACKAGE = Path(__file__).resolve().parent


def source_root() -> Path:
    """Return the folder that holds ontology/, data/, shapes/ and queries/: the clone, or the copy inside the wheel."""
    packed = _PACKAGE / "_sources"
    return packed if packed.is_dir() else _PACKAGE.parents[1]


def dataset_folder() -> Path:
    """Return the folder of the built dataset: that of :func:`build_folder`, or the dataset inside the wheel.

    A wheel that was released has a dataset, which serves until one is built on this machine after the wheel was installed.
    """
    folder, packed = build_folder(), _PACKAGE / "_dataset"
    if named_dataset_folder() is None and _written(packed) > _written(folder):
        return packed
    return folder


def build_folder() -> Path:
    """Return the folder into which a dataset is built: ``COMITY_DATASET``, else ``build/`` in a clone, else the user's cache."""
    named = named_dataset_folder()
    if named is not None:
        return named
    root = source_root()
    return root / "build" if root != _PACKAGE / "_sources" else Path(platformdirs.user_cache_dir("comity")) / __version__


def _written(folder: Path) -> float:
    """Return when the dataset in a folder was written, in seconds of the system's clock; 0 where there is none."""
    try:
        return (folder / "manifest.json").stat().st_mtime
    except OSError:
        return 0.0


def named_dataset_folder() -> Path | None:
    """Return the folder that ``COMITY_DATASET`` names; ``None`` where it names none."""
    named = os.environ.get("COMITY_DATASET")
    return Path(named) if named else None
