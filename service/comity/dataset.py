"""The built dataset as a checker: loaded, or built first if it is not there."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import orjson

from comity.check import PROFILE_BYTES, Checker

__all__ = ["DatasetError", "load_checker", "read_json", "read_program"]


class DatasetError(ValueError):
    """The dataset is absent or cannot be read; says what to do."""


def read_json(folder: Path, name: str) -> Any:
    """Return one JSON file of a dataset."""
    try:
        return orjson.loads((folder / name).read_bytes())
    except FileNotFoundError:
        raise DatasetError(f"there is no dataset in {folder}; run 'comity build' first") from None
    except orjson.JSONDecodeError:
        raise DatasetError(f"{folder / name} is damaged; run 'comity build' again") from None


def read_program(folder: Path) -> dict[str, Any]:
    """Return the compiled program of a built dataset. Raises :class:`DatasetError`."""
    program = read_json(folder, "program.json")
    if not isinstance(program, dict) or not {"schema", "norms", "graph"} <= set(program):
        raise DatasetError(f"{folder / 'program.json'} is no program of this version; run 'comity build' again")
    return program


def load_checker(folder: Path, profile_bytes: int = PROFILE_BYTES) -> Checker:
    """Return the checker of a built dataset; ``profile_bytes`` as :class:`Checker` takes them. Raises :class:`DatasetError`."""
    checker = Checker(read_program(folder), profile_bytes)
    gc.collect()
    gc.freeze()  # the program stays for good; without this every full collection would walk through it
    return checker
