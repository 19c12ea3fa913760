"""What goes wrong with a question to the service, as exceptions that carry what the service said."""

from __future__ import annotations

from typing import Any

__all__ = ["Busy", "ClientError", "NotFound", "Refused", "ServiceError", "Unreachable", "service_error"]

Json = dict[str, Any]


class ClientError(Exception):
    """Any fault of a question to the service."""


class Unreachable(ClientError):
    """The service could not be reached in time, or what answered is no service of Comity."""


class ServiceError(ClientError):
    """The service answered with a problem (RFC 9457).

    ``problem`` is the whole document, ``status`` the number, ``title`` the kind, ``detail`` what happened and what to do, ``errors``
    the places at fault, each with ``pointer``, ``message`` (``en``, ``zh``) and the ``nearest`` valid values.
    """

    def __init__(self, problem: Json, retry_after: float | None = None) -> None:
        self.problem = problem
        self.status = int(problem.get("status", 0))
        self.title = str(problem.get("title", ""))
        self.detail = str(problem.get("detail", ""))
        self.errors: list[Json] = [*problem.get("errors", ())]
        self.retry_after = retry_after
        super().__init__(f"{self.status} {self.title}: {self.detail}")

    @property
    def nearest(self) -> list[str]:
        """Return the nearest valid values of all places at fault, each once."""
        found = [*self.problem.get("nearest", ()), *(value for each in self.errors for value in each.get("nearest", ()))]
        return [*dict.fromkeys(map(str, found))]


class Refused(ServiceError):
    """The question is at fault: a wrong word, a malformed or too large description (400, 406, 413, 415, 422)."""


class NotFound(ServiceError):
    """The graph holds nothing of that name, or the service has no such address (404, 405)."""


class Busy(ServiceError):
    """The service has too much to do, or the check took too long (429, 503); ``retry_after`` says in how many seconds to try again."""


_KINDS: dict[int, type[ServiceError]] = {404: NotFound, 405: NotFound, 429: Busy, 503: Busy}


def service_error(problem: Json, retry_after: str | None = None) -> ServiceError:
    """Return the exception for a problem document; ``retry_after`` is the header of that name."""
    status = int(problem.get("status", 0))
    kind = _KINDS.get(status, Refused if status // 100 == 4 else ServiceError)
    seconds = float(retry_after) if retry_after and retry_after.replace(".", "", 1).isdecimal() else None
    return kind(problem, seconds)
