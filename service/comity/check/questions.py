"""Questions: the facts that are not told and on which an answer hangs, as a person can be asked for them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from comity.check.labels import Labels
from comity.check.question_form import Forms, coarse
from comity.check.ranking import by_change
from comity.flow.behind import Behind, Wanted
from comity.flow.counting import lacking
from comity.flow.schema import Schema
from comity.law.missing import Missing, missing_facts
from comity.law.outcome import Outcome
from comity.law.program_text import DerivedRule, Words
from comity.logic.facts import Fact
from comity.logic.node import Node, reachable

__all__ = ["MOST_QUESTIONS", "questions"]

Json = dict[str, Any]

MOST_QUESTIONS = 5
"""How many questions a summary asks; ``missingMore`` counts the others."""

_MOST_NAMED = 2  # norms named in the line on why a question is asked
_SHOWS = ("shows whether this is done", "表明下列义务是否已履行")
_DECIDES = ("decides whether this applies", "决定下列规范是否适用")
_PLACES = ("place", "places")


def questions(
    outcome: Outcome, schema: Schema, around: bool, assumed: Container[str] = (), most: int | None = None, ranked: bool = False
) -> tuple[list[Json], int]:
    """Return the questions on the facts that are not told, those that decide most first, and how many there are beyond ``most``.

    With ``around`` also those on which duties hang that stand around the flow. ``assumed`` are the pointers of facts for which others
    stand. Where no more than ``most`` are wanted, they are put briefly. ``ranked`` questions stand in the order of what their answers
    change, which costs some dozen judgements.
    """
    drafts = _Asking(outcome, schema, assumed, brief=most is not None).drafts(around, ranked)
    shown = drafts if most is None else drafts[:most]
    return [draft.question() for draft in shown], len(drafts) - len(shown)


@dataclass(slots=True)
class _Draft:
    """A question before its form is made."""

    entry: Missing
    pointer: str
    fact: str
    text: Words
    form: Callable[[], Json]
    why: Callable[[Missing], Words]
    brief: bool

    def question(self) -> Json:
        """Return the question; a brief one lists the norms that its line on why names, and no laws."""
        asked = {
            "fact": self.fact,
            "pointer": self.pointer,
            "question": self.text,
            "tier": self.entry.tier,
            "why": self.why(self.entry),
            "form": self.form(),
            "norms": list(self.entry.norms)[: 1 if self.brief else None],
        }
        return asked if self.brief else asked | {"instruments": list(self.entry.instruments)}


class _Asking:
    def __init__(self, outcome: Outcome, schema: Schema, assumed: Container[str], brief: bool) -> None:
        self._outcome = outcome
        self._assumed = assumed
        self._schema = schema
        self._application = outcome.application
        program = self._application.program
        self._forms = Forms(schema, self._application, Labels(schema, program), brief)
        self._brief = brief
        self._behind = Behind(schema, program.derived, self._application.leg)
        self._nodes = {node.path: node for node in reachable([self._application.leg])}

    def drafts(self, around: bool, ranked: bool) -> list[_Draft]:
        wanted = missing_facts(self._application, self._outcome.by_instrument, around, self._is_untold_core)
        if ranked and wanted:
            wanted = by_change(self._outcome, wanted, self._schema)
        asked: dict[tuple[str, str], _Draft] = {}
        for entry in wanted:
            for draft in self._of(entry):
                known = asked.setdefault((draft.pointer, draft.fact), draft)
                if known is not draft:  # several derived facts rest on one that is not told
                    known.entry.norms.update(entry.norms)
                    known.entry.instruments.update(entry.instruments)
        return list(asked.values())

    def _is_untold_core(self, fact: Fact) -> bool:
        entry = self._schema.find(fact.kind, fact.key)
        node = self._node(fact)
        return entry is not None and entry.core and (node is None or fact.key not in node)

    def _node(self, fact: Fact) -> Node | None:
        return self._nodes.get(fact.pointer.removesuffix(f"/{fact.key}"))

    def _of(self, entry: Missing) -> Iterator[_Draft]:
        fact = entry.fact
        node = self._node(fact)
        if node is not None and fact.key in node.raw and fact.key in node and self._schema.find(fact.kind, fact.key):
            yield from self._refining(entry, node)
            return
        for wanted in self._behind.of(fact.pointer, fact.kind, fact.key):
            yield self._stated(entry, wanted)

    def _refining(self, entry: Missing, node: Node) -> Iterator[_Draft]:
        """Yield what is to be told more exactly of a stated fact; nothing where it was told as far as it is known."""
        fact = entry.fact
        told = self._schema.nodes[fact.kind][fact.key]
        if told.kind not in _PLACES or fact.pointer in self._assumed:
            yield self._stated(entry, Wanted(fact.pointer, fact.kind, fact.key))
            return
        names = self._application.program.data["placeLabels"]
        for position, code in coarse(node, fact.key, many=told.kind == "places"):
            name = names.get(code, {"en": code, "zh": code})
            asked = told.question
            text = {
                "en": f"Which part of {name['en']} is it? {asked.get('en', '')}",
                "zh": f"具体是{name['zh']}的哪一部分？{asked.get('zh', '')}",
            }
            pointer = fact.pointer if position is None else f"{fact.pointer}/{position}"
            yield self._draft(entry, pointer, fact.key, text, partial(self._forms.of_part, code))

    def _stated(self, entry: Missing, wanted: Wanted) -> _Draft:
        rule = self._application.program.counts.get(wanted.total)
        if rule is not None:
            return self._total(entry, wanted.pointer, rule)
        text = self._schema.nodes[wanted.kind][wanted.key].question
        return self._draft(entry, wanted.pointer, wanted.key, text, partial(self._form, entry, wanted))

    def _form(self, entry: Missing, wanted: Wanted) -> Json:
        explainer, by_id = self._application.program.explainer, self._application.program.by_id
        read = [code for norm in list(entry.norms)[:_MOST_NAMED] for code in explainer.codes_read(by_id[norm].when, wanted.key)]
        return self._forms.of(wanted, read)

    def _total(self, entry: Missing, pointer: str, rule: DerivedRule) -> _Draft:
        """Ask for a total: for an entry, or for what a stated entry for the same count lacks."""
        for total in self._application.leg.get("totals") or ():
            lacks = lacking(total, rule)
            if lacks:
                wanted = Wanted(f"{total.path}/{lacks[0]}", total.kind, lacks[0])
                text = self._schema.nodes[total.kind][wanted.key].question
                return self._draft(entry, wanted.pointer, wanted.key, text, partial(self._form_of_rest, wanted, lacks))
        return self._draft(entry, pointer, rule["key"], rule["question"], partial(self._forms.of_total, rule))

    def _form_of_rest(self, wanted: Wanted, lacks: list[str]) -> Json:
        return self._forms.of(wanted) | {"lacks": lacks}

    def _draft(self, entry: Missing, pointer: str, fact: str, text: Words, form: Callable[[], Json]) -> _Draft:
        own = replace(entry, norms=dict(entry.norms), instruments=dict(entry.instruments))
        return _Draft(own, pointer, fact, text, form, self._why, self._brief)

    def _why(self, entry: Missing) -> Words:
        named = [self._name(norm) for norm in list(entry.norms)[: 1 if self._brief else _MOST_NAMED]]
        more = len(entry.norms) - len(named)
        english, chinese = "; ".join(label["en"] for label in named), "；".join(label["zh"] for label in named)
        verb = _SHOWS if entry.shows else _DECIDES
        return {
            "en": f"{verb[0]}: {english}{f'; and {more} more' if more else ''}",
            "zh": f"{verb[1]}：{chinese}{f'；另有{more}项' if more else ''}",
        }

    def _name(self, norm: str) -> Words:
        """Return what a norm is called in the line on why; briefly it is where it is stated."""
        program = self._application.program
        data = program.by_id[norm].data
        return program.data["provisions"][data["provisions"][0]]["label"] if self._brief else data["label"]
