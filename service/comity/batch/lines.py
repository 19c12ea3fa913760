"""Flows on lines: one description in JSON on each (NDJSON)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from comity.batch.blocks import Block, Place, Sizes

__all__ = ["Lines"]

_MOST_BYTES = 1_048_576  # of one description, as everywhere
_USUAL_BYTES = 800  # of a line, until the file says otherwise
_HALF = "the file ends in the middle of this line: it is half-written"
_MARK = b"\xef\xbb\xbf"


class Lines:
    """A file of lines."""

    gaps = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self.total = path.stat().st_size

    def recall(self, report: dict[str, Any]) -> None:
        """Nothing of such a file is mapped."""

    def blocks(self, file: int, start: Place, sizes: Sizes) -> Iterator[Block]:
        """Yield the lines from a place on, whole lines only; what follows the last line break is a line as well."""
        number, usual = start.record, _USUAL_BYTES
        with self._path.open("rb") as read:
            read.seek(start.byte)
            rest = b""
            left = self.total - start.byte
            while left > 0 or rest:
                data = rest + read.read(min(left, sizes() * usual))
                left = max(0, self.total - read.tell())
                cut = data.rfind(b"\n") + 1 if left else len(data)
                if cut == 0:
                    rest = data
                    continue
                whole, rest = data[:cut], data[cut:]
                *lines, last = whole.split(b"\n")
                if last:
                    lines.append(last)
                usual = max(1, cut // len(lines))
                block = self._block(file, number, lines, cut, read.tell() - len(rest))
                yield _told_half_written(block) if last else block
                number += len(lines)

    def _block(self, file: int, first: int, lines: list[bytes], size: int, byte: int) -> Block:
        if first == 1 and lines[0].startswith(_MARK):
            lines[0] = lines[0][len(_MARK) :]
        numbers, texts = [], []
        faults: dict[int, str] = {}
        for number, line in enumerate(lines, start=first):
            if len(line) > _MOST_BYTES:
                faults[number] = f"the line has {len(line):,} bytes; a description has at most {_MOST_BYTES:,}"
                continue
            try:
                text = line.decode()
            except UnicodeDecodeError as fault:
                faults[number] = f"the line is not UTF-8: byte 0x{line[fault.start]:02x} at {fault.start + 1}"
                continue
            if not text or text.isspace():
                faults[number] = "the line is empty"
                continue
            numbers.append(number)
            texts.append(text)
        return Block(file, first, len(lines), faults, numbers, texts, "", size, Place(file, first + len(lines), byte))


def _told_half_written(block: Block) -> Block:
    """Return a block whose last line has no end, with the fault of that line if it is no JSON either."""
    if block.texts and block.numbers[-1] == block.after.record - 1:
        try:
            orjson.loads(block.texts[-1])
        except orjson.JSONDecodeError:
            faults = {**block.faults, block.numbers[-1]: _HALF}
            return block._replace(numbers=block.numbers[:-1], texts=block.texts[:-1], faults=faults)
    return block
