"""Addresses on this service with their questions, in the language that the reader chose."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

__all__ = ["Links"]


class Links:
    """Makes the links of one page. ``asked`` is what the page was asked; ``lang`` is kept in every link where it is given."""

    def __init__(self, root: str, path: str, asked: Mapping[str, str], lang: str = "") -> None:
        self.root, self.path, self.asked, self.lang = root, path, dict(asked), lang

    @property
    def here(self) -> str:
        """Return the address of this page without its question."""
        return f"{self.root}{quote(self.path)}"

    def to(self, path: str, /, **asked: str | None) -> str:
        """Return the address of ``path`` with the parts of a question; those that are empty are left out.

        >>> Links("", "/", {}, "zh").to("/a b", day="2026-01-31", kind="")
        '/a%20b?day=2026-01-31&lang=zh'
        """
        told = {name: value for name, value in {**asked, "lang": asked.get("lang") or self.lang}.items() if value}
        return f"{self.root}{quote(path)}" + (f"?{urlencode(told)}" if told else "")

    def again(self, /, **changed: str | None) -> str:
        """Return the address of this page with a part of its question changed; ``None`` takes the part out."""
        return self.to(self.path, **{**self.asked, **changed})
