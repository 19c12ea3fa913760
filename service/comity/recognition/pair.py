"""Two sides on a day: what each recognises of the other, whether that is mutual, and what they share."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from comity.law.recognition_text import RecognitionText
from comity.recognition.law_of import LawOf
from comity.recognition.on_day import Counted, OnDay
from comity.recognition.sides import Gazetteer, Side
from comity.recognition.treaties import Between, Treaties

__all__ = ["STATES", "Pairs", "Standing", "row_shown"]

Json = dict[str, Any]

STATES = {
    "same-law": {
        "en": "one law governs both: a flow between them is no transfer to another country",
        "zh": "双方适用同一法律：其间流动不构成向他国传输",
    },
    "recognised": {
        "en": "recognised: data in the scope may go there without a further mechanism",
        "zh": "已认可：范围内的数据无须其他机制即可传输",
    },
    "partly": {"en": "recognised in part: some of its places are", "zh": "部分认可：仅其部分地方获认可"},
    "with-mechanism": {
        "en": "not recognised as a place; a certificate or contract of the recipient is accepted",
        "zh": "未认可该地方；接受接收方的认证或合同",
    },
    "not-recognised": {"en": "not recognised: a mechanism of the parties is needed", "zh": "未认可：须由当事人采用其他机制"},
    "not-held": {
        "en": "no row was found, and the graph does not hold the law on transfers of the side that would recognise",
        "zh": "未发现条目，且图谱未收录作出认可一方的传输法律",
    },
}
"""How one side stands towards the other, in words."""

MUTUALITY = {
    "same-law": {"en": "one law governs both", "zh": "双方适用同一法律"},
    "mutual": {"en": "each recognises the other", "zh": "相互认可"},
    "one-way": {"en": "one recognises the other, and not the reverse", "zh": "单向认可"},
    "none": {"en": "neither recognises the other", "zh": "互不认可"},
    "unknown": {"en": "the graph does not hold the law of a side that would have to recognise", "zh": "图谱未收录须作出认可一方的法律"},
}


class Standing(NamedTuple):
    """How one side stands towards another on a day: in a word of ``STATES``, how far its law is held, and on which recognitions.

    ``reaching`` are those of the whole other side, ``partly`` those of some of its places, ``accepted`` those of certificates; ``holders``
    says of these whether the recipient's place takes part.
    """

    state: str
    held: str
    reaching: list[Counted]
    partly: list[Counted]
    accepted: list[Counted]
    holders: dict[str, bool | None]


class Pairs:
    """Answers about two sides."""

    def __init__(self, text: RecognitionText, gazetteer: Gazetteer, treaties: Treaties, law: LawOf) -> None:
        self._text = text
        self._gazetteer = gazetteer
        self._treaties = treaties
        self._law = law
        self._schemes = sorted({str(row["of"]) for row in text["rows"] if row["kind"] == "certificationRecognition" and row["of"]})

    def pair(self, one: Side, other: Side, today: OnDay) -> Json:
        """Return what stands between two sides on a day."""
        forward, backward = self._direction(one, other, today), self._direction(other, one, today)
        mutual = _mutuality(forward["state"], backward["state"])
        return {
            "from": self._gazetteer.shown(one.code),
            "to": self._gazetteer.shown(other.code),
            "on": today.day.isoformat(),
            "mutual": mutual,
            "mutualLabel": MUTUALITY[mutual],
            "forward": forward,
            "backward": backward,
            "differences": _differences(forward, backward),
            "certificatesOfBoth": [
                self._gazetteer.shown(scheme) for scheme in self._schemes if all(_accepts(side, scheme, today) for side in (one, other))
            ],
            "schemesOfBoth": [
                self._gazetteer.shown(scheme)
                for scheme in self._schemes
                if all(side.within(self._gazetteer.members(scheme, today.day)) for side in (one, other))
            ],
            "treaties": [self._treaty(between, one, other, today.day) for between in self._treaties.between(one, other, today.day)],
        }

    def standing(self, by: Side, towards: Side, today: OnDay) -> Standing:
        """Return how one side stands towards the other, and the recognitions on which that rests."""
        made = today.of(by)
        reaching = [each for each in made if each.reaches(towards) and each.row["kind"] != "treatyCommitment"]
        partly = [each for each in made if not each.reaches(towards) and each.of & towards.places and each.opens_place]
        accepted = [each for each in made if each.row["kind"] == "certificationRecognition" and each.row["of"] != towards.code]
        held = self._law.held(by, today.day)
        holders = {each.row["id"]: self._can_hold(towards, each, today.day) for each in accepted}
        usable = [each for each in accepted if holders[each.row["id"]]]
        state = (
            "same-law"
            if today.one_law(by, towards)
            else _state(bool(today.opening(by, towards)), reaching, partly, usable, held == "whole")
        )
        return Standing(state, held, reaching, partly, accepted, holders)

    def _direction(self, by: Side, towards: Side, today: OnDay) -> Json:
        state, held, reaching, partly, accepted, holders = self.standing(by, towards, today)
        shown: Json = {
            "from": by.code,
            "to": towards.code,
            "state": state,
            "stateLabel": STATES[state],
            "lawHeld": held,
            "recognitions": [row_shown(each, self._text) for each in reaching],
            "certificates": [{**row_shown(each, self._text), "recipientsPlaceTakesPart": holders[each.row["id"]]} for each in accepted],
            "notInForce": [row_shown(each, self._text) for each in today.dormant(by, towards) if each.row["kind"] != "treatyCommitment"],
        }
        if partly:
            shown["ofParts"] = [{**row_shown(each, self._text), "places": sorted(each.of & towards.places)} for each in partly]
        if state not in ("same-law", "recognised", "not-held"):
            shown["groundsLeft"] = self._law.grounds(by, today.day)
        return shown

    def _can_hold(self, side: Side, accepted: Counted, day: date) -> bool | None:
        """Say whether organisations of a side can hold a certificate; ``None`` where the graph does not know who takes part in the scheme.

        Where places take part in the scheme, certificates are given there alone; that of a body with law goes wherever the recipient is.
        """
        scheme = str(accepted.row["of"])
        if accepted.row["everywhere"] and self._gazetteer.has_law(scheme):
            return True
        return side.within(self._gazetteer.members(scheme, day)) if scheme in self._gazetteer.territories.rows else None

    def _treaty(self, between: Between, one: Side, other: Side, day: date) -> Json:
        treaty = between.treaty
        shown: Json = {
            "id": between.id,
            "label": treaty["label"],
            "iri": treaty["iri"],
            "binding": treaty["binding"],
            "inForce": between.in_force,
            "since": between.since,
        }
        if not between.in_force:
            shown |= {"signedOn": treaty["signed"], "negotiationsConcludedOn": treaty["concluded"], "partiesNeeded": treaty["threshold"]}
            words = self._text["words"]["standing"]
            standings = {
                code: {"code": told.status, "label": words.get(told.status, {}), "since": told.since}
                for code, told in between.standings.items()
            }
            return shown | ({"standings": standings} if standings else {})
        owed = {side.code: [name for name, _ in self._treaties.owed(side, between.id, day)] for side in (one, other)}
        return {**shown, "owedBy": owed}


def row_shown(counted: Counted, text: RecognitionText) -> Json:
    """Return a recognition as answers show it, with its instrument, scope, days and how far it was verified."""
    row, words = counted.row, text["words"]
    return {
        "id": row["id"],
        "iri": row["iri"],
        "label": row["label"],
        "kind": {"code": row["kind"], "label": words["kind"].get(row["kind"], {})},
        "status": {"code": row["status"], "label": words["status"].get(row["status"], {})},
        "recogniser": row["by"],
        "recognised": row["of"],
        **({"recognisedThrough": row["through"]} if row["through"] else {}),
        "opensTransfers": row["opens"],
        "scope": row["scope"],
        "scopeTested": row["tested"],
        "since": row["from"],
        "until": row["until"],
        "signedOn": row["signed"],
        **({} if counted.certain else {"datesUncertain": True}),
        "instruments": row["instruments"],
        **({"citation": row["citation"]} if row["citation"] else {}),
        "sources": row["sources"],
        "verification": row["verification"],
    }


def _state(opening: bool, reaching: list[Counted], partly: list[Counted], accepted: list[Counted], held: bool) -> str:
    if opening:
        return "recognised"
    if partly:
        return "partly"
    if any(each.row["opens"] for each in (*accepted, *reaching)):
        return "with-mechanism"
    return "not-recognised" if held else "not-held"


def _mutuality(forward: str, backward: str) -> str:
    both = {forward, backward}
    if both == {"same-law"}:
        return "same-law"
    if both == {"recognised"}:
        return "mutual"
    if "recognised" in both:
        return "one-way" if "not-held" not in both else "unknown"
    return "unknown" if "not-held" in both else "none"


def _accepts(side: Side, scheme: str, today: OnDay) -> bool:
    return any(each.row["kind"] == "certificationRecognition" and each.row["of"] == scheme for each in today.of(side))


def _differences(forward: Json, backward: Json) -> list[Json]:
    """Return in what two directions differ: kind, scope, end, instrument."""
    found: list[Json] = []
    if not (forward["recognitions"] and backward["recognitions"]):
        return found
    for aspect, read in _ASPECTS.items():
        here, there = ([read(row) for row in side["recognitions"]] for side in (forward, backward))
        if sorted(map(str, here)) != sorted(map(str, there)):
            found.append({"aspect": aspect, "forward": here, "backward": there})
    return found


_ASPECTS: dict[str, Any] = {
    "kind": lambda row: row["kind"]["code"],
    "scope": lambda row: row["scope"],
    "since": lambda row: row["since"],
    "until": lambda row: row["until"],
    "scopeTested": lambda row: row["scopeTested"],
}
