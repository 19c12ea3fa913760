"""A page as a browser or a reading aid takes it apart: headings, fields and their labels, tables, links, names of parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["PageText", "read_page"]


@dataclass
class PageText(HTMLParser):
    """What was found in a page, in the order of the page."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    fields: list[dict[str, str]] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    heads: list[dict[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    pictures: list[dict[str, str]] = field(default_factory=list)
    lang: str = ""
    _open: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if "id" in told:
            self.ids.append(told["id"])
        if tag in ("script", "style") or "style" in told or any(name.startswith("on") for name in told):
            self.inline.append(tag)
        match tag:
            case "html":
                self.lang = told["lang"]
            case "h1" | "h2" | "h3" | "h4":
                self._open = int(tag[1])
                self.headings.append((self._open, ""))
            case "a":
                self.links.append(told.get("href", ""))
            case "input" | "select" | "textarea":
                if told.get("type") != "hidden":
                    self.fields.append(told)
            case "label":
                self.labelled.add(told["for"])
            case "th":
                self.heads.append(told)
            case "svg" | "img":
                self.pictures.append({"tag": tag, **told})

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "h2", "h3", "h4"):
            self._open = 0

    def handle_data(self, data: str) -> None:
        if self._open:
            level, text = self.headings[-1]
            self.headings[-1] = level, text + data


def read_page(text: str) -> PageText:
    """Return what stands in the page ``text``."""
    page = PageText()
    page.feed(text)
    return page
