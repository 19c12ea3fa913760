"""Restrictions of a leg that a commitment between states reaches: a note for states, never a permission for the parties of a flow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from comity.law.norm import DUTIES
from comity.law.outcome import Outcome
from comity.law.program import Program
from comity.law.program_text import ProgramText, Words
from comity.logic.node import Node
from comity.recognition.commitments import Commitments
from comity.recognition.sides import Gazetteer, Side
from comity.recognition.treaties import Treaties

__all__ = ["MOST_COMMITMENTS", "RestrictionNotes"]

Json = dict[str, Any]
MOST_COMMITMENTS = 2
"""How many notes a summary tells."""

_APPLIES = frozenset(("prohibited", "unmet", "due", "met", "contested"))
_PLACES_OF_FLOW = ("from", "to")
_PLACES_OF_PARTY = ("establishedIn", "organisedUnder", "principalPlaceOfBusiness")
_MOST_PAIRS = 4096  # of sides and stretches of time whose commitments are kept
_TEXT = {
    "en": "{by} restricts this flow ({norms}); {towards} may {question} that{whom} under {treaty} ({commitments}) by {ways}{closed}. "
    "{excuses}Between states only: it permits nothing, and no company can plead it.",
    "zh": "{by}对该流动设有限制（{norms}）；{towards}可依{treaty}（{commitments}）{whom}{question}，途径：{ways}{closed}。"
    "{excuses}此仅为国家之间的关系：不构成许可，企业不得援引。",
}
_QUESTION = {"en": ("question", "arguably question"), "zh": ("提出质疑", "在有争议的情况下提出质疑")}
_WHOM = {"en": ", for its {},", "zh": "就其{}"}
_EXCUSED = {"en": "{} of the treaty's exceptions may excuse it. ", "zh": "条约的 {} 项例外可使其正当。"}
_CLOSED = {"en": ", not by {}", "zh": "；不得诉诸：{}"}
_NO_WAY = {"en": "no agreed way", "zh": "无约定途径"}


class RestrictionNotes:
    """Finds the notes of legs; safe to share between threads: what is kept is always the same."""

    def __init__(self, text: ProgramText, program: Program) -> None:
        recognition = text["recognition"]
        names = text["schema"].get("placeNames", {})
        bodies = frozenset(recognition["bodies"])  # whatever a description names is a side here, with law of its own or not
        self._gazetteer = Gazetteer(program.territories, text["placeLabels"], names, recognition["bodies"], bodies)
        self._commitments = Commitments(recognition, Treaties(recognition, self._gazetteer))
        self._restricts = recognition["restricts"]
        self._program = program
        self._owed: dict[tuple[str, str, int], list[Json]] = {}

    def of(self, outcome: Outcome) -> list[Json]:
        """Return a note for each place towards which restrictions that hit the leg are questionable, each treaty and way of dispute."""
        hitting: dict[str, dict[str, list[str]]] = {}
        for ruling in outcome.rulings:
            kinds = self._restricts.get(ruling.norm.id)
            if kinds and ruling.status in _APPLIES and ruling.norm.kind in DUTIES:
                for home in self._program.data["instruments"][ruling.norm.instrument]["jurisdiction"]:
                    hitting.setdefault(self._program.territories.outermost(home), {})[ruling.norm.id] = kinds
        day = outcome.application.epoch.day
        return [
            note
            for home, norms in hitting.items()
            for by in self._sides([home], day)
            for towards in self._sides(_places(outcome.application.leg), day)
            if not (towards.places <= by.places or by.places <= towards.places)
            for note in self._between(by, towards, norms, day)
        ]

    def _sides(self, codes: Iterable[str], day: date) -> Iterator[Side]:
        """Return the sides that codes name, each once; the description was read, so that the graph knows them all."""
        sides = (self._gazetteer.side(code, day, "place") for code in dict.fromkeys(codes))
        return (side for side in sides if side.places)

    def _between(self, by: Side, towards: Side, norms: dict[str, list[str]], day: date) -> Iterator[Json]:
        alike: dict[Any, list[tuple[Json, list[str]]]] = {}
        for owed in self._owed_by(by, towards, day):
            kinds = {reach["code"] for reach in owed["reaches"]}
            hit = [norm for norm, restricted in norms.items() if not kinds.isdisjoint(restricted)]
            if hit and owed["outcome"] in ("questionable", "arguable"):
                ways = tuple(way["code"] for way in owed["dispute"]["open"])
                alike.setdefault((owed["treaty"]["id"], ways, tuple(actor["code"] for actor in owed["protects"])), []).append((owed, hit))
        for reached in alike.values():
            yield _note(by, towards, reached)

    def _owed_by(self, by: Side, towards: Side, day: date) -> list[Json]:
        key = (by.code, towards.code, self._program.timeline.epoch(day))
        found = self._owed.get(key)
        if found is None:
            if len(self._owed) >= _MOST_PAIRS:
                self._owed.clear()
            found = self._owed[key] = self._commitments.owed(by, towards, day)
        return found


def _places(leg: Node) -> Iterator[str]:
    """Yield the codes of the places between which a leg goes and to which its parties belong, as they were stated.

    A place known only by what it is not (``outside``) is left out: nobody in particular can question anything for it.
    """
    holders: list[tuple[Node, tuple[str, ...]]] = [(leg, _PLACES_OF_FLOW)]
    holders += [(party, _PLACES_OF_PARTY) for position in ("exporter", "importer") for party in leg.get(position) or ()]
    for node, keys in holders:
        for key in keys:
            stated = node.raw.get(key)
            yield from (code for code in (stated if isinstance(stated, list) else [stated]) if isinstance(code, str))


def _note(by: Side, towards: Side, reached: list[tuple[Json, list[str]]]) -> Json:
    first = reached[0][0]
    protects = first["protects"]
    norms = sorted({norm for _, hit in reached for norm in hit})
    exceptions = _once(excuse for owed, _ in reached for excuse in owed["exceptions"])
    ways, closed = (_once((way for owed, _ in reached for way in owed["dispute"][name]), "code") for name in ("open", "closed"))
    arguable = all(owed["outcome"] == "arguable" for owed, _ in reached)
    commitments = [owed["commitment"] for owed, _ in reached]
    return {
        "kind": "restrictionVersusCommitment",
        "status": "protected",
        "by": by.code,
        "towards": towards.code,
        "norms": norms,
        "treaty": first["treaty"]["id"],
        "commitments": commitments,
        "protects": [actor["code"] for actor in protects],
        "arguable": arguable,
        "exceptions": [excuse["exception"] for excuse in exceptions],
        "dispute": {"open": [way["code"] for way in ways], "closed": [way["code"] for way in closed]},
        "text": {
            lang: _TEXT[lang].format(
                by=by.label.get(lang, by.code),
                towards=towards.label.get(lang, towards.code),
                norms=_listed(norms, lang),
                question=_QUESTION[lang][arguable],
                whom=_WHOM[lang].format(_listed((_word(actor, lang) for actor in protects), lang)) if protects else "",
                treaty=first["treaty"]["label"].get(lang, first["treaty"]["id"]),
                commitments=_listed(commitments, lang),
                ways=_listed((_word(way, lang) for way in ways), lang) or _NO_WAY[lang],
                closed=_CLOSED[lang].format(_listed((_word(way, lang) for way in closed), lang)) if closed else "",
                excuses=_EXCUSED[lang].format(len(exceptions)) if exceptions else "",
            )
            for lang in _TEXT
        },
    }


def _word(shown: Json, lang: str) -> str:
    label: Words = shown["label"]
    return label.get(lang, "")


def _listed(texts: Iterable[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(texts)


def _once(entries: Iterable[Json], key: str = "exception") -> list[Json]:
    return list({entry[key]: entry for entry in entries}.values())
