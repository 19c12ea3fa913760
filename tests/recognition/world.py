"""A small world of recognitions: a few places, bodies, rows, treaties and commitments; a test tells only what matters to it.

``XX`` has the parts ``XX-1`` and ``XX-2``. ``YY`` and ``ZZ`` are members of the body ``UNION``, which is a side once a row or a
statement of coverage speaks of its law; the body ``CLUB`` never is. ``SEAL`` and ``MARK`` are certification schemes.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.recognition.exceptions import Measure
from comity.recognition.service import Recognitions
from tests.tiny import held, norm, program, words

__all__ = [
    "DAY",
    "Json",
    "commitment",
    "exception",
    "owed",
    "power",
    "reach",
    "respite",
    "row",
    "states",
    "tiny_program",
    "told",
    "treaty",
    "world",
]

Json = dict[str, Any]
DAY = date(2025, 6, 2)
PLACES = {"XX": None, "XX-1": "XX", "XX-2": "XX", "YY": None, "ZZ": None, "WW": None}
MEMBERSHIPS = [["UNION", "YY", "2020-01-01", None], ["UNION", "ZZ", "2020-01-01", None]]
BODIES = ("UNION", "CLUB", "SEAL", "MARK")
NOBODY = {"status": "encoded", "against": [], "copies": [], "secondary": [], "on": None}
CODES = {
    "kind": ("adequacy", "equivalence", "whiteList", "certificationRecognition", "contractArrangement", "treatyCommitment"),
    "status": ("inForce", "ended", "signed"),
    "restriction": ("localStorage", "transferBan"),
    "actor": ("anyPerson", "investor", "serviceSupplier"),
    "measure": ("taxation", "governmentProcurement"),
    "ground": ("security", "publicPolicy", "transition", "scope"),
    "test": ("necessary",),
    "judge": ("party", "panel"),
    "strength": ("duty", "endeavour", "political"),
    "forum": ("consultations", "panel"),
    "standing": ("party", "applicant"),
}


def row(id: str, by: str, of: str | None = None, kind: str = "adequacy", **more: Any) -> Json:
    """Return a recognition in force since 2022 that opens transfers."""
    entry: Json = {
        "id": id,
        "iri": f"https://example.org/{id}",
        "label": words(id),
        "kind": kind,
        "by": by,
        "of": of,
        "through": None,
        "everywhere": False,
        "from": "2022-01-01",
        "until": None,
        "signed": None,
        "inForce": True,
        "status": "inForce",
        "opens": True,
        "scope": {},
        "tested": False,
        "instruments": [],
        "citation": None,
        "sources": [],
        "verification": NOBODY,
    }
    return {**entry, **more}


def treaty(**more: Any) -> Json:
    """Return a binding treaty in force since 2022; ``parties`` or ``partiesOf`` say whose it is."""
    entry: Json = {
        "iri": "https://example.org/treaty",
        "label": words("treaty"),
        "binding": True,
        "draft": False,
        "from": "2022-01-01",
        "until": None,
        "signed": None,
        "concluded": None,
        "threshold": None,
        "partiesOf": None,
        "parties": [],
    }
    return {**entry, **more}


def _spoken(**more: Any) -> Json:
    return {
        "iri": "https://example.org/norm",
        "label": words("norm"),
        "definition": words("what it says"),
        "treaty": "pact",
        "from": None,
        "until": None,
        **more,
    }


def reach(restriction: str, arguable: bool = False, number: str | None = None) -> Json:
    """Return a kind of restriction that a commitment reaches."""
    return {"restriction": restriction, "arguable": arguable, "number": number}


def commitment(*reaches: Json, **more: Any) -> Json:
    """Return a duty of every party of the treaty ``pact``, to the good of everyone."""
    entry = _spoken(act="LocalStorage", strength="duty", binds=[], protects=[], reaches=list(reaches), provisions=[], leavesOut={})
    return {**entry, "verification": NOBODY, **more}


def exception(*to: str, **more: Any) -> Json:
    """Return an exception to the commitments named, of every party."""
    empty: Json = {key: [] for key in ("grounds", "tests", "excludesActors", "excludesMeasures", "respites", "closes", "unsettles")}
    return {**_spoken(to=list(to), judgedBy=None, disputable=True), **empty, **more}


def respite(*places: str, **more: Any) -> Json:
    """Return a respite of the places named, against everyone and for every measure."""
    return {"places": list(places), "against": [], "extendableUntil": None, "measureBy": None, "under": [], **more}


def power(*enforces: str, opens: tuple[str, ...] = ("consultations", "panel"), **more: Any) -> Json:
    """Return a power to pursue the commitments named."""
    return {**_spoken(enforces=list(enforces), opens=list(opens), noticeMonths=None), **more}


def tiny_program(
    *rows: Json, norms: tuple[Json, ...] = (), memberships: list[Any] | None = None, statements: tuple[Json, ...] = (), **recognition: Any
) -> Json:
    """Return the program of the world; the law of ``XX`` and ``YY`` is held in full unless ``statements`` say otherwise.

    An instrument is law of the place with whose code its name begins.
    """
    base = program(list(norms) or [norm("N", "A")])
    labels = {code: words({"XX": "Xland", "YY": "Yland", "ZZ": "Zland", "WW": "Wland"}.get(code, code)) for code in (*PLACES, *BODIES)}
    return {
        **base,
        "instruments": {name: {**entry, "jurisdiction": [name[:2].upper()]} for name, entry in base["instruments"].items()},
        "places": {code: {"partOf": whole} for code, whole in PLACES.items()},
        "placeLabels": labels,
        "memberships": MEMBERSHIPS if memberships is None else memberships,
        "schema": {
            **base["schema"],
            "placeNames": {text.casefold(): code for code, label in labels.items() for text in label.values()},
        },
        "coverage": {**base["coverage"], "statements": list(statements) or [held("XX", "whole"), held("YY", "whole")]},
        "recognition": {
            **base["recognition"],
            "rows": list(rows),
            "bodies": {
                body: {"label": words(body), "definition": {"en": f"This is {body}.", "zh": f"此为{body}。"}, "iri": ""} for body in BODIES
            },
            "words": {name: {code: words(code) for code in codes} for name, codes in CODES.items()},
            **recognition,
        },
    }


def world(*rows: Json, **more: Any) -> Recognitions:
    """Return the service over the world with these rows; see :func:`tiny_program` for the rest."""
    return Recognitions(tiny_program(*rows, **more))


def states(found: Json) -> tuple[str, str, str]:
    """Return how each side of a pair stands towards the other, and what that makes together."""
    return found["forward"]["state"], found["backward"]["state"], found["mutual"]


def owed(by: str = "XX", towards: str = "WW", day: date = DAY, told: Measure | None = None, **recognition: Any) -> list[Json]:
    """Return what one side owes the other under the treaty ``pact`` between ``XX``, ``UNION`` and ``WW``."""
    recognition.setdefault("treaties", {"pact": treaty(parties=["UNION", "WW", "XX"])})
    return world(row("U", "UNION", "WW"), **recognition).owed(by, towards, day, told or Measure())["commitments"]


def told(**facts: Any) -> Measure:
    """Return what is told of a measure."""
    return Measure(**facts)
