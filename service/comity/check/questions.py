"""Questions: the facts that are not told and on which an answer hangs, as a person can be asked for them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from comity.check.labels import Labels
from comity.check.question_form import Forms, coarse
from comity.flow.behind import Behind, Wanted
from comity.flow.counting import lacking
from comity.flow.schema import Schema
from comity.law.missing import Missing, missing_facts
from comity.law.outcome import Outcome
from comity.law.program_text import DerivedRule, Words
from comity.logic.explain import Fact
from comity.logic.node import Node, reachable

__all__ = ["MOST_QUESTIONS", "questions"]

Json = dict[str, Any]

MOST_QUESTIONS = 10
"""How many questions a summary asks; ``missingMore`` counts the others."""

_MOST_NAMED = 2  # norms named in the line on why a question is asked
_PLACES = ("place", "places")


def questions(outcome: Outcome, schema: Schema, around: bool, assumed: Container[str] = ()) -> list[Json]:
    """Return the questions on the facts that are not told, those that decide most first.

    With ``around`` also those on which duties hang that stand around the flow. ``assumed`` are the pointers of facts for which others
    stand.
    """
    return _Asking(outcome, schema, assumed).questions(around)


class _Asking:
    def __init__(self, outcome: Outcome, schema: Schema, assumed: Container[str]) -> None:
        self._outcome = outcome
        self._assumed = assumed
        self._schema = schema
        self._application = outcome.application
        program = self._application.program
        self._forms = Forms(schema, self._application, Labels(schema, program))
        self._behind = Behind(schema, program.derived, self._application.leg)
        self._nodes = {node.path: node for node in reachable([self._application.leg])}

    def questions(self, around: bool) -> list[Json]:
        wanted = missing_facts(self._application, self._outcome.by_instrument, around, self._is_untold_core)
        asked: dict[tuple[str, str], Json] = {}
        for entry in wanted:
            for question in self._of(entry):
                known = asked.setdefault((question["pointer"], question["fact"]), question)
                if known is not question:  # several derived facts rest on one that is not told
                    for part in ("norms", "instruments"):
                        known[part] = list(dict.fromkeys([*known[part], *question[part]]))
        return list(asked.values())

    def _is_untold_core(self, fact: Fact) -> bool:
        entry = self._schema.find(fact.kind, fact.key)
        node = self._node(fact)
        return entry is not None and entry.core and (node is None or fact.key not in node)

    def _node(self, fact: Fact) -> Node | None:
        return self._nodes.get(fact.pointer.removesuffix(f"/{fact.key}"))

    def _of(self, entry: Missing) -> Iterator[Json]:
        fact = entry.fact
        node = self._node(fact)
        if node is not None and fact.key in node.raw and fact.key in node and self._schema.find(fact.kind, fact.key):
            yield from self._refining(entry, node)
            return
        for wanted in self._behind.of(fact.pointer, fact.kind, fact.key):
            yield self._question(entry, wanted)

    def _refining(self, entry: Missing, node: Node) -> Iterator[Json]:
        """Yield what is to be told more exactly of a stated fact; nothing where it was told as far as it is known."""
        fact = entry.fact
        told = self._schema.nodes[fact.kind][fact.key]
        if told.kind not in _PLACES or fact.pointer in self._assumed:
            yield self._question(entry, Wanted(fact.pointer, fact.kind, fact.key))
            return
        names = self._application.program.data["placeLabels"]
        for position, code in coarse(node, fact.key):
            name = names.get(code, {"en": code, "zh": code})
            text = {
                "en": f"Which part of {name['en']} is it? {told.question.get('en', '')}",
                "zh": f"具体是{name['zh']}的哪一部分？{told.question.get('zh', '')}",
            }
            pointer = fact.pointer if position is None else f"{fact.pointer}/{position}"
            yield self._shown(entry, pointer, fact.key, text, self._forms.of_part(code))

    def _question(self, entry: Missing, wanted: Wanted) -> Json:
        rule = self._application.program.counts.get(wanted.total)
        if rule is not None:
            return self._shown(entry, *self._total(wanted.pointer, rule))
        explainer, by_id = self._application.program.explainer, self._application.program.by_id
        read = [code for norm in list(entry.norms)[:_MOST_NAMED] for code in explainer.codes_read(by_id[norm].when, wanted.key)]
        text = self._schema.nodes[wanted.kind][wanted.key].question
        return self._shown(entry, wanted.pointer, wanted.key, text, self._forms.of(wanted, read))

    def _total(self, pointer: str, rule: DerivedRule) -> tuple[str, str, Words, Json]:
        """Return where a total is wanted and in which form: the entry, or what a stated entry for the same count lacks."""
        for total in self._application.leg.get("totals") or ():
            lacks = lacking(total, rule)
            if lacks:
                wanted = Wanted(f"{total.path}/{lacks[0]}", total.kind, lacks[0])
                text = self._schema.nodes[total.kind][lacks[0]].question
                return wanted.pointer, lacks[0], text, self._forms.of(wanted) | {"lacks": lacks}
        return pointer, rule["key"], rule["question"], self._forms.of_total(rule)

    def _shown(self, entry: Missing, pointer: str, fact: str, question: Words, form: Json) -> Json:
        return {
            "fact": fact,
            "pointer": pointer,
            "question": question,
            "tier": entry.tier,
            "why": self._why(entry),
            "form": form,
            "norms": list(entry.norms),
            "instruments": list(entry.instruments),
        }

    def _why(self, entry: Missing) -> Words:
        by_id = self._application.program.by_id
        named = [by_id[norm].data["label"] for norm in list(entry.norms)[:_MOST_NAMED]]
        more = len(entry.norms) - len(named)
        english, chinese = "; ".join(label["en"] for label in named), "；".join(label["zh"] for label in named)
        verb = (
            ("shows whether this is done", "表明下列义务是否已履行")
            if entry.shows
            else ("decides whether this applies", "决定下列规范是否适用")
        )
        return {
            "en": f"{verb[0]}: {english}{f'; and {more} more' if more else ''}",
            "zh": f"{verb[1]}：{chinese}{f'；另有{more}项' if more else ''}",
        }
