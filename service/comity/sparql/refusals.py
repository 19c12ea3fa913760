"""Every reason for which a query is not answered, as an HTTP status and a sentence with the remedy."""

from __future__ import annotations

from typing import Any

from comity.processes.failures import Cancelled, Failure, OutOfMemory, TimedOut, TooMany, Unavailable


class Refused(Exception):
    """A query that has no result. ``status`` is the HTTP status, ``extra`` what a problem document carries beside the sentence."""

    def __init__(self, status: int, title: str, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail
        self.extra = extra


def malformed(detail: str, **extra: Any) -> Refused:
    """Return the refusal of a text that is not a query."""
    return Refused(400, "Malformed query", detail, **extra)


def update() -> Refused:
    """Return the refusal of an update."""
    return Refused(
        400,
        "Updates are not accepted",
        "The query is an update, and this endpoint only reads. Ask with SELECT, ASK, CONSTRUCT or DESCRIBE; "
        "to change the graph, edit its Turtle sources and build.",
    )


def federation(line: int) -> Refused:
    """Return the refusal of a query that has a SERVICE pattern, at ``line``."""
    return Refused(
        400,
        "Federation is not accepted",
        f"The query calls another endpoint with SERVICE (line {line}); this endpoint calls nobody. "
        "Ask each endpoint on its own, or federate from your side.",
        line=line,
    )


def unknown_graph(graph: str, nearest: list[str]) -> Refused:
    """Return the refusal of a ``graph`` that the dataset does not have; ``nearest`` are those it has."""
    hint = f" The nearest are {', '.join(f'<{name}>' for name in nearest)}." if nearest else ""
    return Refused(
        400,
        "Unknown graph",
        f"The dataset holds no graph <{graph}>, and this endpoint loads none.{hint} A GET without a query lists the graphs.",
        graph=graph,
        nearest=nearest,
    )


def not_xml(what: str) -> Refused:
    """Return the refusal to write ``what``, which the result holds and XML cannot express."""
    return Refused(406, "Not Acceptable", f"The result holds {what}, so it cannot be written as XML. Ask for another format.")


def failed(error: Exception) -> Refused:
    """Return the refusal of a query that the store cannot evaluate: an ``OSError`` is its own fault, anything else the query's."""
    status = 500 if isinstance(error, OSError) else 400
    return Refused(status, "Query failed", f"The query cannot be evaluated: {error}.")


def too_large(limit: int) -> Refused:
    """Return the refusal of a result longer than ``limit`` bytes."""
    return Refused(
        422,
        "Result too large",
        f"The result is longer than {limit} bytes. Add LIMIT and OFFSET, or ask for fewer variables.",
        limit=limit,
    )


def out_of_memory() -> Refused:
    """Return the refusal of a query that needs more memory than it may have."""
    return Refused(
        422,
        "Query too expensive",
        "The query needs more memory than one query may use. Make its patterns more selective, or drop ORDER BY, DISTINCT or GROUP BY "
        "over large intermediate results.",
    )


def broke_down() -> Refused:
    """Return the refusal of a query that broke the process that ran it."""
    return Refused(
        422,
        "Query too expensive",
        "The process that ran the query broke down under it. Make the query shorter or nest it less.",
    )


def timed_out(seconds: float) -> Refused:
    """Return the refusal of a query that ran longer than ``seconds``."""
    return Refused(
        504,
        "Query timed out",
        f"The query ran longer than {seconds:g} s and was stopped. Make its patterns more selective or add LIMIT.",
        limit=seconds,
    )


def too_many(retry_after: int) -> Refused:
    """Return the refusal for a full queue, or after too long a wait in it."""
    return Refused(
        503,
        "Too many queries",
        f"All query processes are in use and others wait. Try again in {retry_after} s.",
        retryAfter=retry_after,
    )


def unavailable(detail: str) -> Refused:
    """Return the refusal where there is no process to run the query."""
    return Refused(503, "SPARQL is not available", detail, retryAfter=5)


def cancelled() -> Refused:
    """Return the refusal for a client that has gone away."""
    return Refused(499, "Client Closed Request", "The client went away before the query was answered.")


def of_failure(failure: Failure) -> Refused:
    """Return the refusal for a request that failed in the pool of processes."""
    if isinstance(failure, TimedOut):
        return timed_out(failure.seconds)
    if isinstance(failure, TooMany):
        return too_many(failure.seconds)
    if isinstance(failure, OutOfMemory):
        return out_of_memory()
    if isinstance(failure, Unavailable):
        return unavailable(str(failure))
    return cancelled() if isinstance(failure, Cancelled) else broke_down()
