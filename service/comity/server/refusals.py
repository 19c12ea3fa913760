"""What the server itself answers, before or in place of the application: problem documents, after which it hangs up."""

from __future__ import annotations

from http import HTTPStatus

from comity.http.problems import Problem
from comity.server.bounds import MAX_FIELDS


def malformed() -> Problem:
    """Return the answer to what is not HTTP."""
    return Problem(400, "Malformed request", "This is not a request of HTTP/1.1. Use an HTTP client, and http:// where no proxy does TLS.")


def head_too_slow(seconds: float) -> Problem:
    """Return the answer to a request whose head is not complete after ``seconds``."""
    return Problem(408, "Request Timeout", f"The head of the request was not complete after {seconds:g} s. Send the request at once.")


def body_too_slow(seconds: float) -> Problem:
    """Return the answer to a request whose body is not complete after ``seconds``."""
    return Problem(408, "Request Timeout", f"The body of the request was not complete after {seconds:g} s. Send it at once, or less of it.")


def head_too_large(limit: int) -> Problem:
    """Return the answer to a request whose head has more than ``limit`` bytes, or too many fields."""
    return Problem(
        431,
        "Request Header Fields Too Large",
        f"The head of the request has more than {limit} bytes or more than {MAX_FIELDS} fields. "
        "Send fewer or shorter ones; a long query goes into the body of a POST.",
        limit=limit,
    )


def no_connection_free(seconds: int) -> Problem:
    """As many connections as may be are open, each with a request under way."""
    detail = f"The service answers as many clients as it can. Try again in {seconds} s."
    return Problem(503, "Too many connections", detail, headers={"Retry-After": str(seconds)})


def too_many_unread(seconds: int) -> Problem:
    """Return the answer to a request that comes while unread answers hold all the memory that they may."""
    detail = f"Too many long answers wait to be read by their clients. Try again in {seconds} s, or ask for less at a time."
    return Problem(503, "Too many unread answers", detail, headers={"Retry-After": str(seconds)})


def as_bytes(problem: Problem) -> bytes:
    """Return ``problem`` as a whole HTTP response that ends the connection."""
    response = problem.response()
    fields = [*response.raw_headers, (b"connection", b"close")]
    head = b"".join(b"%s: %s\r\n" % field for field in fields)
    return b"HTTP/1.1 %d %s\r\n" % (problem.status, HTTPStatus(problem.status).phrase.encode()) + head + b"\r\n" + bytes(response.body)
