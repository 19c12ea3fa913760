"""What the engine answers to every scenario, once for each process."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.scenarios.flows import flows_of, records_of
from comity.scenarios.record import FlowName, Record
from tests.shared import all_scenarios

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def records(checker) -> dict[FlowName, Record]:
    """The record of the answer to each scenario."""
    return records_of(checker, flows_of(list(all_scenarios()), HERE))
