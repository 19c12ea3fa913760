"""Second readings as ``comity validate`` tells of them: entries with faults, norms without a reading, readings gone stale."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from comity.curate.reading_words import words_unread
from comity.law.program_text import ProgramText
from comity.rdf.fault import Fault
from comity.readings.record import FOLDER, Flaw, Reading, ReadingFile, read_readings
from comity.readings.standing import flaws, table

__all__ = ["reading_faults"]

_SHOWN = 8
_WITHOUT_TEXT = ("secondary", "none")


def reading_faults(root: Path, program: ProgramText, definitions: Mapping[str, str], encoded: Collection[str]) -> Iterator[Fault]:
    """Yield a fault for each flaw in ``data/readings/`` and for each norm that claims more than its reading saw.

    Readings that lack words of their norm, and instruments with absent or stale readings, are warnings. ``definitions`` has the words
    of each norm in English, by its identifier; ``encoded`` are the norms that are said to be encoded from the official text.
    """
    files = read_readings(root)
    for file in files:
        for flaw in (*file.flaws, *flaws(file, root, program)):
            yield _fault(file, flaw, root)
        for reading in file.readings:
            if reading.text["how"] in _WITHOUT_TEXT and reading.norm in encoded:
                yield _claims_more(file, reading, root)
            if unread := words_unread(reading, definitions.get(reading.norm, "")):
                yield _words_unread(file, reading, unread, root)
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


def _claims_more(file: ReadingFile, reading: Reading, root: Path) -> Fault:
    return Fault(
        file.path.relative_to(root).as_posix(),
        reading.norm,
        "the norm is said to be encoded from the official text, which its second reading could not compare",
        "Mark the norm as c:review-unverified, or read it in the official text or a copy of it.",
        "该规范标为依官方文本编码，但第二次核读未能比对该文本",
        "将该规范标为 c:review-unverified，或者依官方文本或其副本核读。",
        line=reading.line,
        rule="reading-claims",
    )


def _words_unread(file: ReadingFile, reading: Reading, unread: list[str], root: Path) -> Fault:
    return Fault(
        file.path.relative_to(root).as_posix(),
        reading.norm,
        f"no element has these words of the norm: {_some(unread)}",
        "Read the text again: add the element that they belong to, or correct the words of the norm.",
        f"没有要素含有该规范的下列用语：{_some(unread)}",
        "重新核读文本：补充其所属的要素，或者更正规范的表述。",
        line=reading.line,
        rule="reading-words",
        level="warning",
    )


def _fault(file: ReadingFile, flaw: Flaw, root: Path) -> Fault:
    path = file.path.relative_to(root).as_posix()
    texts = flaw.message, flaw.remedy, flaw.message_zh, flaw.remedy_zh
    return Fault(path, flaw.norm, *texts, line=flaw.line, rule="reading")


def _some(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
