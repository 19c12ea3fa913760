"""Days are kept for the next question, and not for ever; threads share them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from tests.recognition.world import DAY, row, world


def test_a_day_is_kept_and_the_one_longest_unasked_is_forgotten():
    service = world(row("A", "XX", "YY"))
    first = service.on(DAY)
    for number in range(1, 40):
        service.on(DAY + timedelta(days=number))
        assert service.on(DAY) is first
    assert service.on(DAY + timedelta(days=39)) is service.on(DAY + timedelta(days=39))
    assert len(service._days) == 32


def test_threads_get_the_same_answers():
    service = world(row("A", "XX", "YY"), row("B", "YY", "XX", until="2025-06-10"))
    days = [DAY + timedelta(days=number % 20) for number in range(400)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda day: service.pair("XX", "YY", day)["mutual"], days))
    assert found == ["mutual" if (day - DAY).days < 8 else "one-way" for day in days]
