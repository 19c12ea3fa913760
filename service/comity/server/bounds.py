"""What a client may take: time, bytes and connections."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

log = logging.getLogger("comity.server")

# A head of many tiny fields takes a hundred times its size in memory.
MAX_FIELDS = 128
# Requests that a client may send on one connection before the first of them is answered.
MAX_PIPELINED = 16


@dataclass(frozen=True)
class Bounds:
    """The bounds of one server process.

    A client has ``head_seconds`` for the head of a request, from the connection or the first byte on, and ``body_seconds`` for
    the body; it may stop reading an answer for ``write_seconds``, and has to have read all of it ``response_seconds`` after its
    beginning. ``head_bytes`` bounds the head and, again, what surrounds a body in chunks. ``connections`` may be open at once.
    """

    head_seconds: float
    body_seconds: float
    write_seconds: float
    response_seconds: float
    head_bytes: int
    connections: int

    @property
    def look_seconds(self) -> float:
        """Return how often a connection is looked at: no bound is passed by more than a quarter, or one second."""
        return min(1.0, min(self.head_seconds, self.body_seconds, self.write_seconds, self.response_seconds) / 4)


def within_descriptors(bounds: Bounds, reserve: int) -> Bounds:
    """Return ``bounds`` with no more connections than this process may have descriptors, ``reserve`` of which are for other things.

    Raises the process's soft limit where the hard one allows it, and warns where that is not enough. Processes started later
    inherit the limit.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return bounds
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = bounds.connections + reserve
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return bounds
    allowed = max(1, soft - reserve)
    log.warning(
        "only %d of %d connections are allowed at once: this process may open %d files; raise that limit (ulimit -n, LimitNOFILE=)",
        allowed,
        bounds.connections,
        soft,
    )
    return replace(bounds, connections=allowed)
