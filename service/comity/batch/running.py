"""A batch from the first record to the last: blocks are read, grouped, judged where they are new, and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
import orjson

from comity.batch.blocks import BatchStopped, Block, Place, Source
from comity.batch.grouping import Group, Grouper, Single
from comity.batch.job import Job
from comity.batch.profiles import Base, Bases, Found
from comity.batch.rows import Rows
from comity.batch.shapes import Shape, Shaped, Shaper
from comity.batch.workers import Workers
from comity.flow.counting import Counting

__all__ = ["Progress", "Running", "Sizer"]

_BEGIN, _LEAST, _MOST = 250, 200, 131_072  # records of a block
_SECONDS = 4.0  # that a block should take, so that little is done again after an end from outside


class Progress(NamedTuple):
    """How far a batch is: how much in the units of its sources, records and profiles so far, and records in fault."""

    done: int
    records: int
    profiles: int
    faults: int


class Sizer:
    """Says how long the next block should be, by how long the last one took."""

    def __init__(self, fixed: int | None = None) -> None:
        self._fixed = fixed
        self._size = _BEGIN

    def __call__(self) -> int:
        return self._fixed or self._size

    def took(self, records: int, seconds: float) -> None:
        """Note how long a block took."""
        wanted = records * _SECONDS / max(seconds, 0.001)
        self._size = int(min(max(wanted, self._size / 4, _LEAST), self._size * 8, _MOST))


class _New(NamedTuple):
    """A flow to be judged for its base: its number, text and figures."""

    number: int
    text: str
    group: Group


class Running:
    """Runs one batch."""

    def __init__(
        self, job: Job, sources: Sequence[Source], shaper: Shaper, grouper: Grouper, bases: Bases, workers: Workers, rows: Rows
    ) -> None:
        self._job, self._sources, self._shaper, self._grouper = job, sources, shaper, grouper
        self._bases, self._workers, self._rows = bases, workers, rows
        self._count = 0
        self.records = int(job.kept.get("records", 0))
        self.faults = int(job.kept.get("faults", 0))
        self.reports: dict[str, Any] = dict(job.kept.get("reports", {}))

    @property
    def progress(self) -> Progress:
        """How far the job was when it was last written down."""
        return Progress(int(self._job.kept.get("done", 0)), self.records, self._count, self.faults)

    def recall(self) -> None:
        """Take up what an earlier run of the job found, or begin."""
        if self._job.began_anew:
            self._job.write("rows", self._rows.head())
            return
        for file, report in self.reports.items():
            self._sources[int(file)].recall(report)
        for noted in self._job.profiles():
            place = len(self._bases.found)
            self._bases.found.append(Found(noted["profile"], noted["told"], None))
            countings = {pointer: [Counting.of(each) for each in taken] for pointer, taken in noted["countings"].items()}
            self._bases.base(bytes.fromhex(noted["base"])).put(place, countings, noted["cells"])
            self._count += 1

    def run(self, sizer: Sizer, keep: Callable[[], dict[str, Any]], tell: Callable[[Progress], None]) -> None:
        """Read and judge to the end; ``keep`` returns what else has to be known to go on. Raises :class:`BatchStopped`."""
        began, done = perf_counter(), int(self._job.kept.get("done", 0))

        def judged(profiles: int) -> None:
            tell(Progress(done, self.records, self._count + profiles, self.faults))

        for block, shaped in self._ahead(sizer):
            file = block.file
            self._block(block, shaped, judged)
            done += block.size
            if block.report:
                self.reports[str(file)] = block.report
            counted = {"records": self.records, "faults": self.faults, "done": done, "reports": self.reports}
            self._job.reached(block.after, {**counted, **keep()})
            sizer.took(block.length, perf_counter() - began)
            began = perf_counter()
            tell(Progress(done, self.records, self._count, self.faults))

    def _blocks(self, sizer: Sizer) -> Iterator[Block]:
        start = self._job.place
        for file in range(start.file, len(self._sources)):
            yield from self._sources[file].blocks(file, start if file == start.file else Place(file), sizer)

    def _ahead(self, sizer: Sizer) -> Iterator[tuple[Block, Shaped]]:
        """Yield the blocks with their shapes; while one is dealt with, DuckDB is at work on the next."""
        import duckdb

        blocks = self._blocks(sizer)

        def following() -> tuple[Block, Shaped] | None:
            block = next(blocks, None)
            return None if block is None else (block, self._shaper.shape(block))

        with ThreadPoolExecutor(1) as thread:
            waiting = thread.submit(following)
            while True:
                try:
                    found = waiting.result()
                except duckdb.Error as fault:
                    raise BatchStopped(f"a file cannot be read on: {str(fault).splitlines()[0]}") from None
                if found is None:
                    return
                waiting = thread.submit(following)
                yield found

    def _block(self, block: Block, shaped: Shaped, told: Callable[[int], None]) -> None:
        gaps = self._sources[block.file].gaps
        faults = dict(block.faults)
        found = np.full(len(shaped.numbers), -1, np.int64)
        groups = []
        for part in self._grouper.groups(shaped, gaps):
            if isinstance(part, Single):
                faults[int(shaped.numbers[part.place])] = part.fault
            else:
                groups.append(part)
        fresh = len(self._bases.found)
        notes: list[dict[str, Any]] = []
        while groups:
            groups, new = self._matched(groups, found, shaped)
            self._judged(block, new, found, gaps, notes, told)
        self._number(fresh, notes)
        places = np.full(block.length, -1, np.int64)
        places[shaped.numbers - block.first] = found
        self.faults += self._missing(block, places, faults, found)
        self.records += block.length
        self._job.write("rows", self._rows.text(block.file, block.first, places.tolist(), faults, self._bases.found))

    def _matched(self, groups: list[Group], found: Any, shaped: Shaped) -> tuple[list[Group], dict[int, tuple[Base, _New]]]:
        """Give flows what was found of others; return the groups with flows that are left, and of each base the first of these."""
        rest: list[Group] = []
        new: dict[int, tuple[Base, _New]] = {}
        for group in groups:
            places = group.base.match(group.figures, len(group.places))
            known = places >= 0
            found[group.places[known]] = places[known]
            known |= found[group.places] >= 0  # judged itself
            if known.all():
                continue
            left = group.some(np.flatnonzero(~known))
            rest.append(left)
            first = int(np.argmin(left.places))
            number = int(shaped.numbers[left.places[first]])
            if id(group.base) not in new or number < new[id(group.base)][1].number:
                new[id(group.base)] = group.base, _New(number, _text(left, first, shaped), left.some(np.array([first])))
        return rest, new

    def _judged(
        self,
        block: Block,
        new: dict[int, tuple[Base, _New]],
        found: Any,
        gaps: bool,
        notes: list[dict[str, Any]],
        told: Callable[[int], None],
    ) -> None:
        waiting = sorted(new.values(), key=lambda each: each[1].number)
        before = len(notes)
        judgements = self._workers.judge([(one.text, gaps) for _, one in waiting], lambda number: told(before + number))
        for (base, one), judged in zip(waiting, judgements):
            place = len(self._bases.found)
            cells = base.add(place, judged.countings, one.group.figures)
            self._bases.found.append(Found(None, judged.told, judged.fault))
            found[one.group.places[0]] = place
            notes.append(
                {"place": place, "line": one.number, "file": block.file, "base": base.digest.hex(), "cells": cells, "judged": judged}
            )

    def _number(self, fresh: int, notes: list[dict[str, Any]]) -> None:
        """Number the profiles that a block brought by the first flow of each, and write what was found of them."""
        for note in sorted(notes, key=lambda note: int(note["line"])):
            judged, place = note["judged"], note["place"]
            if judged.fault is not None:
                continue
            number = self._count
            self._count += 1
            self._bases.found[place] = self._bases.found[place]._replace(number=number)
            shared = {"profile": number, "file": note["file"], "line": note["line"]}
            noted = {**shared, "base": note["base"], "cells": note["cells"], "told": judged.told, "counted": judged.counted}
            noted["countings"] = {pointer: [tuple(count) for count in taken] for pointer, taken in judged.countings.items()}
            self._job.write("profiles", orjson.dumps(noted) + b"\n")
            told = {key: value for key, value in shared.items() if key != "file" or len(self._sources) > 1}
            self._job.write("answers", orjson.dumps({**told, **judged.told})[:-1] + b',"answer":' + judged.answer + b"}\n")

    def _missing(self, block: Block, places: Any, faults: dict[int, str], found: Any) -> int:
        """Say of records of which nothing is known that there was none, and return how many of the block are in fault."""
        for place in np.flatnonzero(places < 0).tolist():
            faults.setdefault(block.first + place, "there is no flow in this row")
        judged = np.unique(found[found >= 0], return_counts=True)
        return int((places < 0).sum()) + sum(int(n) for place, n in zip(*judged) if self._bases.found[int(place)].fault is not None)


def _text(group: Group, row: int, shaped: Shaped) -> str:
    shape: Shape | None = group.shape
    if shape is None:
        return group.text
    place = int(group.places[row])
    return shape.filled([int(column[place]) for column in shaped.values[: len(shape.keys)]])
