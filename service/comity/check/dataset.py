"""The built dataset as a checker."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import cast

import orjson

from comity.check.checker import PROFILE_BYTES, Checker
from comity.law.program_text import ProgramText
from comity.manifest import DatasetError, read_dataset, remedy

__all__ = ["DatasetError", "load_checker", "program_of", "read_program"]


def program_of(content: bytes, folder: Path) -> ProgramText:
    """Return the program that *content* of a dataset in *folder* is. Raises :class:`DatasetError`."""
    try:
        program = orjson.loads(content)
    except orjson.JSONDecodeError:
        program = None
    if not isinstance(program, dict) or "graph" not in program:
        raise DatasetError(f"{folder / 'program.json'} is no program; {remedy(folder)}")
    return cast(ProgramText, program)


def read_program(folder: Path) -> ProgramText:
    """Return the compiled program of a built dataset, all of which is checked. Raises :class:`DatasetError`."""
    _, content = read_dataset(folder, "program.json")
    return program_of(content["program.json"], folder)


def load_checker(folder: Path, profile_bytes: int = PROFILE_BYTES, sha256: str | None = None) -> Checker:
    """Return the checker of a built dataset, all of which is checked; ``profile_bytes`` as :class:`Checker` takes them.

    ``sha256`` is that of the program with which a service started, in a process that joins it. Raises :class:`DatasetError`.
    """
    manifest, content = read_dataset(folder, "program.json")
    if sha256 is not None and manifest.files["program.json"].sha256 != sha256:
        raise DatasetError(f"the dataset in {folder} was replaced after this service had started, which must then start anew")
    program = program_of(content["program.json"], folder)
    if not {"schema", "norms"} <= set(program):
        raise DatasetError(f"{folder / 'program.json'} is no program of this version; {remedy(folder)}")
    try:
        checker = Checker(program, profile_bytes)
    except KeyError as missing:
        raise DatasetError(f"{folder / 'program.json'} lacks {missing}: another version of comity made it; {remedy(folder)}") from None
    gc.collect()
    gc.freeze()  # the program stays for good; without this every full collection would walk through it
    return checker
