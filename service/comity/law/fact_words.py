"""Facts in words: what a fact is called, of whom it is one, what it says, and whether it was told or assumed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol

from comity.law.grounds import VALIDITY
from comity.law.program_text import TermText, Words
from comity.law.values import COLON, NONE, alternatives, both, date_words, listed, mapping_words, moment, number_words, plain
from comity.logic.facts import UNSTATED, Fact

__all__ = ["FactWords", "Gaps", "Labels"]

_ASSUMED = {"en": " (assumed)", "zh": "（推定）"}
_OF = {"en": " ({})", "zh": "（{}）"}
_SINCE = {"en": ", from {}", "zh": "，自{}起"}
_UNTIL = {"en": ", until {}", "zh": "，至{}止"}
_UNTOLD = {"en": "not stated", "zh": "未说明"}
_TRUTH = {True: {"en": "yes", "zh": "是"}, False: {"en": "no", "zh": "否"}}


class Gaps(Protocol):
    """What stands for figures in an answer that is to serve for many descriptions."""

    def figure(self, fact: Fact) -> tuple[Any, Words] | None:
        """Return what stands for the value of a figure, and for its words; ``None`` for a fact that is no figure."""


class Labels(Protocol):
    """What keys, values, objects, positions of parties and provisions are called, and what kind of value stands under a key."""

    def key(self, kind: str, key: str) -> Words:
        """Return what a key of a node class is called."""

    def value(self, kind: str, key: str, value: str) -> Words:
        """Return what a code under a key is called."""

    def thing(self, kind: str, key: str, raw: dict[str, Any]) -> tuple[str, Words]:
        """Return by what an object under a key is known, and what that is called."""

    def value_kind(self, kind: str, key: str) -> str:
        """Return the kind of value under a key: a kind of the schema, or the operator by which the fact is derived."""

    def unit(self, kind: str, key: str) -> Words:
        """Return in what a number under a key is counted; nothing where that goes without saying."""

    def stance(self, position: str) -> Words:
        """Return what a position on an open question says."""

    def position(self, key: str) -> Words | None:
        """Return what the position of a party in a flow is called, if ``key`` is one."""

    def standing(self, path: str) -> Words | None:
        """Return what the key is called under which the thing at a place of the description stands."""

    def provision(self, iri: str) -> Words:
        """Return how a provision is cited."""

    def term(self, name: str) -> TermText:
        """Return the reported term that a class stands for."""

    def is_evaluative(self, fact: Fact) -> bool:
        """Say whether a fact is a judgement of whoever states it."""


class FactWords:
    """Puts the facts of one answer into words, each once.

    ``assumed`` are the pointers of facts that silence stands for, ``gaps`` say what stands for the figures that differ from one
    description of a profile to the next.
    """

    def __init__(self, labels: Labels, assumed: Collection[str] = (), gaps: Gaps | None = None) -> None:
        self._labels = labels
        self._assumed = assumed
        self._gaps = gaps
        self._told: dict[str, tuple[dict[str, Any], Words, Words]] = {}

    def shown(self, fact: Fact) -> dict[str, Any]:
        """Return a fact as the answer shows it: pointer, value, label and value in words."""
        return (self._told.get(fact.pointer) or self._tell(fact))[0]

    def clause(self, fact: Fact, whose: bool = True) -> Words:
        """Return a fact as a sentence tells it, with the party *whose* fact it is unless that goes without saying."""
        label, said = (self._told.get(fact.pointer) or self._tell(fact))[1:]
        of = self.whose(fact.kind, fact.pointer.rpartition("/")[0]) if whose else None
        return both(lambda language: f"{label[language]}{_OF[language].format(of[language]) if of else ''}{said[language]}")

    def whose(self, kind: str, path: str) -> Words | None:
        """Return in which position a party stands, so that two parties are told apart."""
        if kind != "Party":
            return None
        return self._labels.position(next((part for part in reversed(path.split("/")) if part and not part.isdecimal()), ""))

    def _tell(self, fact: Fact) -> tuple[dict[str, Any], Words, Words]:
        place = self._labels.standing(fact.pointer) if fact.kind == "Place" else None
        label = place or self._labels.key(fact.kind, fact.key)
        value, words = self._value(fact)
        shown = {"path": fact.pointer, "value": value, "label": label, "valueLabel": words}
        if fact.value is UNSTATED:
            shown["stated"] = False
        assumed = fact.pointer in self._assumed or self._is_undated(fact)
        if assumed:
            shown["assumed"] = True
        said = both(lambda language: f"{COLON[language]}{words[language]}{_ASSUMED[language] if assumed else ''}")
        told = self._told[fact.pointer] = (shown, label, said)
        return told

    def _is_undated(self, fact: Fact) -> bool:
        """Say whether a validity is assumed, since neither its first nor its last day is stated."""
        dated = self._labels.value_kind(fact.kind, fact.key) == "op-validOn"
        return dated and not any(fact.holder.get(limit) for limit in VALIDITY)

    def _value(self, fact: Fact) -> tuple[Any, Words]:
        if fact.value is UNSTATED:
            return None, _UNTOLD
        unit = self._labels.unit(fact.kind, fact.key)
        gap = None if self._gaps is None else self._gaps.figure(fact)
        if gap is not None:
            return gap[0], _counted(gap[1], unit)
        kind = self._labels.value_kind(fact.kind, fact.key)
        if kind == "op-dateTime":
            day = moment(fact.value)
            return day, date_words(day)
        value = plain(fact.value)
        if kind == "op-validOn":
            return value, _with_dates(_TRUTH[bool(value)], fact)
        if (isinstance(value, list) and any(isinstance(item, dict) for item in value)) or kind in ("node", "party"):
            return self._things(fact, value)
        return value, self._words(fact, kind, value, unit)

    def _words(self, fact: Fact, kind: str, value: Any, unit: Words) -> Words:
        if isinstance(value, bool):
            return _TRUTH[value]
        if value is None or value == []:
            return NONE
        if isinstance(value, int | float):
            return _counted(number_words(value), unit)
        if isinstance(value, str):
            return date_words(value) if kind == "date" else self._labels.value(fact.kind, fact.key, value)
        if isinstance(value, dict):
            return _counted(self._mapping(fact, value), unit)
        return listed([self._one(fact, item) for item in value])

    def _mapping(self, fact: Fact, value: dict[str, Any]) -> Words:
        told = mapping_words(value, lambda code: self._labels.value(fact.kind, fact.key, code))
        return told or self._labels.thing(fact.kind, fact.key, value)[1]

    def _one(self, fact: Fact, item: Any) -> Words:
        if isinstance(item, dict):
            return self._mapping(fact, item)
        if isinstance(item, list):  # one of several places, of which it is not told which
            return alternatives([self._one(fact, each) for each in item])
        return self._labels.value(fact.kind, fact.key, item) if isinstance(item, str) else number_words(item)

    def _things(self, fact: Fact, value: Any) -> tuple[Any, Words]:
        """Return the names of one object or of several; an object itself is never shown."""
        each = [item for item in (value if isinstance(value, list) else [value]) if item is not None]
        named = [
            self._labels.thing(fact.kind, fact.key, item)
            if isinstance(item, dict) and mapping_words(item, lambda code: NONE) is None
            else (item, self._one(fact, item))
            for item in each
        ]
        names, words = [name for name, _ in named], listed([word for _, word in named])
        if not named:
            return value, NONE
        return (names if isinstance(value, list) else names[0]), words


def _counted(number: Words, unit: Words) -> Words:
    return both(lambda language: f"{number[language]}{unit[language]}") if unit else number


def _with_dates(words: Words, fact: Fact) -> Words:
    """Return whether something is valid with the dates that say so."""
    for key, clause in zip(VALIDITY, (_SINCE, _UNTIL)):
        if day := fact.holder.get(key):
            said = date_words(day)
            words = {language: f"{words[language]}{clause[language].format(said[language])}" for language in words}
    return words
