"""A norm as the program reads it, and the words for what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from comity.logic.expression import Test
from comity.logic.timeline import Span

__all__ = ["STATUSES", "VERDICTS", "Norm"]

STATUSES = (
    "not-applicable", "exempted", "met", "due", "unmet", "prohibited", "permitted", "compelled", "protected",
    "contested", "unknown",
)
"""What may become of a norm for one flow."""

VERDICTS = ("prohibited", "conflict", "needs-information", "contested", "conditional", "permitted", "not-regulated")
"""The answers for an instrument and overall, the first that holds being the one given."""


@dataclass(slots=True)
class Norm:
    """One norm with its compiled tests.

    ``defeaters`` are the norms that defeat it and ``exceptions`` their numbers, ``per_item`` says that it is judged for each data item,
    ``incurable`` tests the demand with every controllable fact left open: false means that nothing can cure it.
    ``shown`` is what every finding says of it.
    """

    number: int
    data: dict[str, Any]
    span: Span
    scope: Test
    demand: Test | None = None
    incurable: Test | None = None
    exceptions: list[int] = field(default_factory=list)
    defeaters: list[Norm] = field(default_factory=list)
    questions: frozenset[str] = frozenset()
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The identifier by which it is cited."""
        return str(self.data["id"])

    @property
    def kind(self) -> str:
        """Its class: Obligation, Prohibition, Permission, Exemption, Power, Commitment or RecognitionNorm."""
        return str(self.data["kind"])

    @property
    def instrument(self) -> str:
        """The instrument that states it."""
        return str(self.data["instrument"])

    @property
    def per_item(self) -> bool:
        """Whether it is judged for each data item."""
        return bool(self.data["perItem"])

    @property
    def position(self) -> str | None:
        """The position on an open question that it belongs to, if any."""
        return self.data.get("position")

    @property
    def question(self) -> str | None:
        """The open question that its position answers."""
        return self.data.get("question")
