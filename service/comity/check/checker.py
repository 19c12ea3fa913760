"""One check: a description goes in, a cited answer comes out.

>>> checker = Checker(program)           # doctest: +SKIP
>>> checker.check(description)["verdict"]  # doctest: +SKIP
'conditional'
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import orjson

from comity.check.answer import DETAILS, SCOPES, Answer, Detail, Scope
from comity.check.answer_template import Gaps, Template
from comity.check.assumptions import Assumptions
from comity.check.brief import brief_plan
from comity.check.cited import norms_cited
from comity.check.commitments import RestrictionNotes
from comity.check.latent import Latent, LatentConflicts
from comity.check.positions import positions_taken
from comity.check.profiles import Asked, Countings, Judged, Profiles, fill
from comity.check.questions import questions
from comity.check.timeline import changes, days_to_look_at
from comity.check.variants import table, variants_of
from comity.flow.canonical import canonical_text, digest
from comity.flow.derive import derive
from comity.flow.problems import DescriptionError, problem
from comity.flow.reading import Description, read_description
from comity.flow.schema import Schema
from comity.law.application import Application
from comity.law.outcome import Outcome, judge
from comity.law.program import Program
from comity.law.program_text import ProgramText
from comity.law.verdict import gravest_described, overall
from comity.logic.node import Node
from comity.plan.planner import Planner

__all__ = ["PROFILE_BYTES", "Ask", "Checker", "Question"]

_YEARS_BACK = 5  # how far before its day a timeline of a description begins
PROFILE_BYTES = 64 * 1024 * 1024
"""How many bytes of answers a checker keeps unless told otherwise."""


class Ask(NamedTuple):
    """How an answer is wanted.

    ``detail`` says how much it tells, ``scope`` whether it also asks about duties that stand around the flow, ``plan`` whether it
    says what to do, ``latent`` whether it says what would collide if an authority demanded the data.
    """

    detail: Detail = "all"
    scope: Scope = "flow"
    plan: bool = True
    latent: bool = False

    @classmethod
    def of(cls, detail: str, scope: str, plan: bool, latent: bool = False) -> Ask:
        """Return what two words ask for; raises ``ValueError`` for a word that is none of :data:`DETAILS` or :data:`SCOPES`."""
        for name, word, words in (("detail", detail, DETAILS), ("scope", scope, SCOPES)):
            if word not in words:
                raise ValueError(f"{name} is {', '.join(words[:-1])} or {words[-1]}, not {word!r}")
        return cls(detail, scope, plan, latent)  # type: ignore[arg-type]  # checked above


EVERYTHING = Ask()
"""What a library's caller gets unless it asks for less."""


class Question(NamedTuple):
    """A description, how an answer to it is wanted, its canonical text, and how the profiles see it; ``None`` where it has no profile."""

    ask: Ask
    description: Any
    canonical: bytes
    asked: Asked | None


