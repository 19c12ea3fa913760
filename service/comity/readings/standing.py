"""How the readings stand to the norms as they are encoded now: made, stale, absent, or speaking of what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity.readings.digest import digest, holders
from comity.readings.record import FOLDER, Flaw, Reading, ReadingFile
from comity.spelling import nearest

__all__ = ["InstrumentReadings", "flaws", "stale", "table"]

Norm = Mapping[str, Any]


@dataclass(slots=True)
class InstrumentReadings:
    """The readings of an instrument in figures. ``how`` counts norms by what was read, ``stale`` and ``absent`` list norms."""

    instrument: str
    norms: int = 0
    read: int = 0
    elements: int = 0
    held: int = 0
    left: int = 0
    how: dict[str, int] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


def stale(reading: Reading, norm: Norm, classes: Mapping[str, Any]) -> bool:
    """Return whether the norm, or a class that holds one of its elements, has changed since it was read."""
    return reading.of != digest(norm, reading.held, classes)


def table(files: Iterable[ReadingFile], program: Mapping[str, Any]) -> list[InstrumentReadings]:
    """Return the readings by instrument, for every instrument with a weighed norm."""
    norms = {norm["id"]: norm for norm in program["norms"]}
    readings = {reading.norm: reading for file in files for reading in file.readings if reading.norm in norms}
    rows: dict[str, InstrumentReadings] = {}
    for name, norm in norms.items():
        row = rows.setdefault(norm["instrument"], InstrumentReadings(norm["instrument"]))
        row.norms += 1
        if name not in readings:
            row.absent.append(name)
            continue
        reading = readings[name]
        row.read += 1
        how = reading.text["how"]
        row.how[how] = row.how.get(how, 0) + 1
        row.elements += len(reading.elements)
        row.held += sum(bool(element.held) for element in reading.elements)
        row.left += sum(bool(element.left) for element in reading.elements)
        if stale(reading, norm, program["classes_compiled"]):
            row.stale.append(name)
    return [rows[name] for name in sorted(rows)]


def flaws(file: ReadingFile, root: Path, program: Mapping[str, Any]) -> Iterator[Flaw]:
    """Yield what is wrong with a file of readings beyond its form: unknown norms, the wrong file, holders that hold nothing."""
    norms = {norm["id"]: norm for norm in program["norms"]}
    for reading in file.readings:
        norm = norms.get(reading.norm)
        if norm is None:
            yield _unknown(reading, norms)
            continue
        if file.path != root / FOLDER / f"{norm['instrument']}.yaml":
            at = f"{FOLDER}/{norm['instrument']}.yaml"
            yield Flaw(
                reading.line,
                reading.norm,
                f"the reading stands in another file than {at}",
                "Move it there.",
                f"核读应位于 {at}",
                "移至该文件。",
            )
        known = holders(norm, norms, program["classes_compiled"])
        for element in reading.elements:
            for name in element.held:
                if name not in known:
                    yield _not_held(reading, name, element.line, known)


def _unknown(reading: Reading, norms: Mapping[str, Norm]) -> Flaw:
    near = nearest(reading.norm, norms)
    return Flaw(
        reading.line,
        reading.norm,
        "no weighed norm has this identifier",
        f"Did you mean {near[0]}?" if near else "Take the entry out, or correct the identifier.",
        "没有使用该标识符的参与判断的规范",
        f"是否指 {near[0]}？" if near else "删除该条，或更正标识符。",
    )


def _not_held(reading: Reading, name: str, line: int, known: set[str]) -> Flaw:
    near = nearest(name, known)
    hint, hint_zh = (f"Did you mean {near[0]}? ", f"是否指 {near[0]}？") if near else ("", "")
    return Flaw(
        line,
        reading.norm,
        f"an element is said to be held by {name}, on which the norm does not rest",
        f"{hint}Name a class, fact, exception, demand or dates of the norm, or say in left why nothing holds it.",
        f"称某要素由 {name} 承载，而该规范并不以其为据",
        f"{hint_zh}写明该规范所据的类、事实、例外、demand 或 dates，或者在 left 说明原因。",
    )
