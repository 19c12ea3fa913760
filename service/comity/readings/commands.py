"""``comity readings``: the table of readings, and the stamp on those that were just compared."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from comity.compile.program import compile_program
from comity.law.program_text import ProgramText
from comity.rdf.load import load_sources
from comity.readings.record import HOW, read_readings
from comity.readings.stamping import stamped
from comity.readings.standing import InstrumentReadings, table
from comity.spelling import nearest

__all__ = ["UnknownReading", "stamp_readings", "tell_readings"]

_WIDTH = 110
"""Cells that the figures take; a narrower terminal breaks the lines."""
_COLUMNS = ("norms", "read", *HOW, "elements", "held", "left", "absent", "stale")


class UnknownReading(ValueError):
    """A name under which no reading stands."""


def tell_readings(root: Path, *, as_json: bool) -> None:
    """Print the readings by instrument. Raises `TurtleError` and `CompileError`."""
    rows = table(read_readings(root), _program(root))
    if as_json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return
    shown = Table(*(Column(name, no_wrap=name != _COLUMNS[-1]) for name in ("instrument", *_COLUMNS)), box=None)
    for row in [*rows, _sum(rows)]:
        figures = (row.norms, row.read, *(row.how.get(how, 0) for how in HOW), row.elements, row.held, row.left)
        shown.add_row(row.instrument, *map(str, figures), str(len(row.absent)), " ".join(row.stale))
    console = Console()
    Console(width=max(_WIDTH, console.width)).print(shown)


def stamp_readings(root: Path, names: list[str], err: Console) -> None:
    """Write the digest of what was read into the readings named by norm or instrument.

    Raises `UnknownReading` where a name has none, `TurtleError` and `CompileError` where the sources cannot be read.
    """
    program, files = _program(root), read_readings(root)
    instruments = {norm["id"]: norm["instrument"] for norm in program["norms"]}
    known = {reading.norm for file in files for reading in file.readings}
    known |= {instruments[name] for name in known if name in instruments}
    for name in names:
        if name not in known:
            near = nearest(name, known)
            raise UnknownReading(f"no reading of {name} in data/readings" + (f"; did you mean {near[0]}?" if near else ""))
    for file in files:
        wanted = {r.norm for r in file.readings if r.norm in names or instruments.get(r.norm) in names}
        text, changed = stamped(file, wanted, program)
        if changed:
            file.path.write_text(text, encoding="utf-8")
            err.print(f"{file.path}: stamped {', '.join(changed)}", highlight=False, markup=False, soft_wrap=True)


def _program(root: Path) -> ProgramText:
    return compile_program(load_sources(root).graph())


def _sum(rows: list[InstrumentReadings]) -> InstrumentReadings:
    total = InstrumentReadings("total")
    for row in rows:
        for name in ("norms", "read", "elements", "held", "left"):
            setattr(total, name, getattr(total, name) + getattr(row, name))
        for how, number in row.how.items():
            total.how[how] = total.how.get(how, 0) + number
        total.absent += row.absent
    return total
