"""The graph of exceptions: which norm defeats which; it must have no cycle, or no norm in it would be decided."""

from __future__ import annotations

from graphlib import CycleError as _Cycle
from graphlib import TopologicalSorter
from typing import Any

__all__ = ["CycleError", "refuse_cycles"]


class CycleError(ValueError):
    """Norms that are exceptions to each other in a circle; names them in order."""


def refuse_cycles(norms: list[dict[str, Any]]) -> None:
    """Raise :class:`CycleError` if following exceptions leads back to where it began."""
    sorter = TopologicalSorter({norm["id"]: norm["exceptions"] for norm in norms})
    try:
        sorter.prepare()
    except _Cycle as fault:
        ring = " → ".join(fault.args[1])
        raise CycleError(f"exceptions lead in a circle: {ring}; remove one c:exceptionTo among them") from None
