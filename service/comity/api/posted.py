"""The fields of a form that a page posts: bounded as a description is, and read strictly."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from comity.api import body
from comity.http.problems import Problem

__all__ = ["fields", "first"]

_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 2000


async def fields(request: Request, most_bytes: int) -> list[tuple[str, str]]:
    """Return the fields of a form in their order. Raises a :class:`Problem` for a body that is too large or no form."""
    kind = (request.headers.get("content-type") or "").split(";")[0].strip().lower()
    if kind != _FORM:
        raise Problem(415, "Unsupported Media Type", f"The body is sent as {kind[:80] or 'nothing'}; a form is sent as {_FORM}.")
    raw = await body.read(request, most_bytes)
    try:
        return parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except (ValueError, UnicodeError):
        text = f"The form cannot be read; it has more than {_MOST_FIELDS} fields, or text that is not UTF-8."
        raise Problem(400, "Malformed form", text) from None


def first(told: list[tuple[str, str]], name: str) -> str:
    """Return the value of the first field of a name; "" where there is none."""
    return next((value for key, value in told if key == name), "")
