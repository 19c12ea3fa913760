"""The shapes of what the service answers, for type checkers and editors; the OpenAPI document has them in full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict

__all__ = [
    "Answer",
    "AsDescribed",
    "Conflicts",
    "Detail",
    "Graph",
    "Language",
    "Page",
    "Question",
    "Scope",
    "Text",
    "Thing",
    "Timeline",
    "Verdict",
]

Json = dict[str, Any]

Verdict = Literal[
    "prohibited", "conflict", "needs-information", "contested", "conditional", "not-covered", "permitted", "not-regulated"
]  # fmt: skip
"""What the law says of a flow. Only ``permitted`` and ``not-regulated`` let it go without a condition."""
AsDescribed = Literal["lawful", "unlawful", "undecided"]
"""Whether the flow may go exactly as it is described."""
Detail = Literal["summary", "findings", "all"]
Scope = Literal["flow", "all"]
Language = Literal["en", "zh"]
Thing = Json
"""An item of a list, or another object that the OpenAPI document describes."""
Conflicts = Json


class Text(TypedDict):
    """A text in English and Chinese; one of them where a language was asked for."""

    en: NotRequired[str]
    zh: NotRequired[str]


class Graph(TypedDict):
    """Which graph answered: equal digests and equal questions give equal answers."""

    version: str
    digest: str


class Question(TypedDict):
    """A fact that an answer waits for: where it goes, how it is asked, how it is written, which norms wait for it."""

    fact: str
    pointer: str
    question: Text
    tier: str
    why: Text
    form: Json
    norms: NotRequired[list[str]]


class Answer(TypedDict):
    """The answer to a description: of one flow, of a route (with ``legs``) or of variants (with ``variants`` and no verdict)."""

    asOf: str
    graph: Graph
    request: str
    verdict: Verdict
    asDescribed: AsDescribed
    headline: NotRequired[Text]
    instruments: NotRequired[list[Json]]
    conflicts: NotRequired[list[Json]]
    missing: NotRequired[list[Question]]
    missingMore: NotRequired[int]
    around: NotRequired[list[Json]]
    contested: NotRequired[list[Json]]
    coverage: NotRequired[list[Json]]
    assumed: NotRequired[list[Json]]
    latent: NotRequired[list[Json]]
    commitments: NotRequired[list[Json]]
    plan: NotRequired[Json]
    stopped: NotRequired[list[Json]]
    norms: NotRequired[dict[str, Json]]
    findings: NotRequired[list[Json]]
    evaluations: NotRequired[list[Json]]
    legs: NotRequired[list[Json]]
    variants: NotRequired[list[Json]]


class Timeline(TypedDict):
    """On which days an answer changes, and which laws change it."""

    asOf: str
    graph: Graph
    changes: NotRequired[list[Json]]


@dataclass(frozen=True)
class Page:
    """A page of a list: its items, how many there are in all, and the address of the next page (none on the last)."""

    items: list[Thing]
    total: int
    next: str | None
    graph: Graph

    def __iter__(self) -> Iterator[Thing]:
        """Go through the items of this page."""
        return iter(self.items)

    def __len__(self) -> int:
        """Return how many items this page has."""
        return len(self.items)
