"""The part of ``program.json`` that says who recognises whom, and what states owe each other about data.

Written by `comity.compile.recognition`, read by the package `comity.recognition`. Places and bodies are named by their codes,
coded values by their notations, days are ISO texts that may be known only to the month or the year.
"""

from __future__ import annotations

from typing import TypedDict

__all__ = [
    "BodyText",
    "CommitmentText",
    "DaysText",
    "EnforcementText",
    "ExceptionText",
    "InstrumentNamed",
    "ReachText",
    "RecognitionRow",
    "RecognitionText",
    "RespiteText",
    "SpokenText",
    "StandingText",
    "TreatyText",
    "Verification",
]

Words = dict[str, str]


DaysText = TypedDict("DaysText", {"from": str | None, "until": str | None})
"""The days on which a thing is in force, the last exclusive."""

SpokenText = TypedDict(
    "SpokenText", {"iri": str, "label": Words, "definition": Words, "treaty": str, "from": str | None, "until": str | None}
)
"""What commitments, exceptions and powers have in common."""


class Verification(TypedDict):
    """How far a row was verified: against which official texts, in which copies and secondary pages, when."""

    status: str
    against: list[str]
    copies: list[str]
    secondary: list[str]
    on: str | None


class InstrumentNamed(TypedDict):
    """An instrument by its name, and by its IRI where the graph holds it."""

    label: Words
    iri: str | None


class BodyText(TypedDict):
    """A body of places: what it is called and what it is."""

    label: Words
    definition: Words
    iri: str


RecognitionRow = TypedDict(
    "RecognitionRow",
    {
        "id": str,
        "iri": str,
        "label": Words,
        "kind": str,
        "by": str,
        "of": str | None,
        "through": str | None,
        "everywhere": bool,
        "from": str | None,
        "until": str | None,
        "signed": str | None,
        "inForce": bool,
        "status": str,
        "opens": bool,
        "scope": Words,
        "tested": bool,
        "instruments": list[InstrumentNamed],
        "citation": str | None,
        "sources": list[str],
        "verification": Verification,
    },
)
"""A recognition: who (``by``) recognises whom (``of``, or everyone whom the body ``through`` recognises).

``everywhere`` says that it follows the recipient wherever it stands, ``inForce`` that it is known to be in force on its days,
``opens`` that data may be sent on it, ``tested`` that its scope is a class against which flows are judged.
"""

StandingText = TypedDict("StandingText", {"body": str, "place": str, "status": str, "from": str | None, "until": str | None})
"""A standing of a place in a body that is short of membership."""

TreatyText = TypedDict(
    "TreatyText",
    {
        "iri": str,
        "label": Words,
        "binding": bool,
        "draft": bool,
        "from": str | None,
        "until": str | None,
        "signed": str | None,
        "concluded": str | None,
        "threshold": int | None,
        "partiesOf": str | None,
        "parties": list[str],
    },
)
"""An instrument between states; its parties are the members of ``partiesOf``, or the places and bodies named in ``parties``.

``threshold`` is how many parties it needs before it enters into force, where that is what it waits for.
"""


class ReachText(TypedDict):
    """A kind of restriction that a commitment reaches, ``arguable`` where that is open, with the item of a closed list."""

    restriction: str
    arguable: bool
    number: str | None


CommitmentText = TypedDict(
    "CommitmentText",
    {
        "iri": str,
        "label": Words,
        "definition": Words,
        "treaty": str,
        "act": str,
        "strength": str,
        "binds": list[str],
        "protects": list[str],
        "reaches": list[ReachText],
        "from": str | None,
        "until": str | None,
        "provisions": list[str],
        "leavesOut": Words,
        "verification": Verification,
    },
)
"""What one state owes another. An empty ``binds`` means every party, an empty ``protects`` that the text tells no persons apart."""


class RespiteText(TypedDict):
    """For whom, against whom (everyone, if empty) and for which measures an exception holds: in effect by a day, ``under`` a law."""

    places: list[str]
    against: list[str]
    extendableUntil: str | None
    measureBy: str | None
    under: list[str]


ExceptionText = TypedDict(
    "ExceptionText",
    {
        "iri": str,
        "label": Words,
        "definition": Words,
        "treaty": str,
        "to": list[str],
        "grounds": list[str],
        "judgedBy": str | None,
        "tests": list[str],
        "disputable": bool,
        "excludesActors": list[str],
        "excludesMeasures": list[str],
        "respites": list[RespiteText],
        "closes": list[str],
        "unsettles": list[str],
        "from": str | None,
        "until": str | None,
    },
)
"""What excuses a restriction that the commitments ``to`` reach, or closes a way of dispute on them."""

EnforcementText = TypedDict(
    "EnforcementText",
    {
        "iri": str,
        "label": Words,
        "definition": Words,
        "treaty": str,
        "enforces": list[str],
        "opens": list[str],
        "noticeMonths": int | None,
        "from": str | None,
        "until": str | None,
    },
)
"""Under which power a party may pursue which commitments, and in which ways."""


class RecognitionText(TypedDict):
    """Everything that the recognition service reads; norms and exceptions are named by their identifiers."""

    bodies: dict[str, BodyText]
    rows: list[RecognitionRow]
    standings: list[StandingText]
    pairs: list[list[str | None]]
    treaties: dict[str, TreatyText]
    commitments: dict[str, CommitmentText]
    exceptions: dict[str, ExceptionText]
    enforcement: dict[str, EnforcementText]
    restricts: dict[str, list[str]]
    words: dict[str, dict[str, Words]]
