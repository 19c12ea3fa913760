"""A batch from Parquet and from lines: a log of a thousand profiles whose figures all differ, and one whose profiles all differ."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import orjson

from bench.flows import Flow, with_other_figures
from comity.batch.command import Wanted, run_batch
from comity.check.checker import Checker

__all__ = ["measure", "write_log"]

Figure = tuple[str, float, str]
PROFILES = 1_000
RECORDS = 1_000_000
ALL_DIFFER = 2_000
_BEYOND = 10**8  # figures are raised by at least so many, so that those of one flow stay between the same thresholds


def measure(checker: Checker, flows: list[Flow], folder: Path, records: int = RECORDS, differing: int = ALL_DIFFER) -> Iterator[Figure]:
    """Yield flows a second of whole jobs, reading, judging, writing and the summary included, and seconds of processor time a million."""
    known = [flow for flow in flows if with_other_figures(flow, 1) != flow and _has_profile(checker, flow)][:PROFILES]
    lines = write_log(folder / "log.ndjson", known, records)
    columns = _as_parquet(lines, folder / "log.parquet")
    print(f"batch: {records} records of {lines.stat().st_size / records:.0f} bytes on {os.cpu_count()} cores", file=sys.stderr)
    for name, path in (("parquet", columns), ("lines", lines)):
        began, spent = perf_counter(), _processor_time()
        marks: list[tuple[float, int, int]] = []
        summary = run_batch(
            Wanted([path], folder / f"{name}.ndjson", force=True),
            checker,
            _silent,
            lambda far, marks=marks: marks.append((perf_counter(), far.records, far.profiles)),
        )
        seconds = perf_counter() - began
        assert (summary["records"], summary["notRead"]) == (records, 0)
        yield f"batch_{name}_per_second", records / seconds, "flows/s"
        yield f"batch_{name}_processor_seconds_per_million", (_processor_time() - spent) / records * 1e6, "s"
        yield f"batch_{name}_profiles", summary["profiles"], "profiles"
        seen = next(mark for mark in marks if mark[2] == marks[-1][2])  # from here on nothing is judged
        if marks[-1][1] > seen[1]:
            yield f"batch_{name}_seen_per_second", (marks[-1][1] - seen[1]) / (marks[-1][0] - seen[0]), "flows/s"
    path = folder / "differing.ndjson"
    named = [{**flow, "id": f"flow {number}"} for number, flow in enumerate(_cycled(known, differing))]
    path.write_bytes(b"".join(orjson.dumps(flow) + b"\n" for flow in named))
    began = perf_counter()
    run_batch(Wanted([path], folder / "differing.verdicts.ndjson", force=True), checker, _silent, _silent)
    yield "batch_all_differ_per_second", differing / (perf_counter() - began), "flows/s"


def write_log(path: Path, flows: list[Flow], records: int) -> Path:
    """Write a log of flows in any order, no two of one flow with the same figures."""
    dice = random.Random(1)
    with path.open("wb") as log:
        for number in range(records):
            log.write(orjson.dumps(with_other_figures(flows[dice.randrange(len(flows))], _BEYOND + number)) + b"\n")
    return path


def _as_parquet(lines: Path, path: Path) -> Path:
    run = duckdb.connect()
    read = f"read_csv('{lines}', header = false, delim = chr(1), quote = '', escape = '', columns = {{'flow': 'VARCHAR'}})"
    run.execute(f"COPY (SELECT flow FROM {read}) TO '{path}' (FORMAT parquet)".replace("chr(1)", "'\x01'"))
    return path


def _has_profile(checker: Checker, flow: Flow) -> bool:
    return "variants" not in flow and checker.question(flow).asked is not None


def _cycled(flows: list[Flow], number: int) -> list[Flow]:
    return [flows[place % len(flows)] for place in range(number)]


def _processor_time() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _silent(*_: Any) -> None:
    """Tell nobody how far it is."""
