"""Flows of the scenarios, with figures of their own, as files."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from comity.batch.command import Wanted, run_batch
from tests.shared import spread

Json = dict[str, Any]
FIGURES = ("persons", "devices", "count")


def with_figures(part: Any, figure: Callable[[int], int]) -> Any:
    """Return a flow with other numbers of people, devices and records."""
    if isinstance(part, list):
        return [with_figures(inner, figure) for inner in part]
    if not isinstance(part, dict):
        return part
    return {key: figure(value) if key in FIGURES and type(value) is int else with_figures(value, figure) for key, value in part.items()}


@pytest.fixture(scope="session")
def flows() -> list[Json]:
    """Flows of some scenarios, each several times with other figures and other days, mixed."""
    dice = random.Random(7)
    plain = [s.description for s in spread(24) if "variants" not in s.description]
    found = [
        with_figures(flow, lambda value: max(0, value + dice.choice((-1, 0, 1, 7, 999_999, -value)))) for flow in plain for _ in range(6)
    ]
    found += [{**flow, "asOf": f"2026-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"} for flow in plain for _ in range(2)]
    dice.shuffle(found)
    return found


@pytest.fixture
def run(checker):
    """Run a batch in this process and return its rows and its summary."""

    def running(out: Path, *files: Path, **more: Any) -> tuple[list[Json], Json]:
        wanted = Wanted(list(files), out, **{"workers": 0, **more})
        summary = run_batch(wanted, checker, lambda total, far: None, lambda far: None)
        return [orjson.loads(line) for line in out.read_bytes().splitlines()] if out.suffix == ".ndjson" else [], summary

    return running


def write_lines(path: Path, flows: list[Json]) -> Path:
    """Write flows on lines."""
    path.write_bytes(b"".join(orjson.dumps(flow) + b"\n" for flow in flows))
    return path


def write_parquet(path: Path, lines: Path) -> Path:
    """Write the lines of a file as one column of Parquet."""
    import duckdb

    run = duckdb.connect()
    run.execute("CREATE TABLE flows (flow VARCHAR)")
    run.executemany("INSERT INTO flows VALUES (?)", [[line] for line in lines.read_text(encoding="utf-8").splitlines()])
    run.execute(f"COPY flows TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    return path
