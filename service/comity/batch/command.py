"""``comity batch``: a whole job, from the files to the summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import orjson

from comity.batch.blocks import BatchStopped, Source
from comity.batch.describing import Describer
from comity.batch.grouping import Grouper
from comity.batch.inputs import identities, opened
from comity.batch.job import Job, Names
from comity.batch.judging import Judge
from comity.batch.mapping import Mapping
from comity.batch.profiles import Bases
from comity.batch.rows import Rows, columns
from comity.batch.running import Progress, Running, Sizer
from comity.batch.shapes import Shaper
from comity.batch.summary import counts_of_profiles, rows_in, summed
from comity.batch.words import places_by_name
from comity.batch.workers import Workers, usual_number
from comity.check.checker import Ask, Checker

__all__ = ["Wanted", "run_batch"]


@dataclass(frozen=True)
class Wanted:
    """What a batch is to do: the files, the output, the day or the span of days, and how it goes about it."""

    files: Sequence[Path]
    out: Path
    on: date | None = None
    span: tuple[date, date] | None = None
    scope: str = "flow"
    plans: bool = False
    mapping: Path | None = None
    resume: bool = False
    force: bool = False
    workers: int | None = None
    block: int | None = None


def run_batch(wanted: Wanted, checker: Checker, began: Callable[[int, Progress], None], tell: Callable[[Progress], None]) -> dict[str, Any]:
    """Run a batch to its end and return its summary.

    ``began`` is told the size of the files and how far an earlier run came, ``tell`` how far the batch is. Raises
    :class:`BatchStopped` where it cannot begin or go on; what is done then is kept.
    """
    names = Names(wanted.out)
    mapping = Mapping.read(wanted.mapping) if wanted.mapping else None
    names.check(wanted.files)
    settings = {
        "files": identities(wanted.files),
        "law": checker.program.data["graph"]["digest"],
        "day": wanted.on,
        "span": wanted.span,
        "scope": wanted.scope,
        "plans": wanted.plans,
        "mapping": mapping.digest if mapping else None,
    }
    ask = Ask.of("summary", wanted.scope, wanted.plans)
    describer = Describer(wanted.span[0] if wanted.span else wanted.on)
    with Job(names, settings, wanted.resume, wanted.force) as job:
        if job.is_done:
            return _summary_of(names)
        workers = Workers(Judge(checker, ask, describer, wanted.span), usual_number() if wanted.workers is None else wanted.workers)
        try:
            connection = _connection()
            places = places_by_name(checker.program.data["placeLabels"], checker.schema.place_names)
            sources = [opened(path, connection, checker.schema, mapping, not describer.has_day, places) for path in wanted.files]
            return _run(wanted, checker, job, sources, connection, workers, ask, describer, began, tell)
        finally:
            workers.close()


def _run(
    wanted: Wanted,
    checker: Checker,
    job: Job,
    sources: list[Source],
    connection: Any,
    workers: Workers,
    ask: Ask,
    describer: Describer,
    began: Callable[[int, Progress], None],
    tell: Callable[[Progress], None],
) -> dict[str, Any]:
    start = perf_counter()
    bases = Bases(checker.profiles.thresholds)
    shaper = Shaper(connection.cursor(), checker.profiles.figure_keys)
    named = columns(wanted.span is not None, len(sources) > 1)
    rows = Rows(list(named), [str(path) for path in wanted.files], job.names.form == "ndjson")
    running = Running(job, sources, shaper, Grouper(checker, ask, describer, bases), bases, workers, rows)
    running.recall()
    began(sum(source.total for source in sources), running.progress)
    before, spent = running.records, float(job.kept.get("seconds", 0.0))
    kept = {"seconds": spent}

    def keep() -> dict[str, Any]:
        kept["seconds"] = spent + perf_counter() - start
        return kept

    running.run(Sizer(wanted.block), keep, tell)
    written = rows_in(job.part("rows"), job.names.form, named)
    flows, faults = counts_of_profiles(connection, written)
    head = {"records": running.records, "notRead": running.faults, "graph": checker.program.data["graph"]}
    seconds = perf_counter() - start
    head |= {"seconds": round(spent + seconds, 3), "perSecond": round((running.records - before) / max(seconds, 0.001))}
    summary = {**head, **summed(job.profiles(), flows, checker.program), "faults": faults}
    if running.reports:
        summary["mapping"] = [{"file": str(wanted.files[int(file)]), **report} for file, report in running.reports.items()]
    final = job.part("rows")
    if job.names.form == "parquet":
        final = job.names.folder / "rows.parquet"
        connection.execute(f"COPY (SELECT * FROM {written}) TO '{final}' (FORMAT parquet)")
    job.finish(final, orjson.dumps(summary, option=orjson.OPT_INDENT_2) + b"\n")
    return summary


def _summary_of(names: Names) -> dict[str, Any]:
    try:
        found: dict[str, Any] = orjson.loads(names.summary.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        raise BatchStopped(f"{names.out} is done already, but {names.summary} cannot be read; begin anew with --force") from None
    return found


def _connection() -> Any:
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = true")
    return connection
