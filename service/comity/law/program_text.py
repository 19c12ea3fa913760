"""The form of ``program.json``: what the compiler writes (`comity.compile.program`) and checks read.

Names are those of the JSON. Texts for people are mappings from language (``en``, ``zh``) to text, days are ISO texts that may
be known only to the month or the year, things are named by their path (``xx/act``), provisions by their IRI, norms by their
identifier, and node classes, classes of law and acts by their local name.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypeAlias, TypedDict

from comity.law.recognition_text import RecognitionText
from comity.logic.expression import Expression

__all__ = [
    "ConflictText",
    "CoverageStatement",
    "CoverageText",
    "DemandText",
    "DerivedRule",
    "InstrumentText",
    "KeyEntry",
    "NamedPart",
    "NormText",
    "PartText",
    "PositionText",
    "ProgramText",
    "ProvisionText",
    "QuestionText",
    "ReconciliationText",
    "SanctionText",
    "SchemaText",
    "TermText",
    "ThingMarks",
    "TimeLimitText",
    "ValueMarks",
    "WayKindText",
    "Words",
]

Words: TypeAlias = dict[str, str]
"""A text by language."""


class KeyEntry(TypedDict, total=False):
    """What may stand under a key of a node class; `comity.flow.schema.KeySchema` says what each entry means."""

    kind: str
    label: Words
    unit: Words
    question: Words
    description: Words
    node: str
    codes: list[str]
    none_codes: list[str]
    vocabulary: str
    nullable: bool
    evaluative: bool
    controllable: bool
    core: bool
    overrides: bool
    assumed: bool
    acyclic: bool
    compliance: bool
    informative: bool
    background: bool
    names_kind: bool
    separates: bool
    background_codes: list[str]
    informative_codes: list[str]
    open: bool
    beyond_control: list[str]
    assumed_from: list[str]
    shares: str
    unless: list[str]
    only_for: list[str]
    apart_by: str
    rare: bool
    tier: str
    identifies: bool
    outcome: bool
    leaves: bool
    burden: int
    step: Words
    holdings: list[str]
    """Of a derived key: the keys of a list of holdings, and of the owner and the share in each."""


class ValueMarks(TypedDict, total=False):
    """What a plan is to know of a value of a vocabulary: `comity.plan.marks` says what each entry means."""

    burden: int
    resort: str
    unreachable: bool
    dead: bool
    inert: bool


class ThingMarks(TypedDict, total=False):
    """What a plan is to know of a node class."""

    burden: int
    mechanism: bool
    step: Words


class SchemaText(TypedDict):
    """The schema of descriptions: the keys of each node class, and what codes and categories are called.

    ``norms`` has the instrument of each norm.
    """

    nodes: dict[str, dict[str, KeyEntry]]
    labels: dict[str, Words]
    ancestors: dict[str, list[str]]
    references: list[str]
    marks: NotRequired[dict[str, ValueMarks]]
    things: NotRequired[dict[str, ThingMarks]]
    norms: NotRequired[dict[str, str]]
    placeNames: NotRequired[dict[str, str]]


class PlaceText(TypedDict):
    """A place: the code of the place of which it is a part, if any."""

    partOf: str | None


DerivedRule = TypedDict(
    "DerivedRule",
    {
        "key": str,
        "op": str,
        "node": NotRequired[str],
        "label": Words,
        "question": Words,
        "class": NotRequired[str],
        "persons": NotRequired[str],
        "units": NotRequired[list[str]],
        "scope": NotRequired[str],
        "windows": NotRequired[list[str]],
        "counted": NotRequired[list[str]],
        "notCounted": NotRequired[list[str]],
        "withoutExempt": NotRequired[bool],
        "ofKey": NotRequired[str],
        "stateKey": NotRequired[str],
        "deniedBy": NotRequired[list[str]],
        "fromKey": NotRequired[str],
        "toKey": NotRequired[str],
        "ownerKey": NotRequired[str],
        "shareKey": NotRequired[str],
        "controlKey": NotRequired[str],
        "groupKey": NotRequired[str],
        "shareAbove": NotRequired[float],
        "background": NotRequired[bool],
    },
)
"""How a derived fact of a node class is computed: the operator and what it works on."""


class TimeLimitText(TypedDict):
    """A time limit: how many of which unit (``unit`` is its code), and the event from which they run."""

    length: int | float
    unit: str
    unitLabel: Words
    runsFrom: Words


class PartText(TypedDict):
    """A part of a demand: what it is called, its condition, and the ways to meet it where there are several (``anyOf``)."""

    name: Words
    expression: Expression
    anyOf: NotRequired[list[PartText]]


class NamedPart(TypedDict):
    """A part of a demand that has a name of its own."""

    label: Words
    expression: Expression


NormText = TypedDict(
    "NormText",
    {
        "id": str,
        "iri": str,
        "instrument": str,
        "kind": str,
        "act": str,
        "label": Words,
        "provisions": list[str],
        "articles": list[str],
        "when": str,
        "situation": str,
        "nexus": str | None,
        "demand": Expression | None,
        "shape": NotRequired[str | None],
        "parts": list[PartText],
        "alternatives": list[dict[str, Words]],
        "namedParts": list[NamedPart],
        "bearer": Words,
        "resort": str,
        "exceptions": list[str],
        "exceptionsMustBeShown": NotRequired[bool],
        "perItem": bool,
        "governs": str,
        "timing": str | None,
        "deadline": TimeLimitText | None,
        "leadTime": TimeLimitText | None,
        "risk": list[str],
        "from": str | None,
        "until": str | None,
        "leavesOut": Words,
        "position": str | None,
        "question": str | None,
        "besides": list[str],
        "underminedBy": list[str],
        "reconciledBy": list[str],
        "sanctions": list[str],
    },
)
"""A norm: what it reaches (``when``: its situation within its nexus), its demand, its exceptions, and how it is cited.

