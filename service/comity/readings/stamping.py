"""Writing the digest of what was read into an entry, without touching another line of the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from comity.readings.digest import digest
from comity.readings.record import ReadingFile

__all__ = ["stamped"]

_TOP = re.compile(r"^[^\s#]")
_OF = re.compile(r"^  of:.*$")


def stamped(file: ReadingFile, wanted: Collection[str], program: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return the text of the file with ``of`` written anew for the ``wanted`` norms, and the norms of which it changed."""
    norms = {norm["id"]: norm for norm in program["norms"]}
    lines = file.path.read_text(encoding="utf-8").splitlines()
    changed = []
    for reading in sorted(file.readings, key=lambda reading: -reading.line):
        if reading.norm not in wanted or reading.norm not in norms:
            continue
        now = digest(norms[reading.norm], reading.held, program["classes_compiled"])
        if now == reading.of:
            continue
        start = reading.line
        end = next((number for number in range(start, len(lines)) if _TOP.match(lines[number])), len(lines))
        while end > start and not lines[end - 1].strip():
            end -= 1
        body = [line for line in lines[start:end] if not _OF.match(line)]
        lines[start:end] = [*body, f"  of: {now}"]
        changed.append(reading.norm)
    return "\n".join(lines) + "\n", sorted(changed)
