"""The shape of an answer, for the API documentation and for tests. Answers themselves are never validated when sent."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Verdict = Literal[
    "prohibited", "conflict", "needs-information", "contested", "conditional", "not-covered", "permitted", "not-regulated"
]  # fmt: skip
AsDescribed = Literal["lawful", "unlawful", "undecided"]
Status = Literal[
    "not-applicable", "exempted", "met", "due", "unmet", "prohibited", "permitted", "compelled", "protected", "available", "closed",
    "contested", "unknown",
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
    assumed: bool = Field(default=False, description="Whether silence was read as this fact.")


class Link(Part):
    """A legal class on which a reason rests, of what it is said, and the facts that make it."""

    class_: str = Field(alias="class")
    label: Text
    on: str = Field(description="The party, item or other object that the class is said of; `/` is the flow.")
    holds: bool = Field(description="False where the reason is that the class does not hold.")
    because: list[Fact] = []


class Lack(Part):
    """A part of a demand that is not shown to be met, by its name."""

    name: Text
    demand: bool | None = Field(description="False where the facts stated show that it is not met, null where nothing shows that it is.")
    nearMiss: list[Fact] = Field(default=[], description="The facts on which something that was stated falls short of it.")


class Deciding(Part):
    """A norm that decides a verdict, or stands around the flow; `norms` of the answer says what it is called and where it stands."""

    norm: str
    status: Status


class InstrumentVerdict(BaseModel):
    """The verdict of one law, folded over its norms that govern the flow."""

    model_config = ConfigDict(extra="allow")

    instrument: str
    title: Text
    jurisdiction: list[str] = []
    verdict: Verdict
    asDescribed: AsDescribed | None = None
    atWorst: Verdict | None = Field(default=None, description="With `needs-information`: the gravest verdict that the open facts allow.")
    deciding: list[Deciding] = []
    more: int = Field(default=0, description="How many more norms decide it.")


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
    because: list[Fact] = Field(default=[], description="The facts that decide; those of the exception where the norm is exempted.")
    chain: list[Link] = Field(default=[], description="The legal classes on which the reason rests, each with the facts under it.")
    lacking: list[Lack] = Field(default=[], description="Of a demand or a way that is not met: the parts that are lacking.")
    nearMiss: list[str] | None = Field(
        default=None, description="Of an exception that does not apply: the norms it would have lifted, since the flow comes near to it."
    )
    reason: Text | None = None
    leavesOut: Text | None = None
    pleaded: bool = Field(
        default=False, description="Whether the description pleads the norm; it is then told even where it does not apply."
    )


class Collision(BaseModel):
    """Laws that cannot both be followed, what each says to whom, and what the law offers to reconcile them.

    In a summary the variants and versions of one norm stand in one entry; with more detail each pair has an entry of its own.
    """

    model_config = ConfigDict(extra="allow")

    kind: str
    act: str | None
    possible: bool = Field(description="Whether they collide only if no exception lifts one of them, which is not told.")
    sentence: Text | None = None
    norms: list[Any]
    grade: str = Field(description="How hard it is: avoidable, curable, disputed, hard or unresolved (no way out is held).")
    why: Text = Field(description="Why both cannot be followed.")
    reconciledBy: list[Any] = Field(
        default=[], description="The ways out in the order in which they are taken; one that the facts have ended is not open."
    )
    settledBy: list[str] = Field(default=[], description="Pointers to the facts that would tell whether they collide.")
    because: list[Fact] = []


class DemandSupposed(Part):
    """The demand that was supposed: whence it would come, its kind and form, and a pointer to whom it would reach."""

    ofPlace: str
    demandKind: str | None = None
    demandForm: str | None = None
    addressee: str


class LatentConflict(Part):
    """Two laws that would collide if a demand came: nothing of it holds of the flow as it is described, and it changes no verdict."""

    conflict: str = Field(description="The conflict, as /v1/conflicts lists it.")
    kind: str
    act: str | None
    power: Deciding = Field(description="The norm that would compel the answer.")
    against: Deciding = Field(description="The norm that would then forbid it or stand in its way.")
    demand: DemandSupposed
    sentence: Text


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
    norms: list[str] = Field(default=[], description="The norms that wait for it; in a summary the first.")
    instruments: list[str] = Field(default=[], description="Their laws; not in a summary.")


class CitedNorm(Part):
    """What a norm that the answer names is called, where it is stated, and the official page.

    A summary leaves out the label of a norm that a step cures or that is `stopped`, since that says what it wants, and where a norm is
    stated that only stands around the flow.
    """

    label: Text | None = None
    provision: Text | None = None
    url: str | None = None


class Step(BaseModel):
    """One act: who, when, what it cures, and the JSON Patch after which the description says that it is done."""

    model_config = ConfigDict(extra="allow")

    act: Text
    who: Text | None = None
    timing: Literal["before", "at", "after", "recurring"] | None = None
    cures: list[str]
    change: list[Any] = []
    burden: int | None = Field(default=None, description="1 record · 2 notice · 3 consent or contract · 4 filing · 5 approval · 6 move.")
    leg: int | None = Field(default=None, description="The leg of a route, from 0.")


class Plan(BaseModel):
    """What to do so that the flow may go: what all ways share, and the ways where they differ."""

    model_config = ConfigDict(extra="allow")

    confirm: list[Step] = Field(description="Duties of which nothing was said.")
    do: list[Step] = Field(description="What is stated as missing or forbidden.")
    oneOf: list[Any] = Field(
        default=[],
        description="Ways that differ in the mechanism, in the order of resort of the law. A summary tells the first step by step.",
    )
    instead: list[Any] = Field(default=[], description="Ways to leave the situation; a summary names them.")


class PlaceCovered(Part):
    """A place that takes part in the flow and whose law the graph does not hold in full."""

    place: str | dict[str, str] = Field(description="The place as described: a code, or one `outside` which it lies.")
    label: Text
    roles: list[str] = Field(
        default=[], description="What part the place has in the flow, such as `departure` or `storage`; not in a summary."
    )
    subjects: dict[str, Literal["part", "none"]] = Field(description="The subjects of law that are held in part or not at all.")


class CommitmentNote(Part):
    """Restrictions of one side that another may question under a treaty: what excuses them, and in which ways states may pursue it."""

    kind: Literal["restrictionVersusCommitment"]
    status: Literal["protected"]
    by: str
    towards: str
    norms: list[str] = Field(description="The norms that restrict.")
    treaty: str
    commitments: list[str] = Field(description="The norms of the treaty that reach them.")
    protects: list[str] = Field(description="Whom they protect; nobody in particular where the list is empty.")
    arguable: bool = Field(description="Whether it can be argued both ways that the treaty reaches them.")
    exceptions: list[str] = Field(description="The norms of the treaty that may excuse them.")
    dispute: dict[str, list[str]] = Field(description="The ways in which a party of the treaty may pursue it, open and closed.")
    text: Text


class Leg(BaseModel):
    """What the law says of one leg. Findings and classes stand only in an answer with that detail."""

    model_config = ConfigDict(extra="forbid")

    verdict: Verdict
    asDescribed: AsDescribed
    headline: Text
    instruments: list[InstrumentVerdict]
    instrumentsMore: int = Field(default=0, description="How many laws a summary leaves out; it tells those with the gravest verdicts.")
    conflicts: list[Collision] = Field(
        description="Laws that collide as the flow is described (`possible` false: it holds), or unless an exception lifts one of them "
        "(`possible` true: the facts under `settledBy` decide)."
    )
    conflictsMore: int = Field(default=0, description="How many pairs of laws that collide a summary leaves out.")
    latent: list[LatentConflict] | None = Field(
        default=None, description="With `latent=true`: what would collide if a demand came; empty where the flow answers one already."
    )
    latentMore: int = Field(default=0, description="How many of them a summary leaves out.")
    latentUntried: int = Field(default=0, description="How many demands were not tried, since the description is too large.")
    commitments: list[CommitmentNote] = Field(
        default=[], description="Commitments between states that restrictions of the leg meet. They permit nothing."
    )
    commitmentsMore: int = Field(default=0, description="How many of them a summary leaves out.")
    missing: list[MissingFact]
    missingMore: int = Field(default=0, description="How many questions a summary leaves out.")
    around: list[Deciding] = Field(description="Duties that stand around the flow and are not shown to be met; they make no verdict worse.")
    aroundMore: int = Field(default=0, description="How many of them a summary leaves out.")
    contested: list[Any] = Field(description="Unsettled questions, what each position leads to, and the position taken if any.")
    coverage: list[PlaceCovered] = Field(description="What was not looked at: places whose law the graph does not hold in full.")
    assumed: list[Any] = Field(description="Assumptions made where the description is silent.")
    assumedMore: int = Field(default=0, description="How many assumptions that matter a summary leaves out.")
    findings: list[Finding] | None = Field(default=None, description="With `detail=findings` or `all`.")
    classes: list[Classification] | None = Field(default=None, description="With `detail=all`.")
    evaluations: list[Any] | None = Field(default=None, description="Judgements of the parties that the answer relies on.")


class FlowAnswer(Leg):
    """The answer for one flow."""

    asOf: str
    graph: GraphEdition
    request: str = Field(description="Digest of the canonical form of the description.")
    norms: dict[str, CitedNorm]
    plan: Plan | None = None
    stopped: list[Any] | None = Field(default=None, description="Norms in the way that no step of the parties cures, with the facts.")


class RouteAnswer(Part):
    """The answer for a route: what the law says of each leg, the gravest verdict of them, and one plan."""

    asOf: str
    graph: GraphEdition
    request: str = Field(description="Digest of the canonical form of the description.")
    verdict: Verdict
    asDescribed: AsDescribed
    norms: dict[str, CitedNorm]
    plan: Plan | None = None
    stopped: list[Any] | None = None
    legs: list[Leg]


class VariantRow(Part):
    """The outcome of one variant."""

    name: str
    verdict: Verdict
    asDescribed: AsDescribed
    deciding: list[Any]
    toDo: list[Any]
    toConfirm: list[Any]


class VariantsAnswer(Part):
    """The answer to a description with variants."""

    asOf: str
    graph: GraphEdition
    request: str
    variants: list[VariantRow]


class Change(Part):
    """A day on which the answer changes, and the laws that change it."""

    on: str
    verdict: Verdict
    asDescribed: AsDescribed
    instruments: list[Any] = []


class TimelineAnswer(Part):
    """On which days the answer to a description changes."""

    asOf: str
    graph: GraphEdition
    start: Change
    changes: list[Change]


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
