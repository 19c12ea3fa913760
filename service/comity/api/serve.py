"""Starting the server processes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import uvicorn

from comity.api.app import create_app
from comity.api.settings import Settings
from comity.manifest import read_dataset
from comity.server.bounds import Bounds, within_descriptors
from comity.server.protocol import BoundedProtocols

# Open files that are no connections: the dataset's, the log's, sockets to processes, and some to spare.
_OTHER_FILES, _FILES_PER_WORKER = 48, 4


def run(chosen: Mapping[str, Any]) -> None:
    """Serve until stopped. ``chosen`` are fields of :class:`Settings` that win over the environment.

    Raises :class:`comity.check.dataset.DatasetError` where there is no readable dataset and ``pydantic.ValidationError`` for a
    setting outside its bounds.
    """
    settings = Settings(**chosen)
    if settings.workers == 1:
        uvicorn.run(create_app(settings), **server_options(settings))
        return
    read_dataset(settings.dataset)  # a fault is told once, here, and not by every process for itself
    # Server processes make the application themselves and learn of the choices through the environment.
    os.environ.update({f"COMITY_{name.upper()}": str(value) for name, value in chosen.items()})
    uvicorn.run("comity.api.app:create_app", factory=True, workers=settings.workers, **server_options(settings))


def server_options(settings: Settings) -> dict[str, Any]:
    """Return what uvicorn is told besides the application. Raises this process's limit of open files if more are needed."""
    processes = settings.sparql_workers + settings.check_workers
    bounds = Bounds(
        head_seconds=settings.head_timeout_seconds,
        body_seconds=settings.body_timeout_seconds,
        write_seconds=settings.write_timeout_seconds,
        response_seconds=settings.response_timeout_seconds,
        head_bytes=settings.max_head_bytes,
        connections=settings.max_connections,
    )
    return {
        "host": settings.host,
        "port": settings.port,
        "access_log": settings.access_log,
        "server_header": False,
        "http": BoundedProtocols(within_descriptors(bounds, _OTHER_FILES + _FILES_PER_WORKER * processes)),
        # There are no websockets here, and one would be a connection that no bound holds.
        "ws": "none",
    }
