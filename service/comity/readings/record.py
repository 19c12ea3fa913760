"""The files of readings: ``data/readings/<place>/<instrument>.yaml``, one entry for each norm that was read.

An entry says when and in which text a norm was read, lists the elements of the provision in the reader's own words, and for
each names what holds it or says why it is left out. ``of`` is the digest of what was read (:mod:`comity.readings.digest`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from comity.yaml_text import ERRORS, NumberLoader, line_of, plain

__all__ = ["FOLDER", "HOW", "Element", "Flaw", "Reading", "ReadingFile", "read_file", "read_readings"]

FOLDER = "data/readings"
"""Where the readings are, from the root of the sources."""
HOW = ("official", "copy", "secondary", "none")
"""What was read: the official text, a copy of it, a secondary source that is named, or none of these, since none was to be had."""

_KEYS = {"read", "text", "elements", "effect", "dates", "of"}
_TEXT_KEYS = {"url", "edition", "how", "where", "characters", "sha256"}
_ELEMENT_KEYS = {"says", "zh", "kind", "held", "left", "left_zh"}
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}$")
_ADDRESS = re.compile(r"https?://\S+$")


class Flaw(NamedTuple):
    """What is wrong with an entry: the line, the norm, what and how to mend it in English, then in Chinese."""

    line: int
    norm: str
    message: str
    remedy: str
    message_zh: str
    remedy_zh: str


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that the provision says (by language), what holds it, or why it is left out (by language)."""

    says: dict[str, str]
    held: tuple[str, ...]
    left: dict[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of one norm. ``text`` holds url, edition, how, where, characters and sha256 as far as they are told."""

    norm: str
    read: str
    text: dict[str, Any]
    elements: tuple[Element, ...]
    of: str
    line: int

    @property
    def held(self) -> set[str]:
        """Everything that holds an element."""
        return {name for element in self.elements for name in element.held}


@dataclass(slots=True)
class ReadingFile:
    """A file of readings, and what is wrong with it."""

    path: Path
    readings: list[Reading] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)


def read_readings(root: Path) -> list[ReadingFile]:
    """Read every file of readings below a folder of sources, in the order of their paths."""
    return [read_file(path) for path in sorted((root / FOLDER).rglob("*.yaml"))]


def read_file(path: Path) -> ReadingFile:
    """Read one file; entries that cannot be used are left out and told as flaws."""
    found = ReadingFile(path)
    try:
        top = yaml.compose(path.read_text(encoding="utf-8"), Loader=NumberLoader)
    except ERRORS as fault:
        flaw = f"the file is no YAML: {getattr(fault, 'problem', None) or fault}"
        found.flaws.append(Flaw(line_of(fault), "", flaw, "Correct it there.", "该文件不是 YAML", "在该处更正。"))
        return found
    if top is None:
        return found
    if not isinstance(top, yaml.MappingNode):
        found.flaws.append(Flaw(1, "", *_WRONG["top"]))
        return found
    seen: set[str] = set()
    for key, node in top.value:
        norm, line = str(key.value), key.start_mark.line + 1
        flaws = [*_flaws(node)] if norm not in seen else ["twice"]
        seen.add(norm)
        found.flaws += [Flaw(where or line, norm, *_WRONG[name]) for name, where in (f if isinstance(f, tuple) else (f, 0) for f in flaws)]
        if not flaws:
            found.readings.append(_reading(norm, node, line))
    return found


def _reading(norm: str, node: yaml.Node, line: int) -> Reading:
    entry = plain(node)
    elements = tuple(_element(plain(row), row.start_mark.line + 1) for row in (*_listed(node), *_effects(node)))
    return Reading(norm, str(entry["read"]), entry["text"], elements, entry.get("of") or "", line)


def _element(row: dict[str, Any], line: int) -> Element:
    held, left = row.get("held"), row.get("left")
    return Element(
        says={"en": str(row["says"]), "zh": str(row["zh"])},
        held=tuple(map(str, held)) if isinstance(held, list) else (str(held),) if held else (),
        left={"en": str(left), "zh": str(row["left_zh"])} if left else {},
        line=line,
    )


def _flaws(node: yaml.Node) -> Iterator[str | tuple[str, int]]:
    """Yield what is wrong with the form of an entry, each with its line where it has one of its own."""
    entry = plain(node)
    if not isinstance(entry, dict) or not entry.keys() <= _KEYS:
        yield "keys"
        return
    try:
        if date.fromisoformat(str(entry.get("read"))) > date.today():
            yield "future"
    except ValueError:
        yield "day"
    text = entry.get("text")
    if not isinstance(text, dict) or not text.keys() <= _TEXT_KEYS or text.get("how") not in HOW:
        yield "text"
    else:
        if not text.get("edition") or not _ADDRESS.match(str(text.get("url"))):
            yield "edition"
        if text["how"] in ("secondary", "none") and not text.get("where"):
            yield "unnamed"
    if entry.get("of") and not _DIGEST.match(str(entry["of"])):
        yield "digest"
    if not _listed(node):
        yield "elements"
    for row in (*_listed(node), *_effects(node)):
        data = plain(row)
        if not isinstance(data, dict) or not data.keys() <= _ELEMENT_KEYS or not data.get("says") or not data.get("zh"):
            yield "element", row.start_mark.line + 1
        elif bool(data.get("held")) == bool(data.get("left")):
            yield "holder", row.start_mark.line + 1
        elif data.get("left") and not data.get("left_zh"):
            yield "left", row.start_mark.line + 1


def _pairs(node: yaml.Node) -> list[tuple[str, yaml.Node]]:
    return [(str(key.value), value) for key, value in node.value] if isinstance(node, yaml.MappingNode) else []


def _listed(node: yaml.Node) -> list[yaml.Node]:
    listed = dict(_pairs(node)).get("elements")
    return list(listed.value) if isinstance(listed, yaml.SequenceNode) else []


def _effects(node: yaml.Node) -> list[yaml.Node]:
    """Return what the entry says of effect and dates: elements like the others."""
    return [value for key, value in _pairs(node) if key in ("effect", "dates")]


_WRONG: dict[str, tuple[str, str, str, str]] = {
    "top": (
        "the file is no mapping from norms to readings",
        "Write one entry for each norm, under its identifier.",
        "该文件不是由规范到核读的映射",
        "每个规范以其标识符写一条。",
    ),
    "twice": ("the norm has two readings", "Keep the later one.", "同一规范有两条核读", "保留较晚的一条。"),
    "keys": (
        f"the reading has keys that are none of {', '.join(sorted(_KEYS))}",
        "Take them out or correct their names.",
        f"核读含有下列以外的键：{'、'.join(sorted(_KEYS))}",
        "删除或更正。",
    ),
    "day": (
        "the reading does not say on which day it was made",
        "Write read: and a day, such as 2026-01-31.",
        "核读未注明日期",
        "写 read: 和日期，如 2026-01-31。",
    ),
    "future": (
        "the day of the reading is still to come",
        "Write the day on which the text was read.",
        "核读日期尚未到来",
        "写明核读文本之日。",
    ),
    "text": (
        "the reading does not say which text was read, and how",
        f"Write text: with url, edition and how ({', '.join(HOW)}).",
        "核读未注明所读文本及其性质",
        f"写 text:，含 url、edition 与 how（{'、'.join(HOW)}）。",
    ),
    "edition": (
        "the edition that was read has no name or no address",
        "Write text.edition and text.url, the official address.",
        "所读版本缺名称或地址",
        "写明 text.edition 与 text.url（官方地址）。",
    ),
    "unnamed": (
        "the secondary source that was read is not named, or it is not said why no text was",
        "Write text.where: title and address of the source, or what was looked for.",
        "所读二手来源未具名，或未说明为何没有文本",
        "写明 text.where：来源的名称与地址，或者查找的经过。",
    ),
    "digest": (
        "of is no digest of what was read",
        "Run comity readings --stamp with the identifier of the norm.",
        "of 不是所读内容的摘要",
        "以规范标识符运行 comity readings --stamp。",
    ),
    "elements": ("the reading lists no element", "List what the provision says, one element a line.", "核读未列要素", "逐行列出条款内容。"),
    "element": (
        "the element does not say in English and Chinese what the provision says",
        "Write says and zh; the other keys are kind, held, left, left_zh.",
        "要素未以中英文写明条款内容",
        "填写 says 与 zh；其他键为 kind、held、left、left_zh。",
    ),
    "holder": (
        "the element is neither held nor left out, or both",
        "Name in held what carries it, or say in left (and left_zh) why nothing can.",
        "要素既未被承载也未略去，或两者兼有",
        "在 held 写明承载者，或在 left（及 left_zh）写明原因。",
    ),
    "left": (
        "the reason why the element is left out stands in one language only",
        "Add left_zh.",
        "略去要素的原因只有一种语言",
        "补 left_zh。",
    ),
}
