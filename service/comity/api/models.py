"""The shape of an answer, for the API documentation and for tests. Answers themselves are never validated when sent."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Verdict = Literal["prohibited", "conflict", "needs-information", "contested", "conditional", "permitted", "not-regulated"]
Status = Literal[
    "not-applicable", "exempted", "met", "due", "unmet", "prohibited", "permitted", "compelled", "protected", "contested", "unknown"
]  # fmt: skip


class Part(BaseModel):
    """A part of an answer; members that are not described here are faults."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Text(Part):
    """The same text in English and Chinese; one of them where `lang` asks for it."""

    en: str | None = None
    zh: str | None = None


class GraphEdition(Part):
    """Which graph answered: equal digests and equal requests give equal bytes."""

    version: str
    digest: str


class Provision(Part):
    """The provision that states a norm, with its official page."""

    iri: str
    label: Text
    url: str | None = None


class Fact(BaseModel):
    """A fact of the description that an answer rests on: where it stands and what it is."""

    model_config = ConfigDict(extra="allow")

    path: str
    value: Any = None
    label: Text | None = None


class InstrumentVerdict(BaseModel):
    """The verdict of one instrument."""

    model_config = ConfigDict(extra="allow")

    instrument: str
    title: Text
    verdict: Verdict
    atWorst: Verdict | None = Field(default=None, description="With `needs-information`: the gravest verdict that the open facts allow.")


class Classification(BaseModel):
    """A legal class that something in the description falls in, or does not (`holds`: true, false, or null for unknown)."""

    model_config = ConfigDict(extra="allow")

    class_: str = Field(alias="class")
    on: str
    alsoOn: list[str] = Field(default=[], description="Data items that say the same as the one under `on`.")
    holds: bool | None
    because: list[Fact] = []


class Finding(BaseModel):
    """What one norm says of the flow, and why."""

    model_config = ConfigDict(extra="allow")

    norm: str = Field(description="The identifier that people cite.", examples=["ACT-38-1"])
    iri: str
    instrument: str
    kind: str
    provision: list[Provision]
    status: Status
    scope: bool | None = Field(description="Whether the norm's situation is that of the flow; null where unknown.")
    demand: bool | None = Field(description="Whether its demand is met; null where unknown or where there is none.")
    because: list[Fact] = []
    reason: Text | None = None
    leavesOut: Text | None = None
    pleaded: bool = Field(
        default=False, description="Whether the description pleads the norm; it is then told even where it does not apply."
    )


class Collision(BaseModel):
    """Two norms that cannot both be followed, and what the law offers to reconcile them."""

    model_config = ConfigDict(extra="allow")

    kind: str
    act: str
    norms: list[Any]
    reconciledBy: list[Any] = []
    because: list[Fact] = []


class MissingFact(BaseModel):
    """A fact that is not told and on which a verdict, the plan, or a duty around the flow hangs, with the question to ask."""

    model_config = ConfigDict(extra="allow")

    fact: str
    pointer: str
    question: Text
    tier: Literal["verdict", "plan", "around"] = Field(description="What the fact decides.")
    why: Text = Field(description="Which norms wait for it, in one line.")
    form: dict[str, Any] = Field(
        description="The type of the value, its codes with labels, and a value to be filled in and put at the pointer."
    )
    norms: list[str] = []
    instruments: list[str] = []


class Leg(BaseModel):
    """What the law says of one leg."""

    model_config = ConfigDict(extra="forbid")

    verdict: Verdict
    instruments: list[InstrumentVerdict]
    classes: list[Classification]
    findings: list[Finding]
    conflicts: list[Collision]
    missing: list[MissingFact]
    missingMore: int = Field(default=0, description="How many questions a summary leaves out.")
    assumed: list[Any] = Field(description="Assumptions made where the description is silent.")
    evaluations: list[Any] = Field(description="Judgements of the parties that the answer relies on.")
    remedies: list[Any] = Field(description="Smallest sets of changes after which the verdict improves.")


class FlowAnswer(Leg):
    """The answer for one flow."""

    asOf: str
    graph: GraphEdition
    request: str = Field(description="Digest of the canonical form of the description.")


class RouteAnswer(Part):
    """The answer for a route: what the law says of each leg, and the worst verdict of them."""

    asOf: str
    graph: GraphEdition
    request: str = Field(description="Digest of the canonical form of the description.")
    verdict: Verdict
    legs: list[Leg]


class ProblemError(Part):
    """One thing that is wrong: where (a JSON pointer), what, and the nearest valid values."""

    model_config = ConfigDict(extra="allow")

    pointer: str
    message: Text
    nearest: list[str] = []


class ProblemDocument(BaseModel):
    """An error (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemError] = []


class Page(BaseModel):
    """A page of a list."""

    items: list[dict[str, Any]]
    total: int
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next page, or null.")
    asOf: str | None = None
    graph: GraphEdition
