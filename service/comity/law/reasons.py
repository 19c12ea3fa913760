"""Reasons in English and Chinese: the sentence that says what became of a norm, and the chain of classes and facts behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from comity.law.fact_words import FactWords, Gaps, Labels
from comity.law.grounds import Chain
from comity.law.imprecise_dates import Undated
from comity.law.judgement import Ruling
from comity.law.program_text import Words
from comity.law.status_words import EXCEPTION_OPEN, FAILS, LACKING, LEADS_TO, MET_OPEN, NEARLY, NOT_IN_FORCE, STATUS, UNDER
from comity.law.values import COLON, both
from comity.law.why import Lack
from comity.logic.facts import Fact, Link

__all__ = ["Narrator"]

_SEMICOLON = {"en": "; ", "zh": "；"}
_COMMA = {"en": ", ", "zh": "、"}
_OPEN = {"en": " (", "zh": "（"}
_SHUT = {"en": ")", "zh": "）"}
_NOT = {"en": "not ", "zh": "非"}
_BECAUSE = {"en": ", because {}.", "zh": "，依据：{}。"}
_STOP = {"en": ".", "zh": "。"}


class Narrator:
    """Puts rulings, chains and facts into words."""

    def __init__(self, labels: Labels, assumed: Collection[str] = (), gaps: Gaps | None = None) -> None:
        self._labels = labels
        self._words = FactWords(labels, assumed, gaps)
        self._rests_on: dict[str, Fact] = {}

    def facts(self, facts: Iterable[Fact]) -> list[dict[str, Any]]:
        """Return facts as the answer shows them."""
        return [self._words.shown(fact) for fact in facts]

    def rests_on(self, facts: Iterable[Fact]) -> None:
        """Note facts on which the answer rests, told or not."""
        self._rests_on.update((fact.pointer, fact) for fact in facts)

    def evaluations(self) -> list[dict[str, Any]]:
        """Return the facts noted that are judgements of whoever asks, in the order of their pointers."""
        noted = sorted(self._rests_on.items())
        return self.facts(fact for _, fact in noted if fact.is_stated and self._labels.is_evaluative(fact))

    def chain(self, chain: Chain) -> list[dict[str, Any]]:
        """Return the legal classes of a chain as the answer shows them, each with the facts under it."""
        return [
            {
                "class": (term := self._labels.term(link.name))["notation"],
                "label": term["label"],
                "on": link.node.path or "/",
                "holds": link.holds,
                "because": self.facts(facts),
            }
            for link, facts in chain.links.items()
        ]

    def reason(self, ruling: Ruling, chain: Chain, lacks: Collection[Lack] = (), in_force: bool = True, pleaded: bool = True) -> Words:
        """Return the sentence that says what became of a norm and why.

        One that does not apply is told since it is *pleaded*, or else since the flow comes near to it.
        """
        provision = self._labels.provision(ruling.norm.data["provisions"][0])
        status = NEARLY if ruling.status == "not-applicable" and not pleaded else self._status(ruling, lacks)
        clauses = [self._date(gap, ruling) for gap in ruling.undated]
        clauses += [] if in_force else [NOT_IN_FORCE]
        clauses += self._clauses(chain)
        unshown = self._unshown(ruling)
        space = {"en": " ", "zh": ""}
        return both(
            lambda language: (
                provision[language]
                + space[language]
                + status[language]
                + (_BECAUSE[language].format(_SEMICOLON[language].join(c[language] for c in clauses)) if clauses else _STOP[language])
                + unshown[language]
            )
        )

    def _status(self, ruling: Ruling, lacks: Collection[Lack]) -> Words:
        if ruling.status == "met" and ruling.scope is None:
            return MET_OPEN
        if ruling.status == "unknown" and ruling.scope is True:
            return EXCEPTION_OPEN
        status = STATUS[ruling.status]
        if ruling.exempted_by and ruling.status == "exempted":
            by = [self._labels.provision(norm.data["provisions"][0]) for norm in ruling.exempted_by]
            return both(lambda language: status[language].format(by=_COMMA[language].join(words[language] for words in by)))
        if ruling.positions:
            return self._positions(ruling)
        if lacks and ruling.status in LACKING:
            return self._lacks(LACKING[ruling.status], [lack for lack in lacks if lack.holds is False] or lacks)
        if near := [lack for lack in lacks if lack.near]:  # a way that the law offers, which something stated comes near to
            return self._lacks(both(lambda language: status[language] + COLON[language] + "{}"), near)
        return status

    def _lacks(self, said: Words, lacks: Collection[Lack]) -> Words:
        """Return what a norm asks for that is stated not to be in place, or that nothing stated shows."""
        return both(lambda language: said[language].format(_SEMICOLON[language].join(self._lack(lack)[language] for lack in lacks)))

    def _lack(self, lack: Lack) -> Words:
        """Return the name of a part, with the facts on which what was stated for it fails."""
        name, fails = lack.part["name"], [self._words.clause(fact) for fact in lack.near]
        if not fails:
            return name
        return both(lambda language: name[language] + FAILS[language].format(_SEMICOLON[language].join(fact[language] for fact in fails)))

    def _positions(self, ruling: Ruling) -> Words:
        """Return what each position on an open question leads to."""
        told = [(self._labels.stance(position), LEADS_TO[status]) for position, status in ruling.positions.items()]
        head = STATUS["contested"]
        return both(
            lambda language: (
                head[language]
                + COLON[language]
                + _SEMICOLON[language].join(UNDER[language].format(stance[language], leads[language]) for stance, leads in told)
            )
        )

    def _clauses(self, chain: Chain) -> list[Words]:
        """Return the clauses of a reason: each class with the facts that no clause has told yet, then the facts under no class."""
        told: set[str] = set()
        clauses: list[Words] = []
        for link, facts in chain.links.items():
            new = [fact for fact in facts if fact.pointer not in told]
            told.update(fact.pointer for fact in new)
            clauses.append(self._link(link, [self._under(link, fact) for fact in new]))
        return clauses + [self._words.clause(fact) for fact in chain.direct if fact.pointer not in told]

    def _under(self, link: Link, fact: Fact) -> Words:
        """Return a fact under a class; whose it is goes without saying where the class is said of the same party."""
        own = link.node.kind == fact.kind and fact.pointer.rpartition("/")[0] == link.node.path
        return self._words.clause(fact, whose=not own)

    def _link(self, link: Link, facts: list[Words]) -> Words:
        label = self._labels.term(link.name)["label"]
        whose = self._words.whose(link.node.kind, link.node.path)
        return both(
            lambda language: (
                (whose[language] + COLON[language] if whose else "")
                + ("" if link.holds else _NOT[language])
                + label[language]
                + (_OPEN[language] + _SEMICOLON[language].join(fact[language] for fact in facts) + _SHUT[language] if facts else "")
            )
        )

    @staticmethod
    def _unshown(ruling: Ruling) -> Words:
        """Return the sentence on exceptions that whoever relies on them has to show."""
        if not ruling.unshown:
            return {"en": "", "zh": ""}
        ways = [norm.data["label"] for norm in ruling.unshown]
        return {
            "en": f" It would be lifted by: {'; '.join(words['en'] for words in ways)}. Nothing stated shows that.",
            "zh": f"经证明属于下列情形的，不受此限：{'；'.join(words['zh'] for words in ways)}。所述事实不足以证明。",
        }

    def _date(self, gap: Undated, ruling: Ruling) -> Words:
        """Return the clause on an imprecise date, which names the norm unless it is the one of the finding."""
        clause = gap.words()
        if gap.norm is ruling.norm:
            return {"en": f"it is {clause['en']}", "zh": f"该规定{clause['zh']}"}
        provision = self._labels.provision(gap.norm.data["provisions"][0])
        return {"en": f"{provision['en']} is {clause['en']}", "zh": f"{provision['zh']}{clause['zh']}"}