class Checker:
    """Answers for one version of the graph. Keeps answers by profile and nothing of a request; safe to share between threads."""

    def __init__(self, program: ProgramText, profile_bytes: int = PROFILE_BYTES) -> None:
        """Prepare the checks of a build product (the parsed ``program.json``).

        ``profile_bytes`` bounds the answers that are kept for descriptions of the same profile; 0 keeps none.
        """
        self.schema = Schema(program["schema"])
        self.program = Program(program, self.schema.controllable)
        self._assumptions = Assumptions(self.schema, self.program)
        self._planner = Planner(self.program, self.schema)
        self._notes = RestrictionNotes(program, self.program)
        self._latent = Latent(self.schema, self.program)
        self._profiles = Profiles(self.schema, self.program, profile_bytes)

    def check(self, description: Any, detail: str = "all", scope: str = "flow", plan: bool = True, latent: bool = False) -> dict[str, Any]:
        """Return the answer for a description, which is one leg or a route (``legs``).

        ``detail`` is ``summary`` (what a person acts on), ``findings`` (with it what each norm says and why) or ``all`` (with it the
        legal classes and every law looked at). With ``scope="all"`` the answer also asks about duties that stand around the flow;
        without ``plan`` it does not say what to do; with ``latent`` it says of a flow that answers no demand what would collide if one
        came.
        Raises :class:`comity.flow.problems.DescriptionError` with every fault of the description, ``ValueError`` for another word.
        """
        answer: dict[str, Any] = orjson.loads(self.check_json(description, detail, scope, plan, latent))
        return answer

    def check_json(self, description: Any, detail: str = "all", scope: str = "flow", plan: bool = True, latent: bool = False) -> bytes:
        """Return the answer as JSON text; takes and raises what :meth:`check` does."""
        question = self.question(description, Ask.of(detail, scope, plan, latent))
        answer = self.recall(question)
        if answer is not None:
            return answer
        judged = self.judge(question)
        return judged if isinstance(judged, bytes) else self.keep(question, judged)

    def questions(self, description: Any, scope: str = "flow") -> list[dict[str, Any]]:
        """Return what to ask about a description, leg by leg, in the order of what the answers change: for a talk with whoever knows.

        Takes and raises what :meth:`check` does.
        """
        ask = Ask.of("all", scope, plan=False)
        read = self.read(description)
        assumed = {entry["pointer"] for entry in read.assumed}
        found = []
        for outcome in self._outcomes(read):
            found += questions(outcome, self.schema, ask.scope == "all", assumed, ranked=True)[0]
        return found

    def question(self, description: Any, ask: Ask = EVERYTHING) -> Question:
        """Return a description as it is asked about; raises :class:`DescriptionError` for what is no JSON."""
        try:
            canonical = canonical_text(description)
        except TypeError as exc:
            self.read(description)  # most often names the place
            raise DescriptionError([problem("", f"this is no JSON: {exc}", f"这不是 JSON：{exc}")]) from None
        asked = None if _has_variants(description) else self._profiles.asked(description, canonical, ask)
        return Question(ask, description, canonical, asked)

    def recall(self, question: Question) -> bytes | None:
        """Return the answer to a description of a profile that was seen; nothing is judged."""
        return None if question.asked is None else self._profiles.answer(self._head(question), question.asked)

    def judge(self, question: Question, seen: Callable[[list[Outcome]], None] | None = None) -> Judged | bytes:
        """Judge a description without looking for kept answers; return what holds of its whole profile, or the answer where it has none.

        ``seen`` is told what the law says of each leg, before it is put into words; of variants it is told nothing.
        Raises :class:`DescriptionError` with every fault of the description.
        """
        if _has_variants(question.description):
            return self._variants(question)
        read = self.read(question.description)
        if question.asked is None:
            return self._head(question)[:-1] + b"," + orjson.dumps(self._legs(read, None, question.ask, seen))[1:]
        numbers = self._profiles.numbers(question.description)
        gaps = Gaps(numbers, read.counter.taken)
        template = Template.of(self._legs(read, gaps, question.ask, seen))
        return Judged(_placed(read.counter.taken, numbers), template, [count.placed(numbers.__getitem__) for count in gaps.shown])

    def filled(self, question: Question, judged: Judged) -> bytes:
        """Return the answer to a description, given what :meth:`judge` said of its profile."""
        assert question.asked is not None
        return fill(self._head(question), judged.template, judged.shown, question.asked.stated)

    def keep(self, question: Question, judged: Judged) -> bytes:
        """Keep what :meth:`judge` said of a profile, here or elsewhere on the same graph, and return the answer."""
        assert question.asked is not None
        self._profiles.keep(question.asked, judged)
        return self.filled(question, judged)

    def outcomes(self, description: Any) -> list[Outcome]:
        """Return what the law says of each leg of a description, not put into words; raises as :meth:`check` does."""
        return self._outcomes(self.read(description))

    @property
    def profiles(self) -> Profiles:
        """What tells which descriptions have one answer."""
        return self._profiles

    def timeline(self, description: Any, start: date | None = None, until: date | None = None) -> dict[str, Any]:
        """Return on which days the answer to a description changes, past and announced, and which laws change it.

        Looks from ``start`` (five years before the description's ``asOf``) to ``until`` (the last day on which anything changes);
        days on which the description names what is not there, such as a group of places without a member yet, are passed over.
        Raises as :meth:`check` does.
        """
        return self.over_time(description, start, until)[0]

    def over_time(self, description: Any, start: date | None = None, until: date | None = None) -> tuple[dict[str, Any], Countings]:
        """Return what :meth:`timeline` does, and the counts that were read on any of the days: they hold of the whole profile."""
        as_of = self.read(description).day
        first = start or as_of.replace(day=1, year=max(date.min.year, as_of.year - _YEARS_BACK))
        days = days_to_look_at(self.program, description, first, until or date.max)
        counts: list[Countings] = []

        def judged(day: date) -> list[Outcome] | None:
            try:
                read = self.read({**description, "asOf": day.isoformat()})
            except DescriptionError:
                return None
            counts.append(read.counter.taken)
            return self._outcomes(read)

        found = changes(self.program, description, days, judged)
        counted: Countings = {}
        for pointer, taken in (each for one in counts for each in one.items()):
            counted[pointer] = list(dict.fromkeys([*counted.get(pointer, ()), *taken]))
        placed = _placed(counted, self._profiles.numbers(description))
        return {"asOf": as_of.isoformat(), "graph": self.program.data["graph"], **found}, placed

    def _variants(self, question: Question) -> bytes:
        base, variants = variants_of(question.description)
        head = self._head(question._replace(description=base))
        return head[:-1] + b"," + orjson.dumps({"variants": table(variants, self.outcomes)})[1:]

    def _head(self, question: Question) -> bytes:
        graph = self.program.data["graph"]
        return orjson.dumps({"asOf": question.description["asOf"], "graph": graph, "request": digest(question.canonical)})

    def _legs(self, read: Description, gaps: Gaps | None, ask: Ask, seen: Callable[[list[Outcome]], None] | None = None) -> dict[str, Any]:
        """Return the answer of the only leg, or of the route."""
        outcomes = self._outcomes(read)
        if seen is not None:
            seen(outcomes)
        answers = [
            Answer(self.schema, outcome, read, gaps, self._notes.of(outcome), self._latent_of(read, outcome, ask)).build(
                ask.detail, ask.scope
            )
            for outcome in outcomes
        ]
        planned = self._planned(read, outcomes, ask)
        brief = ask.detail == "summary"
        if planned and brief:
            planned = brief_plan(planned, {question["pointer"] for answer in answers for question in answer["missing"]})
        norms = norms_cited(self.program, [planned, *answers], brief)
        if not read.is_route:
            return {**answers[0], **planned, "norms": norms}
        return {
            "verdict": overall((answer["verdict"] for answer in answers), conflicts=False),
            "asDescribed": gravest_described(answer["asDescribed"] for answer in answers),
            **planned,
            "norms": norms,
            "legs": answers,
        }

    def _outcomes(self, read: Description) -> list[Outcome]:
        return [judge(self.application(read, leg), read.positions) for leg in read.legs]

    def _planned(self, read: Description, outcomes: list[Outcome], ask: Ask) -> dict[str, Any]:
        """Return what to do, if that is asked; the counts that only the changed flows read count as read of this one."""
        if not ask.plan:
            return {}

        def judged(description: Any) -> list[Outcome]:
            other = self.read(description)
            other.positions = read.positions
            found = self._outcomes(other)
            _count_too(read, other)
            return found

        return self._planner.plan(read.raw, read.day, outcomes, judged)

    def _latent_of(self, read: Description, outcome: Outcome, ask: Ask) -> LatentConflicts | None:
        """Return what would collide in a leg if a demand came, if that is asked; the counts that this reads count as read of the leg."""
        if not ask.latent:
            return None
        others: list[Description] = []

        def again(description: Any) -> Description:
            others.append(self.read(description))
            return others[-1]

        found = self._latent.of(read, outcome, again, self.application)
        for other in others:
            _count_too(read, other)
        return found

    def read(self, description: Any) -> Description:
        """Return the description as nodes, with its derived facts and the facts that silence stands for."""
        stated, positions = positions_taken(description, self.program.data["questions"])
        read = read_description(stated, self.schema, self.program.territories)
        read.positions = positions
        derive(read, self.program.arithmetic, self.schema)
        self._assumptions.make(read, lambda leg: self.application(read, leg))
        return read

    def application(self, read: Description, leg: Node) -> Application:
        """Return the norms of the day brought to one leg of a description that was read."""
        return Application(self.program, self.program.epoch(read.day), leg, self.schema.overriding, read.counter)


def _count_too(read: Description, other: Description) -> None:
    """Let the counts that another description read, which differs in what is supposed of it, count as read of the first."""
    for pointer, taken in other.counter.taken.items():
        known = read.counter.taken.setdefault(pointer, [])
        known[:0] = [count for count in taken if count not in known]


def _placed(taken: Countings, numbers: dict[str, int]) -> Countings:
    """Return the counts that rest on stated figures, with each figure named by its number."""
    return {pointer: [count.placed(numbers.__getitem__) for count in counts if count.rests_on_figures] for pointer, counts in taken.items()}


def _has_variants(description: Any) -> bool:
    return isinstance(description, dict) and "variants" in description
