"""How far an entry was verified, in words."""

import pytest
from pyoxigraph import Literal, NamedNode

from comity.iris import NS
from comity.web.provenance import citation, sentences
from comity.web.tree import Tree

OFFICIAL = {"verifiedAgainst": [Literal("Act, text of 2020, https://example.org/act")]}
COPY = {"readInCopy": [NamedNode("https://example.org/copy")]}
SECONDARY = {"readInSecondary": [Literal("Note, 2021, https://example.org/note")]}
DAY = {"verifiedOn": [Literal("2026-01-31")]}
PART = {"unverifiedPart": [Literal("The dates.", language="en"), Literal("日期。", language="zh")]}


def status(code: str) -> dict:
    return {"reviewStatus": [NamedNode(f"{NS}review-{code}")]}


def thing(*facts: dict) -> Tree:
    return Tree("https://example.org/thing", {NS + name: values for fact in facts for name, values in fact.items()})


@pytest.mark.parametrize(
    ("facts", "english", "chinese"),
    [
        ((OFFICIAL, DAY), ["Read against the official text, on 2026-01-31."], ["已于 2026-01-31 与官方文本核对。"]),
        ((OFFICIAL,), ["Read against the official text."], ["已与官方文本核对。"]),
        ((OFFICIAL, COPY, DAY), ["Read in a copy of the official text, on 2026-01-31."], ["已于 2026-01-31 据官方文本的副本核对。"]),
        (
            (SECONDARY, status("unverified")),
            ["Read in a secondary source; not verified against the official text."],
            ["仅查阅二手来源；未与官方文本核对。"],
        ),
        ((status("unverified"),), ["Not verified against a text."], ["未与任何文本核对。"]),
        (
            (OFFICIAL, status("unverified"), PART),
            ["Not verified: an official text was read only in part, or a related one.", "What is not verified: The dates."],
            ["未核实：仅查阅官方文本的一部分，或与之相关的官方文本。", "未核实部分：日期。"],
        ),
        (
            (OFFICIAL, SECONDARY, status("contested")),
            ["Read against the official text.", "The reading is one of several that are defended."],
            ["已与官方文本核对。", "所采解释系多种主张之一。"],
        ),
        ((), [], []),
    ],
)
def test_each_way_of_reading_has_its_words(facts: tuple, english: list[str], chinese: list[str]) -> None:
    assert sentences(thing(*facts), "en") == english
    assert sentences(thing(*facts), "zh") == chinese


@pytest.mark.parametrize("text", ["Act, text of 2020", "Act https://example.org/act", "Act, javascript:alert(1)"])
def test_a_text_without_an_address_stays_whole(text: str) -> None:
    assert citation(text) == (text, None)