``parts`` are the parts of the demand, each with its name; all of them are to be met.

``nexus`` is named where the situation does not have it by its own form. ``governs`` says what it decides about (``flow``, ``around``,
``authority``), ``bearer`` who is to do it, ``timing`` when, ``deadline`` within which time, ``leadTime`` how long an authority may
take, ``resort`` in which order the law offers it. ``namedParts`` are all shapes in the demand that have a
name, at any depth.
"""


class TermText(TypedDict):
    """A defined term that answers report: the class it stands for and the node class of whose nodes it speaks.

    A ``frame`` only joins other terms, so that reasons name those.
    """

    name: str
    notation: str
    domain: str
    label: Words
    provisions: list[str]
    instruments: list[str]
    frame: NotRequired[bool]


InstrumentText = TypedDict(
    "InstrumentText",
    {"label": Words, "kind": str, "from": str | None, "until": str | None, "jurisdiction": list[str], "binding": bool},
)
"""An instrument with the time in which it applies and the codes of its jurisdictions."""


class ProvisionText(TypedDict):
    """A provision with its official page, if it has one."""

    label: Words
    url: str | None


class QuestionText(TypedDict):
    """An open question with its positions."""

    label: Words
    positions: list[str]


class PositionText(TypedDict):
    """A position on an open question and who holds it."""

    position: str
    label: Words
    authority: str


class ReconciliationText(TypedDict):
    """What reconciles two norms: what kind of way it is, who takes it and by when, and the provisions that say so."""

    label: Words
    definition: Words
    kind: str | None
    actor: Words
    deadline: TimeLimitText | None
    provision: list[str]


class WayKindText(TypedDict):
    """A kind of way out: its place among the steps, how hard it leaves the conflict, and the class of flows in which it is at an end."""

    label: Words
    order: int
    grade: str | None
    closedWhen: str | None


class SanctionText(TypedDict):
    """What follows where a norm is broken."""

    label: Words
    definition: Words


class ConflictText(TypedDict):
    """Two norms that cannot both be followed, by identifier; ``rule`` is the rule of opposition that found them.

    ``checked`` says whether the reasoner was asked, ``formal`` that no realistic flow is known that is subject to both.
    """

    iri: str
    norms: list[str]
    kind: str
    act: str | None
    rule: str
    reconciledBy: list[str]
    checked: NotRequired[bool]
    formal: NotRequired[bool]


class DemandText(TypedDict):
    """A demand that may come: what a description would say of it, and the norms that make somebody answer it.

    ``order`` is the place or body whose law these are; ``controls`` says that they ask in whose control the data are: it is whoever is
    asked.
    """

    order: str
    demand: dict[str, Any]
    controls: bool
    powers: list[str]


CoverageStatement = TypedDict(
    "CoverageStatement",
    {"id": str, "place": str, "subject": str, "state": str, "from": str | None, "until": str | None, "on": str, "note": Words},
)
"""How much of the law of a place or body on a subject the graph holds (``state``), as stated ``on`` a day."""


class CoverageText(TypedDict):
    """What the graph holds: the subjects, the statements, and the subjects and roles of places that decide an answer."""

    subjects: list[str]
    decidingSubjects: list[str]
    decidingRoles: list[str]
    statements: list[CoverageStatement]


class GraphText(TypedDict):
    """Which graph the program was compiled from."""

    version: str
    digest: str


class ProgramText(TypedDict):
    """The whole program. A build adds ``jsonSchema``, ``jsonldContext``, ``demands`` and ``graph`` to what the compiler writes."""

    schema: SchemaText
    places: dict[str, PlaceText]
    placeLabels: dict[str, Words]
    memberships: list[list[str | None]]
    derived: list[DerivedRule]
    classes_compiled: dict[str, Expression]
    domains: dict[str, str]
    classLabels: NotRequired[dict[str, Words]]
    norms: list[NormText]
    unweighed: list[str]
    reported: list[TermText]
    instruments: dict[str, InstrumentText]
    provisions: dict[str, ProvisionText]
    questions: dict[str, QuestionText]
    positions: dict[str, PositionText]
    reconciliations: dict[str, ReconciliationText]
    wayKinds: dict[str, WayKindText]
    sanctions: dict[str, SanctionText]
    oppositions: dict[str, Words]
    spans: dict[str, list[str | None]]
    conflicts: list[ConflictText]
    demands: NotRequired[list[DemandText]]
    conflictWords: NotRequired[dict[str, dict[str, Words]]]
    coverage: CoverageText
    recognition: RecognitionText
    jsonSchema: NotRequired[dict[str, object]]
    jsonldContext: NotRequired[dict[str, object]]
    graph: NotRequired[GraphText]
