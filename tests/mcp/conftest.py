"""A desk over the built sources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.api.settings import Settings
from comity.mcp.desk import Desk


@pytest.fixture(scope="session")
def desk(built: Path) -> Iterator[Desk]:
    """A desk that judges in a process of its own, as the command does."""
    desk = Desk(Settings(dataset=built, check_workers=1, check_timeout_seconds=60))
    desk.prepare()
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def flow(root: Path) -> dict:
    """A description of a flow that is lawful on conditions."""
    return json.loads((root / "examples" / "prompts-to-a-foreign-model.json").read_text("utf-8"))
