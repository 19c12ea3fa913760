"""The pages in Chinese say what their English originals say: compared section by section, in all that is not translated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from comity.paths import source_root

ROOT = source_root()
CHINESE = sorted(path.relative_to(ROOT).as_posix() for folder in (ROOT, ROOT / "docs") for path in folder.glob("*.zh.md"))
_FENCE = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[\u4e00-\u9fff]\.(?:\s|$)|[\u4e00-\u9fff] ?\([^)]*[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Section:
    """A part of a page from one heading to the next: its heading, the blocks of code in it, and the text without them."""

    level: int
    title: str
    code: list[str]
    text: str

    @property
    def names(self) -> set[str]:
        """What stands in code marks outside of the blocks."""
        return {" ".join(name.split()) for name in re.findall(r"`([^`]+)`", self.text)}

    @property
    def figures(self) -> set[str]:
        """Numbers from 10 on, however they are grouped; those in code marks are told apart as names."""
        plain = re.sub(r"`[^`]*`|\]\([^)]*\)", "", self.text)
        return {str(number) for number in (int(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*\d", plain)) if number > 9}

    @property
    def links(self) -> list[str]:
        """Where links lead, a page in Chinese counting as its original; anchors are translated, so that only the page counts."""
        targets = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", self.text))
        return sorted((target if ":" in target else target.partition("#")[0].replace(".zh.md", ".md")) for target in targets)

    @property
    def first_column(self) -> list[list[str]]:
        """What is not translated of the first cell of each row: names in code marks, and numbers."""
        return [re.findall(r"`[^`]+`|\b\d+\b", row) for row in re.findall(r"^\|([^|]*)\|", self.text, re.MULTILINE)]

    @property
    def blocks(self) -> int:
        """How many paragraphs, items of lists and tables it has."""
        items = re.sub(r"\n(?=(?:- |\d+\. ))", "\n\n", self.text)
        return len([block for block in re.split(r"\n\s*\n", items) if block.strip()])


def sections(page: str) -> list[Section]:
    """The sections of a page, in order; headings in blocks of code are none."""
    fenced: list[str] = []

    def taken(found: re.Match[str]) -> str:
        fenced.append(found[0])
        return f"\0{len(fenced) - 1}\0"

    text = _FENCE.sub(taken, page)
    starts = list(_HEADING.finditer(text))
    out = []
    for here, following in zip(starts, [*starts[1:], None], strict=True):
        body = text[here.end() : following.start() if following else len(text)]
        code = [_without_remarks(fenced[int(number)]) for number in re.findall("\0(\\d+)\0", body)]
        out.append(Section(len(here[1]), here[2], code, re.sub("\0\\d+\0", "", body)))
    return out


def _without_remarks(block: str) -> str:
    """A block of code without what follows a # that stands alone."""
    return re.sub(r"(?:^|[ \t]+)# .*$", "", block, flags=re.MULTILINE)


def differences(english: str, chinese: str) -> list[str]:
    """What a page in Chinese does not share with its original: one sentence for each section and kind of content."""
    originals, translations = sections(english), sections(chinese)
    shape = [[section.level for section in page] for page in (originals, translations)]
    if shape[0] != shape[1]:
        at = next((n for n, (one, other) in enumerate(zip(*shape, strict=False)) if one != other), min(map(len, shape)))
        title = (originals if at < len(originals) else translations)[at].title
        return [f"the headings differ from heading {at + 1} on, “{title}”: {len(originals)} in English, {len(translations)} in Chinese"]
    found = []
    for one, other in zip(originals, translations, strict=True):
        section = f"section “{other.title}” (“{one.title}”)"
        if one.code != other.code:
            found.append(f"{section}: the blocks of code differ in more than the remarks after #")
        if one.first_column != other.first_column:
            rows = [row for row in one.first_column if row not in other.first_column]
            rows += [row for row in other.first_column if row not in one.first_column]
            told = ", ".join(" ".join(row) for row in rows if row) or "their number or order"
            found.append(f"{section}: the first columns of the tables differ: {told}")
        for what in ("names", "figures"):
            for side, lacking in (
                ("Chinese", getattr(one, what) - getattr(other, what)),
                ("English", getattr(other, what) - getattr(one, what)),
            ):
                if lacking:
                    found.append(f"{section}: the page in {side} lacks the {what} {', '.join(sorted(lacking))}")
        if one.links != other.links:
            found.append(f"{section}: the links differ: {sorted(set(one.links) ^ set(other.links)) or 'in their number'}")
        if one.blocks != other.blocks:
            found.append(f"{section}: {one.blocks} paragraphs, items and tables in English, {other.blocks} in Chinese")
    return found


