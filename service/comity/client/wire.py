"""Requests over HTTP: a connection that is kept, JSON in and out, problems as exceptions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Lock
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from comity.client.faults import Unreachable, service_error

__all__ = ["Wire"]

_PROBLEM = "application/problem+json"
_LONGEST = 256 * 1024 * 1024  # bytes of an answer


class Wire:
    """One connection to the service at ``base``; threads take turns. ``timeout`` is in seconds, for each step of a request."""

    def __init__(self, base: str, timeout: float) -> None:
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{base!r} is no address of a service; write it as http://127.0.0.1:8000")
        self._secure, self._host, self._port = parts.scheme == "https", parts.hostname, parts.port
        self._root = parts.path.rstrip("/")
        self._timeout = timeout
        self._lock = Lock()
        self._connection: HTTPConnection | None = None

    def close(self) -> None:
        """Close the connection; the next request opens another one."""
        with self._lock:
            self._drop()

    def ask(self, path: str, asked: Mapping[str, Any] | None = None, body: Any = None, accept: str = "application/json") -> bytes:
        """Return what the service answers to a path with a query; ``body`` is sent as JSON. Raises a :class:`ClientError`."""
        told = {name: _text(value) for name, value in (asked or {}).items() if value is not None}
        target = self._root + quote(path, safe="/:@!$&'()*+,;=-._~%?") + (f"?{urlencode(told)}" if told else "")
        return self.follow(target, body, accept)

    def follow(self, target: str, body: Any = None, accept: str = "application/json") -> bytes:
        """Return what the service answers to a whole target, such as the next page that it has named."""
        headers = {"Accept": accept, "User-Agent": "comity-client"}
        sent = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        if sent is not None:
            headers["Content-Type"] = "application/json"
        with self._lock:
            response, content = self._sent("GET" if sent is None else "POST", target, sent, headers)
        if response.status >= 400:
            raise self._problem(response, content)
        return content

    def _sent(self, method: str, target: str, body: bytes | None, headers: dict[str, str]) -> tuple[HTTPResponse, bytes]:
        """Send a request; a kept connection that the service has closed meanwhile is opened anew, once."""
        for kept in (self._connection is not None, False):
            if self._connection is None:
                maker = HTTPSConnection if self._secure else HTTPConnection
                self._connection = maker(self._host, self._port, timeout=self._timeout)
            try:
                self._connection.request(method, target, body, headers)
                response = self._connection.getresponse()
                content = response.read(_LONGEST + 1)
            except TimeoutError:
                self._drop()
                raise Unreachable(f"{self._host} did not answer within {self._timeout:g} s") from None
            except (OSError, HTTPException) as fault:
                self._drop()
                if not kept:
                    raise Unreachable(f"{self._host} cannot be reached: {fault or type(fault).__name__}") from None
                continue
            if len(content) > _LONGEST:
                self._drop()
                raise Unreachable(f"the answer of {self._host} has more than {_LONGEST} bytes")
            if response.will_close:
                self._drop()
            return response, content
        raise AssertionError("the second try answers or raises")

    def _problem(self, response: HTTPResponse, content: bytes) -> Exception:
        if (response.headers.get_content_type()) == _PROBLEM:
            try:
                problem = json.loads(content)
            except ValueError:
                problem = None
            if isinstance(problem, dict):
                return service_error({"status": response.status, **problem}, response.headers.get("Retry-After"))
        return Unreachable(f"{self._host} answered {response.status} {response.reason}, which is no answer of Comity")

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _text(value: Any) -> str:
    """Return a value as a query has it: days as ISO days, several joined by commas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ",".join(map(_text, value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
