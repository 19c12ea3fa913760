"""One checker serves many threads: what the first of them compile, all of them use."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from comity.check.checker import Checker
from tests.shared import spread

THREADS = 8
FLOWS = [scenario.description for scenario in spread(8)]


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns a hundred times as often as usual, so that they meet in the middle of things."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 100)
    yield
    sys.setswitchinterval(usual)


def test_threads_that_meet_on_a_fresh_checker_get_the_answers_of_a_warmed_one(program, checker, hurried):
    wanted = [checker.check_json(flow) for flow in FLOWS]
    for _ in range(2):
        fresh, start = Checker(program, profile_bytes=0), Barrier(THREADS)

        def answers(first: int, fresh: Checker = fresh, start: Barrier = start) -> list[bytes]:
            order = FLOWS[first:] + FLOWS[:first]
            start.wait()
            found = [fresh.check_json(flow) for flow in order]
            return found[len(FLOWS) - first :] + found[: len(FLOWS) - first]

        with ThreadPoolExecutor(THREADS) as threads:
            for found in threads.map(answers, range(THREADS)):
                assert found == wanted
        assert [fresh.check_json(flow) for flow in FLOWS] == wanted, "what is kept for later is as good"
