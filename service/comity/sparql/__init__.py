"""The public SPARQL 1.1 endpoint: protocol, guard and worker processes; and the project's own queries, run here or on another server.

``router(pool)`` gives the routes, ``workers.WorkerPool`` the processes, ``local`` and ``remote`` run trusted queries. Nothing is imported
before it is asked for: a worker process imports this package and must stay small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import APIRouter

    from comity.sparql.asked import Page
    from comity.sparql.workers import WorkerPool

__all__ = ["router"]


def router(pool: WorkerPool, *, max_query_bytes: int = 64 * 1024, page: Page | None = None) -> APIRouter:
    """Return the routes of the endpoint, to be included with a prefix such as ``/sparql``. The caller closes ``pool``.

    ``page`` answers a browser, which asks for HTML; without it HTML is not offered. A query text longer than ``max_query_bytes``
    gets a 413. All errors are raised as :class:`comity.http.problems.Problem`.
    """
    from comity.sparql.protocol import routes

    return routes(pool, max_query_bytes, page)
