"""The files of the SPARQL editor, which the installation fetches: whether they are there, and what each is."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["EDITOR_FILES", "has_editor", "vendored"]

EDITOR_FILES = {"yasgui.min.js": "text/javascript", "yasgui.min.css": "text/css", "LICENSE-yasgui.txt": "text/plain; charset=utf-8"}


def vendored(name: str) -> bytes | None:
    """Return the content of a file of the editor; nothing where it is not installed."""
    place = files("comity.web") / "static" / "vendor" / name
    return place.read_bytes() if name in EDITOR_FILES and place.is_file() else None


def has_editor() -> bool:
    """Return whether the editor is installed; without it the page is a plain form."""
    folder = files("comity.web") / "static" / "vendor"
    return all((folder / name).is_file() for name in ("yasgui.min.js", "yasgui.min.css"))