def original_of(name: str) -> str:
    return name.replace(".zh.md", ".md")


def test_the_main_pages_are_there_in_chinese():
    assert {"README.zh.md", "docs/curating.zh.md", "docs/verdicts.zh.md"} <= set(CHINESE)


@pytest.mark.parametrize("name", CHINESE)
def test_a_page_in_chinese_says_what_its_original_says(name):
    english, chinese = ((ROOT / page).read_text(encoding="utf-8") for page in (original_of(name), name))
    found = differences(english, chinese)
    assert not found, "\n".join([f"{name} has to follow {original_of(name)}:", *found])


@pytest.mark.parametrize("name", CHINESE)
def test_a_page_and_its_original_lead_to_each_other_at_the_top(name):
    for page, target, word in ((original_of(name), name, "中文"), (name, original_of(name), "English")):
        assert (ROOT / page).read_text(encoding="utf-8").split("\n")[2] == f"[{word}]({Path(target).name})", page


@pytest.mark.parametrize("name", CHINESE)
def test_a_page_in_chinese_leads_to_pages_in_chinese_where_there_are_any(name):
    text, page = (ROOT / name).read_text(encoding="utf-8"), ROOT / name
    for target in re.findall(r"\]\(([^)#:\s]+\.md)", text):
        if not target.endswith(".zh.md") and target != Path(original_of(name)).name:
            translated = (page.parent / target).with_suffix(".zh.md")
            assert not translated.exists(), f"{name}: link to {target} although {translated.name} is there"


@pytest.mark.parametrize("name", CHINESE)
def test_punctuation_between_chinese_characters_is_chinese(name):
    prose = re.sub(r"`[^`]*`", "", _FENCE.sub("", (ROOT / name).read_text(encoding="utf-8")))
    wrong = [line for line in prose.split("\n") if _HALF_WIDTH.search(line)]
    assert wrong == []


ENGLISH_PAGE = """# Page

Two of `a` and 140 more.

## Table

| code | means |
|---|---|
| 10 | ten |
| `b` | b |

```sh
comity fmt   # writes
```
"""
CHINESE_PAGE = """# 页

`a` 两个，另有 140 个。

## 表

| 代码 | 含义 |
|---|---|
| 10 | 十 |
| `b` | 乙 |

```sh
comity fmt   # 写入
```
"""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("comity fmt ", "comity fmt --check ", "section “表” (“Table”): the blocks of code differ"),
        ("| 10 |", "| 11 |", "section “表” (“Table”): the first columns of the tables differ: 11, 10"),
        ("`a`", "`a` and `c`", "section “页” (“Page”): the page in Chinese lacks the names c"),
        ("140", "150", "section “页” (“Page”): the page in Chinese lacks the figures 150"),
        ("more.", "more.\n\nAnd so on.", "section “页” (“Page”): 2 paragraphs, items and tables in English, 1 in Chinese"),
        ("more.", "[more](more.md).", "section “页” (“Page”): the links differ: ['more.md']"),
        ("## Table", "## Other\n\n## Table", "the headings differ from heading 3 on"),
        ("## Table", "### Table", "the headings differ from heading 2 on, “Table”"),
    ],
)
def test_a_change_of_the_original_alone_is_told_with_its_section(before, after, told):
    assert differences(ENGLISH_PAGE, CHINESE_PAGE) == []
    assert any(told in sentence for sentence in differences(ENGLISH_PAGE.replace(before, after, 1), CHINESE_PAGE))
