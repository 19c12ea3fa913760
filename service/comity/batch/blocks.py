"""What a file of flows is read as: blocks of records, each record with its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

__all__ = ["BatchStopped", "Block", "Place", "Sizes", "Source"]


class BatchStopped(ValueError):
    """A batch that cannot begin or go on; says why, and what to do."""


class Place(NamedTuple):
    """How far the files are read: the file, the number of its next record, and the byte at which that begins, where it has one."""

    file: int = 0
    record: int = 1
    byte: int = 0


class Block(NamedTuple):
    """Some records of one file.

    ``texts`` are the descriptions by their ``numbers``; where DuckDB itself reads them, ``query`` says how instead, with columns ``nr``
    and ``flow``. A record that cannot be read is in ``faults``. ``size`` is what the block adds to the progress, ``after`` where the next
    begins, ``report`` what up to its end could not be mapped.
    """

    file: int
    first: int
    length: int
    faults: dict[int, str]
    numbers: list[int]
    texts: list[str]
    query: str
    size: int
    after: Place
    report: dict[str, Any] | None = None


Sizes = Callable[[], int]
"""Says how many records the next block should have."""


class Source(Protocol):
    """One file of flows.

    ``total`` is its size as the progress counts it; ``gaps`` says that ``null`` in a flow means that nothing was stated.
    """

    total: int
    gaps: bool

    def recall(self, report: dict[str, Any]) -> None:
        """Take up the report of the last block that an earlier run of the same job finished."""

    def blocks(self, file: int, start: Place, sizes: Sizes) -> Iterator[Block]:
        """Yield the blocks of the file from a place on."""
