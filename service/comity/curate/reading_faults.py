"""Second readings as ``comity validate`` tells of them: entries with faults, norms without a reading, readings gone stale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from comity.law.program_text import ProgramText
from comity.rdf.fault import Fault
from comity.readings.record import FOLDER, Flaw, ReadingFile, read_readings
from comity.readings.standing import flaws, table

__all__ = ["reading_faults"]

_SHOWN = 8


def reading_faults(root: Path, program: ProgramText) -> Iterator[Fault]:
    """Yield a fault for each flaw in ``data/readings/``, and a warning for each instrument with absent or stale readings."""
    files = read_readings(root)
    for file in files:
        for flaw in (*file.flaws, *flaws(file, root, program)):
            yield _fault(file, flaw, root)
    for row in table(files, program):
        path = f"{FOLDER}/{row.instrument}.yaml"
        if row.absent:
            yield Fault(
                path if (root / path).is_file() else "",
                row.instrument,
                f"{len(row.absent)} of {row.norms} norms have no second reading: {_some(row.absent)}",
                f"Let somebody who did not encode them list the elements of their texts in {path}.",
                f"{row.norms} 个规范中有 {len(row.absent)} 个没有第二次核读：{_some(row.absent)}",
                f"由非编码者在 {path} 列出其文本的要素。",
                rule="reading-absent",
                level="warning",
            )
        if row.stale:
            yield Fault(
                path,
                row.instrument,
                f"{len(row.stale)} readings are stale, since the norms have changed: {_some(row.stale)}",
                "Compare the elements with the norms again, then run comity readings --stamp with their identifiers.",
                f"{len(row.stale)} 条核读已过时，因规范已改动：{_some(row.stale)}",
                "重新比对要素与规范，再以其标识符运行 comity readings --stamp。",
                rule="reading-stale",
                level="warning",
            )


def _fault(file: ReadingFile, flaw: Flaw, root: Path) -> Fault:
    path = file.path.relative_to(root).as_posix()
    texts = flaw.message, flaw.remedy, flaw.message_zh, flaw.remedy_zh
    return Fault(path, flaw.norm, *texts, line=flaw.line, rule="reading")


def _some(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
