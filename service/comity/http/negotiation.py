"""Which representation and which language a client asked for."""

from __future__ import annotations

from collections.abc import Sequence

from comity.http.languages import LANGUAGES
from comity.http.problems import Problem


def _preferences(header: str) -> list[tuple[str, float]]:
    """Return ``header`` as (value, quality), in the order written; parts that cannot be read are left out."""
    wanted = []
    for part in header.split(","):
        value, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = min(max(float(parameter[2:]), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        if value:
            wanted.append((value, quality))
    return wanted


def media_type(accept: str | None, offered: Sequence[str]) -> str:
    """Return the best of ``offered`` for an ``Accept`` header; the first where the client has no wish.

    The most specific range that matches a type gives its quality (RFC 9110 §12.5.1). Raises a 406 :class:`Problem` that
    lists ``offered`` where nothing fits.
    """
    if not accept or accept == "*/*":
        return offered[0]
    wanted = _preferences(accept)
    best, best_quality = "", 0.0
    for candidate in offered:
        quality, specificity = 0.0, -1
        for pattern, q in wanted:
            if pattern == candidate:
                rank = 2
            elif pattern.endswith("/*") and candidate.startswith(pattern[:-1]):
                rank = 1
            elif pattern == "*/*":
                rank = 0
            else:
                continue
            if rank > specificity:
                quality, specificity = q, rank
        if quality > best_quality:
            best, best_quality = candidate, quality
    if not best:
        raise Problem(
            406,
            "Not Acceptable",
            f"None of the formats asked for ({accept[:200]}) is offered here. Ask for one of: {', '.join(offered)}.",
            offered=list(offered),
        )
    return best


def language(lang: str | None, accept_language: str | None = None) -> str:
    """Return ``lang`` where it is given, else the better of en and zh for an ``Accept-Language`` header, else en.

    Raises a 422 :class:`Problem` for a ``lang`` that the service does not speak.
    """
    if lang is not None:
        return checked_language(lang)
    best, best_quality = LANGUAGES[0], 0.0
    for tag, quality in _preferences(accept_language or ""):
        primary = tag.split("-")[0]
        if primary in LANGUAGES and quality > best_quality:
            best, best_quality = primary, quality
    return best


def checked_language(lang: str) -> str:
    """Return ``lang`` if it is one that the service speaks; otherwise a 422 :class:`Problem`."""
    if lang not in LANGUAGES:
        raise Problem(
            422, "Invalid parameter", f"lang is {lang[:40]!r}; the service speaks {' and '.join(LANGUAGES)}.", nearest=list(LANGUAGES)
        )
    return lang
