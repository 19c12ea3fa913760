"""Starting the server processes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import uvicorn

from comity.api.app import create_app
from comity.api.settings import Settings
from comity.manifest import read_dataset


def run(chosen: Mapping[str, Any]) -> None:
    """Serve until stopped. ``chosen`` are fields of :class:`Settings` that win over the environment.

    Raises :class:`comity.dataset.DatasetError` where there is no readable dataset and ``pydantic.ValidationError`` for a
    setting outside its bounds.
    """
    settings = Settings(**chosen)
    common: dict[str, Any] = {"host": settings.host, "port": settings.port, "access_log": settings.access_log, "server_header": False}
    if settings.workers == 1:
        uvicorn.run(create_app(settings), **common)
        return
    read_dataset(settings.dataset)  # a fault is told once, here, and not by every process for itself
    # Server processes make the application themselves and learn of the choices through the environment.
    os.environ.update({f"COMITY_{name.upper()}": str(value) for name, value in chosen.items()})
    uvicorn.run("comity.api.app:create_app", factory=True, workers=settings.workers, **common)
