"""Servers for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.server.serving import BOUNDS, Running, Serve, start


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server; arguments are fields of :class:`Bounds`, and ``most_bytes`` of unread answers."""
    ending = []

    def starting(*, most_bytes: int = 1 << 30, **bounds: float) -> Running:
        running, end = start(replace(BOUNDS, **bounds), most_bytes)  # type: ignore[arg-type]
        ending.append(end)
        return running

    yield starting
    for end in ending:
        end()
