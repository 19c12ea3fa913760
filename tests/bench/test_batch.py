"""The bench of batches measures what it says, on a small log."""

from __future__ import annotations

from bench import batch
from tests.shared import spread


def test_a_small_log_is_measured(checker, tmp_path):
    flows = [scenario.description for scenario in spread(40)]
    figures = {name: value for name, value, _ in batch.measure(checker, flows, tmp_path, records=200, differing=5)}
    assert figures["batch_parquet_profiles"] == figures["batch_lines_profiles"] <= len(flows)
    assert all(value > 0 for value in figures.values())
    assert {"batch_parquet_per_second", "batch_lines_per_second", "batch_all_differ_per_second"} <= figures.keys()
