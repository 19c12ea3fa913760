"""An answer with a gap for each figure: what is said of every description of one profile, to be filled for each."""

from __future__ import annotations

from typing import Any

import orjson

from comity.flow.counting import Counting
from comity.law.program_text import Words
from comity.law.values import number_words, plain
from comity.logic.facts import Fact

__all__ = ["Gaps", "Template", "may_hold_gaps"]

_OPEN, _SHUT = "\ue000", "\ue001"  # characters of private use; a description that holds one is answered without a template
_FORMS = {"value": 0, "en": 1, "zh": 2}


def may_hold_gaps(canonical: bytes) -> bool:
    """Say whether gaps can be told from the text of a description."""
    return _OPEN.encode() not in canonical


class Gaps:
    """The gaps of an answer that becomes a template.

    ``numbers`` are the figures that the description states, by pointer; ``countings`` how the counts that were read rest on
    them. ``shown`` are the counts that the answer tells of, numbered after the stated figures. What was counted last holds of the
    description, what came before of one like it.
    """

    def __init__(self, numbers: dict[str, int], countings: dict[str, list[Counting]]) -> None:
        self._numbers = dict(numbers)
        self._countings = countings
        self.shown: list[Counting] = []

    def figure(self, fact: Fact) -> tuple[Any, Words] | None:
        """Return what stands for the value of a figure, and for its words; ``None`` for a fact that is no figure."""
        number = self._numbers.get(fact.pointer)
        if number is None:
            if fact.pointer not in self._countings:
                return None
            number = self._numbers[fact.pointer] = len(self._numbers)
            self.shown.append(self._countings[fact.pointer][-1])
        return f"{_OPEN}{number}:value{_SHUT}", {lang: f"{_OPEN}{number}:{lang}{_SHUT}" for lang in ("en", "zh")}


class Template:
    """The JSON text of an answer without its head, cut at its gaps."""

    __slots__ = ("_gaps", "_pieces", "size")

    def __init__(self, pieces: list[bytes], gaps: list[tuple[int, int, int]]) -> None:
        """``gaps`` have the place of a gap among the pieces, the number of its figure, and the form in which that stands there."""
        self._pieces = pieces
        self._gaps = gaps
        self.size = sum(map(len, pieces))

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Template:
        """Cut an answer whose figures are gaps."""
        first, *rest = orjson.dumps(answer).split(_OPEN.encode())
        pieces: list[bytes] = [first]
        gaps: list[tuple[int, int, int]] = []
        for piece in rest:
            name, _, after = piece.partition(_SHUT.encode())
            number, _, form = name.decode().partition(":")
            if form == "value":  # the quotation marks around it belong to the gap
                pieces[-1], after = pieces[-1][:-1], after[1:]
            gaps.append((len(pieces), int(number), _FORMS[form]))
            pieces += [b"", after]
        pieces[0] = b"," + pieces[0][1:]  # what comes before is the head, less its closing brace
        return cls(pieces, gaps)

    def packed(self) -> tuple[dict[str, Any], bytes]:
        """Return the same as plain JSON and bytes."""
        return {"gaps": self._gaps, "lengths": [len(piece) for piece in self._pieces]}, b"".join(self._pieces)

    @classmethod
    def unpacked(cls, header: dict[str, Any], body: bytes) -> Template:
        """Return what :meth:`packed` packed."""
        pieces, start = [], 0
        for length in header["lengths"]:
            pieces.append(body[start : start + length])
            start += length
        return cls(pieces, [(place, number, form) for place, number, form in header["gaps"]])

    def fill(self, head: bytes, figures: list[Any]) -> bytes:
        """Return the whole text: ``head`` is a JSON object; the figures are stated values, or bounds, by their numbers."""
        words: dict[int, tuple[bytes, bytes, bytes]] = {}
        pieces = self._pieces.copy()
        for place, number, form in self._gaps:
            told = words.get(number)
            if told is None:
                value = plain(figures[number])
                said = number_words(value)
                told = words[number] = (orjson.dumps(value), said["en"].encode(), said["zh"].encode())
            pieces[place] = told[form]
        return b"".join((head[:-1], *pieces))
