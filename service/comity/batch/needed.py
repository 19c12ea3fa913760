"""What a batch needs beside the service: it is installed with ``comity[batch]``."""

from __future__ import annotations

from importlib.util import find_spec

from comity.batch.blocks import BatchStopped

__all__ = ["needed"]


def needed() -> None:
    """Raise :class:`BatchStopped` where something is not installed."""
    lacking = [told for name, told in (("duckdb", "DuckDB"), ("numpy", "NumPy")) if find_spec(name) is None]
    if lacking:
        raise BatchStopped(f"a batch needs {' and '.join(lacking)}, not installed here: pip install 'comity[batch]'")
