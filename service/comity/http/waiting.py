"""Waiting for what a process works out, no longer than the client does."""

from __future__ import annotations

import asyncio

from fastapi import Request

from comity.processes.failures import Cancelled
from comity.processes.runs import Result, Run

__all__ = ["while_connected"]


async def while_connected(request: Request, run: Run[Result]) -> Result:
    """Return the result of ``run``, which is stopped as soon as the client hangs up or the server gives the request up.

    Raises what the run raises, and :class:`Cancelled` where nobody is left to be answered.
    """
    result = asyncio.wrap_future(run.future)
    gone = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait((result, gone), return_when=asyncio.FIRST_COMPLETED)
        if not result.done():
            raise Cancelled
        return result.result()
    finally:
        gone.cancel()
        if not result.done():
            run.cancel()
            # Its result is no longer wanted; read it, or asyncio logs that it was never retrieved.
            result.add_done_callback(lambda done: done.cancelled() or done.exception())


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
