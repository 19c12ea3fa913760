"""Text in lines of a width, for pictures, in which nothing else breaks lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

__all__ = ["wrapped"]

_CLOSING = "，。；：、）》”！？"  # begins no line
_WIDE = ("W", "F")
_NARROW = 0.58  # of the width of a wide character


def wrapped(text: str, most: float) -> list[str]:
    """Return a text in lines of a width, counted in wide characters."""
    lines, line, width = [], "", 0.0
    for piece in _pieces(text, most):
        if line and width + _size(piece) > most:
            lines.append(line.rstrip())
            line, width = "", 0.0
        piece_here = piece if line else piece.lstrip()
        line, width = line + piece_here, width + _size(piece_here)
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, most: float) -> Iterator[str]:
    """Yield the pieces between which a line may end; one that is longer than a line is cut."""
    for word in _words(text):
        rest = word
        while _size(rest) > most:
            cut = max(1, int(most / max(_width(letter) for letter in rest)))
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _size(text: str) -> float:
    return sum(_width(letter) for letter in text)


def _words(text: str) -> list[str]:
    """Return a text in pieces between which a line may end: words with the blank before them, and wide characters one by one."""
    pieces: list[str] = []
    for letter in text:
        if pieces and letter in _CLOSING:
            pieces[-1] += letter
        elif letter.isspace() or _width(letter) == 1 or not pieces or _width(pieces[-1][-1]) == 1:
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def _width(letter: str) -> float:
    return 1 if unicodedata.east_asian_width(letter) in _WIDE else _NARROW
