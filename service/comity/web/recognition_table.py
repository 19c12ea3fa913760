"""Who recognises whom as a table of signs and words, and the pairs in which only one recognises the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from comity.web.links import Links
from comity.web.words import WORDS

__all__ = ["OPEN", "Mark", "Standings", "standings"]

Json = dict[str, Any]
OPEN = frozenset({"recognised", "same-law"})
"""The states in which data may go to the other side as a place."""
_SHADE = {"recognised": "yes", "same-law": "yes", "partly": "some", "with-mechanism": "some"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell: who recognises whom, its sign and its word, all of it in a sentence, its page, and whether it is one way only."""

    pair: str
    sign: str
    word: str
    says: str
    href: str
    shade: str
    one_way: bool


@dataclass(frozen=True, slots=True)
class Standings:
    """The table with a row for each one that recognises; the cell of a side with itself is ``None``."""

    columns: list[tuple[str, str]]
    rows: list[tuple[str, str, list[Mark | None]]]
    one_way: list[tuple[str, str]]
    legend: list[tuple[str, str, str]]


def standings(found: Json, states: dict[str, dict[str, str]], links: Links, lang: str) -> Standings:
    """Return the table of ``found``; ``states`` are the states in words."""
    labels = {place["code"]: place["label"].get(lang, place["code"]) for place in found["places"]}
    cells = {(cell["from"], cell["to"]): cell for cell in found["cells"]}
    lone = [pair for pair, cell in cells.items() if cell["state"] in OPEN and cells[pair[::-1]]["state"] not in OPEN]

    def mark(by: str, towards: str) -> Mark | None:
        if by == towards:
            return None
        cell = cells[by, towards]
        state = cell["state"]
        kinds = ", ".join(found["kinds"].get(kind, {}).get(lang, kind) for kind in cell["kinds"])
        pair = WORDS["direction"][lang].format(one=labels[by], other=labels[towards])
        one_way = (by, towards) in lone
        says = "; ".join(filter(None, (states[state][lang], kinds, WORDS["one_way"][lang] if one_way else "")))
        href = links.to(f"/recognition/{by}/{towards}", on=found["on"])
        return Mark(pair, WORDS[f"sign_{state}"][lang], WORDS[f"state_{state}"][lang], says, href, _SHADE.get(state, ""), one_way)

    seen = [state for state in states if any(cell["state"] == state for cell in cells.values())]
    return Standings(
        columns=[*labels.items()],
        rows=[(by, labels[by], [mark(by, towards) for towards in labels]) for by in labels],
        one_way=[_in_words(pair, cells[pair[::-1]]["state"], labels, found["on"], links, lang) for pair in lone],
        legend=[(WORDS[f"sign_{state}"][lang], WORDS[f"state_{state}"][lang], states[state][lang]) for state in seen],
    )


def _in_words(pair: tuple[str, str], back: str, labels: dict[str, str], day: str, links: Links, lang: str) -> tuple[str, str]:
    one, other = pair
    text = WORDS["asymmetric_row"][lang].format(one=labels[one], other=labels[other], state=WORDS[f"state_{back}"][lang])
    return text, links.to(f"/recognition/{one}/{other}", on=day)
