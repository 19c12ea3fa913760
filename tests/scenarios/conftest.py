"""What the engine answers to every scenario, as the ledger keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.scenarios.flows import flow_name
from comity.scenarios.record import FlowName, Record

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def records(answers) -> dict[FlowName, Record]:
    """The record of the answer to each scenario."""
    return {flow_name(scenario, HERE): answered.record for scenario, answered in answers.all()}
