"""Pictures of who recognises whom: places as boxes one below the other, with an arrow and its word between them.

A picture is a list of shapes with their coordinates; the template writes them as SVG. It is narrow, so that its text can be read on a
small screen, and says everything in words, so that it can be read without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Arrow", "Box", "Picture", "chain", "pair"]

_WIDTH, _BOX, _STEP, _MARGIN = 320, 40, 84, 6
_WIDE_LETTERS, _LETTERS = 15, 34
_FIRST_WIDE = 0x2E80  # where the letters begin that are as wide as they are high


@dataclass(frozen=True, slots=True)
class Box:
    """A place: its name, cut where it is too long for the box, and the whole name."""

    y: int
    text: str
    whole: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from one height to another at ``x``, its word beside it, whether it is drawn broken, and the points of its head."""

    x: int
    start: int
    end: int
    text: str
    text_x: int
    text_y: int
    anchor: str
    broken: bool
    head: str


@dataclass(slots=True)
class Picture:
    """Boxes and arrows, with the size of the whole and what it shows in a sentence."""

    says: str
    height: int
    width: int = _WIDTH
    box: int = _BOX
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)


def chain(names: Sequence[str], words: Sequence[str], says: str) -> Picture:
    """Return the picture of a way: the places in their order, with a word on each arrow between two of them."""
    picture = _boxes(names, says)
    for number, word in enumerate(words):
        top = _MARGIN + number * _STEP + _BOX
        picture.arrows.append(_arrow(40, top, top + _STEP - _BOX, word, 54, broken=False))
    return picture


def pair(names: tuple[str, str], there: tuple[str, bool], back: tuple[str, bool], says: str) -> Picture:
    """Return the picture of two sides: an arrow each way with a word, drawn broken where the way is not open."""
    picture = _boxes(names, says)
    top, bottom = _MARGIN + _BOX, _MARGIN + _STEP
    picture.arrows.append(_arrow(30, top, bottom, there[0], 42, broken=not there[1]))
    picture.arrows.append(_arrow(_WIDTH - 30, bottom, top, back[0], _WIDTH - 42, broken=not back[1], anchor="end"))
    return picture


def _boxes(names: Sequence[str], says: str) -> Picture:
    picture = Picture(says, 2 * _MARGIN + (len(names) - 1) * _STEP + _BOX)
    picture.boxes = [Box(_MARGIN + number * _STEP, _cut(name), name) for number, name in enumerate(names)]
    return picture


def _arrow(x: int, start: int, end: int, text: str, text_x: int, *, broken: bool, anchor: str = "start") -> Arrow:
    back = -9 if end > start else 9
    head = f"{x},{end} {x - 6},{end + back} {x + 6},{end + back}"
    middle = (start + end) // 2
    # The words of two arrows stand at two heights, so that they do not meet in the middle.
    height = middle + 4 if anchor == "start" and x > 30 else middle - 4 if anchor == "start" else middle + 15
    return Arrow(x, start, end + back // 2, text, text_x, height, anchor, broken, head)


def _cut(text: str) -> str:
    width = 0.0
    for number, letter in enumerate(text):
        width += 1 / _WIDE_LETTERS if ord(letter) >= _FIRST_WIDE else 1 / _LETTERS
        if width > 1:
            return text[: number - 1] + "…"
    return text
