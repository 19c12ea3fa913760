"""Comity: an open legal knowledge graph for cross-border data flows, with a query API.

>>> from comity import dataset_folder, load_checker      # doctest: +SKIP
>>> load_checker(dataset_folder()).check(description)    # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.check.checker import Checker
    from comity.check.dataset import load_checker
    from comity.flow.problems import DescriptionError
    from comity.paths import dataset_folder

__all__ = ["Checker", "DescriptionError", "__version__", "dataset_folder", "load_checker"]
__version__ = "0.2.0"

_HOMES = {
    "Checker": "comity.check.checker",
    "DescriptionError": "comity.flow.problems",
    "dataset_folder": "comity.paths",
    "load_checker": "comity.check.dataset",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that the parts of the package load no more than they need."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
