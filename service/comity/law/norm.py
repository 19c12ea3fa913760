"""A norm as the program reads it, and the words for what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from comity.law.program_text import NormText
from comity.logic.expression import Test
from comity.logic.timeline import Span

__all__ = ["DUTIES", "STATUSES", "VERDICTS", "Norm"]

DUTIES = ("Obligation", "Prohibition")
"""The kinds of norms that bind the parties, so that they can make a verdict worse."""

STATUSES = (
    "not-applicable",
    "exempted",
    "met",
    "due",
    "unmet",
    "prohibited",
    "permitted",
    "compelled",
    "protected",
    "available",
    "closed",
    "contested",
    "unknown",
)
"""What may become of a norm for one flow."""

VERDICTS = ("prohibited", "conflict", "needs-information", "contested", "conditional", "not-covered", "permitted", "not-regulated")
"""The answers for an instrument and overall, the first that holds being the one given."""


@dataclass(slots=True)
class Norm:
    """One norm with its compiled tests.

    A permission with a demand is a *path*: a way that the law offers and nobody has to take.

    ``exceptions`` are the numbers of the norms that defeat it, ``per_item`` says that it is judged for each data item,
    ``curable`` tests the best that the parties can make of the demand, which is the class ``at_best``: false means that nothing can
    meet it, open that this hangs on facts that nobody controls; there is none where the parties can meet it whatever is the case.
    ``questions`` are the open questions on which it depends, its own or those of its exceptions,
    ``shown`` is what every finding says of it. ``id`` is the identifier by which it is cited, ``kind`` its class (Obligation, Prohibition,
    Permission, Exemption, Power, Commitment or RecognitionNorm), ``when`` the class of the flows that it reaches: those in its situation
    that have the nexus of its law; ``position`` is the position that it belongs to, if any, and ``question`` the open question which
    that answers; ``asks`` is the text of its demand, the same for two that demand the same; ``governs`` says what it decides about: the
    ``flow``, what stands ``around`` it, an ``authority``.
    """

    number: int
    data: NormText
    span: Span
    scope: Test
    demand: Test | None = None
    curable: Test | None = None
    at_best: str = ""
    exceptions: tuple[int, ...] = ()
    questions: frozenset[str] = frozenset()
    shown: dict[str, Any] = field(default_factory=dict)

    id: str = field(init=False)
    kind: str = field(init=False)
    instrument: str = field(init=False)
    governs: str = field(init=False)
    per_item: bool = field(init=False)
    exceptions_must_be_shown: bool = field(init=False)
    when: str = field(init=False)
    question: str | None = field(init=False)
    position: str | None = field(init=False)
    asks: str = field(init=False)

    def __post_init__(self) -> None:
        """Take what every check reads out of the data."""
        self.id, self.kind, self.instrument = self.data["id"], self.data["kind"], self.data["instrument"]
        self.governs = self.data["governs"]
        self.per_item, self.when = self.data["perItem"], self.data["when"]
        self.exceptions_must_be_shown = self.data.get("exceptionsMustBeShown", False)
        self.question, self.position = self.data["question"], self.data["position"]
        self.asks = repr(self.data["demand"])

    @property
    def is_path(self) -> bool:
        """Say whether the norm is a way that the law offers, with conditions of its own."""
        return self.demand is not None and self.kind == "Permission"
