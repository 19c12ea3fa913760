"""The most expensive descriptions that are read at all, sent to a service: seconds, and megabytes of answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from bench.served import served
from comity.flow.budget import MOST_WORK

__all__ = ["measure"]

DAY = {"asOf": "2026-09-30"}


def candidates() -> dict[str, dict[str, Any]]:
    """Return descriptions that use the whole budget, each in another way; what says least asks for most."""
    parties = [{"id": f"p{number}"} for number in range(500)]

    def items(count: int) -> list[dict[str, Any]]:
        return [{"persons": number} for number in range(count)]

    return {
        "legs": {"legs": [{}] * (MOST_WORK // 3)},
        "items": {"dataItems": items(MOST_WORK - 3)},
        "legs with items": {"legs": [{"dataItems": items(8)} for _ in range(MOST_WORK // 10)]},
        "legs with parties": {"parties": parties, "legs": [{}] * (MOST_WORK // 23)},
        "lists": {"grounds": [{} for _ in range(500)], "measureSets": [{} for _ in range(500)], "certifications": []},
    }


def measure(dataset: Path) -> Iterator[tuple[str, float, str]]:
    """Yield the seconds and megabytes of the worst of the candidates, each the middle of three, and the slowest health meanwhile."""
    worst, longest, slowest = 0.0, 0.0, 0.0
    with served(dataset) as service:
        for facts in candidates().values():
            body, found = orjson.dumps({**DAY, **facts}), []
            for _ in range(3):
                with service.watched() as health:
                    status, length, seconds = service.ask("POST", "/v1/conflict-check", body)
                slowest = max(slowest, health[0])
                if status == 200:
                    found.append(seconds)
                    longest = max(longest, length / 1e6)
            if found:
                worst = max(worst, sorted(found)[len(found) // 2])
    yield "worst_request_ms", worst * 1000, "ms"
    yield "worst_request_mb", longest, "MB"
    yield "worst_healthz_ms", slowest, "ms"
