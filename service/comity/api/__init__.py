"""The HTTP face of Comity: it translates requests and answers, and decides nothing.

``create_app`` and ``Settings`` are imported when first asked for, so that the rooms beside this one can use its problem
documents without loading the whole application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.api.app import create_app
    from comity.api.settings import Settings

__all__ = ["Settings", "create_app"]


def __getattr__(name: str) -> Any:
    if name == "create_app":
        from comity.api.app import create_app

        return create_app
    if name == "Settings":
        from comity.api.settings import Settings

        return Settings
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
