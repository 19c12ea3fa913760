"""The file and the line in which a thing is described, for those who have to mend it."""

from __future__ import annotations

import re
from functools import cache

from comity.rdf.load import Sources

__all__ = ["Lines"]


class Lines:
    """Finds where things stand in parsed sources; a file is read again only when a line in it is asked for."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._read = cache(self._numbered)

    def line(self, path: str, iri: str) -> int | None:
        """Return the line of a file that begins the description of ``iri``, else the first that names it, else None."""
        if not path or not iri:
            return None
        prefixes, lines = self._read(path)
        names = {f"<{iri}>"} | {f"{prefix}:{iri.removeprefix(namespace)}" for prefix, namespace in prefixes if iri.startswith(namespace)}
        begins = [(line[0].isspace(), number) for number, line in lines if line.split(maxsplit=1)[0] in names]
        return min(begins)[1] if begins else next((number for number, line in lines if any(name in line for name in names)), None)

    def place(self, iri: str) -> str:
        """Return ``path line 12`` of the description of ``iri``; empty where no file describes it."""
        path = self._sources.file_of(iri) or ""
        line = self.line(path, iri)
        return f"{path} line {line}" if line else path

    def _numbered(self, path: str) -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
        """Return the prefixes of a file and its lines that are not empty, with their numbers."""
        text = (self._sources.root / path).read_text(encoding="utf-8")
        prefixes = re.findall(r"(?im)^\s*@?prefix\s+(\S*):\s+<([^>]*)>", text)
        numbered = ((number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip())
        return prefixes, [(number, line) for number, line in numbered if not line.lower().lstrip().startswith(("@prefix", "prefix"))]
