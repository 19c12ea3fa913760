"""Why a request to a pool of processes has no answer; who offers the pool puts it into the words of its own protocol."""

from __future__ import annotations

__all__ = ["BrokeDown", "Cancelled", "Failure", "OutOfMemory", "TimedOut", "TooMany", "Unavailable"]


class Failure(Exception):
    """A request that was not answered."""


class TimedOut(Failure):
    """It ran longer than ``seconds`` and was stopped."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"stopped after {seconds:g} s")
        self.seconds = seconds


class OutOfMemory(Failure):
    """It needed more memory than one request may use."""


class BrokeDown(Failure):
    """The process that worked on it did not survive it."""


class TooMany(Failure):
    """The queue is full, or it waited there for too long; it may come again after ``seconds``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"try again in {seconds} s")
        self.seconds = seconds


class Unavailable(Failure):
    """There is no process to work on it; the message says why."""


class Cancelled(Failure):
    """Nobody waits for the answer any more."""
