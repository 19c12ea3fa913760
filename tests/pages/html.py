"""A page as its tests read it: elements in their order, with what they are labelled by."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """An element: its name, attributes, the elements around it, and the text in it."""

    name: str
    attributes: dict[str, str]
    around: list[Element]
    pieces: list[str] = field(default_factory=list)  # the text of the whole page
    begin: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        return "".join(self.pieces[self.begin : self.end])

    def inside(self, name: str) -> bool:
        return any(each.name == name for each in self.around)


class Page(HTMLParser):
    """The elements of a page. Raises ``AssertionError`` for elements that are not closed as they were opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self._pieces: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open, [each.name for each in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        here = len(self._pieces)
        element = Element(tag, {key: value or "" for key, value in attrs}, list(self._open), self._pieces, here, here)
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {key: value or "" for key, value in attrs}, list(self._open)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1].name == tag, f"</{tag}> closes {self._open[-1].name if self._open else 'nothing'}"
        self._open.pop().end = len(self._pieces)

    def handle_data(self, data: str) -> None:
        self._pieces.append(data)

    def all(self, name: str) -> list[Element]:
        return [each for each in self.elements if each.name == name]

    def unlabelled(self) -> list[Element]:
        """Inputs that have no label."""
        named = {label.attributes.get("for") for label in self.all("label")}
        fields = [each for name in ("input", "select", "textarea") for each in self.all(name) if each.attributes.get("type") != "hidden"]
        return [each for each in fields if not (each.attributes.get("id") in named or each.inside("label"))]

    def faults(self) -> list[str]:
        """What stands against the page: headings that skip a level, ids that stand twice, inputs without labels, inline style or script."""
        found = [f"no label: {each.attributes}" for each in self.unlabelled()]
        levels = [int(each.name[1]) for each in self.elements if each.name in ("h1", "h2", "h3", "h4", "h5", "h6")]
        found += [f"h{after} after h{before}" for before, after in pairwise(levels) if after > before + 1]
        if levels.count(1) != 1 or levels[0] != 1:
            found.append("not one h1 at the head")
        ids = [each.attributes["id"] for each in self.elements if "id" in each.attributes]
        found += [f"id twice: {each}" for each in {one for one in ids if ids.count(one) > 1}]
        for each in self.elements:
            found += [f"inline: {key}" for key in each.attributes if key == "style" or key.startswith("on")]
            if each.name == "style" or (each.name == "script" and not each.attributes.get("src")):
                found.append(f"inline: <{each.name}>")
            if each.name == "button" and not each.text.strip():
                found.append(f"button without a name: {each.attributes}")
            if each.name == "th" and "scope" not in each.attributes:
                found.append("th without scope")
            for key in ("for", "aria-describedby", "list", "form"):
                found += [f"{key} leads nowhere: {one}" for one in each.attributes.get(key, "").split() if one not in ids]
        return found
