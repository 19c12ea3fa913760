"""The built dataset as a checker."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import orjson

from comity.check import Checker
from comity.manifest import DatasetError, read_dataset, remedy

__all__ = ["DatasetError", "load_checker", "program_of", "read_program"]


def program_of(content: bytes, folder: Path) -> dict[str, Any]:
    """Return the program that *content* of a dataset in *folder* is. Raises :class:`DatasetError`."""
    try:
        program = orjson.loads(content)
    except orjson.JSONDecodeError:
        program = None
    if not isinstance(program, dict) or "graph" not in program:
        raise DatasetError(f"{folder / 'program.json'} is no program; {remedy(folder)}")
    return program


def read_program(folder: Path) -> dict[str, Any]:
    """Return the compiled program of a built dataset, all of which is checked. Raises :class:`DatasetError`."""
    _, content = read_dataset(folder, "program.json")
    return program_of(content["program.json"], folder)


def load_checker(folder: Path) -> Checker:
    """Return the checker of a built dataset, all of which is checked. Raises :class:`DatasetError`."""
    program = read_program(folder)
    if not {"schema", "norms"} <= set(program):
        raise DatasetError(f"{folder / 'program.json'} is no program of this version; {remedy(folder)}")
    checker = Checker(program)
    gc.collect()
    gc.freeze()  # the program stays for good; without this every full collection would walk through it
    return checker
