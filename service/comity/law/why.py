"""Why a norm came out as it did for one part of the data: the grounds of its ruling, and what a demand still lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce

from comity.law.application import Application
from comity.law.grounds import Chain
from comity.law.judgement import Ruling
from comity.law.missing import undecided
from comity.law.near_misses import missed_part
from comity.law.norm import Norm
from comity.law.pleas import shortfall
from comity.law.program_text import PartText
from comity.logic.facts import Fact
from comity.logic.kleene import Truth

__all__ = ["Lack", "Why", "lacking", "why"]


@dataclass(slots=True)
class Why:
    """The facts that a reason tells, under the classes that they make, and all facts that were looked at (``rests_on``)."""

    chain: Chain
    rests_on: list[Fact] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lack:
    """A part of a demand that is stated not to be met (``holds`` is false) or not shown to be.

    ``near`` are the facts on which something that was stated fails to meet it.
    """

    part: PartText
    holds: Truth
    near: tuple[Fact, ...] = ()


def why(application: Application, ruling: Ruling) -> Why:
    """Return the grounds of a ruling.

    For a norm that is taken out they are those of what takes it out; for an open one the facts for want of which it, or an
    exception, is open; for one that is pleaded and does not apply, those of every condition that fails.
    """
    if ruling.status == "unknown" or (ruling.scope is None and not ruling.exempted_by):
        facts = list({fact.pointer: fact for fact in undecided(application, ruling.norm, ruling.part)}.values())
        return Why(Chain(direct=facts), facts)
    if ruling.status == "not-applicable":
        facts = list({ground.fact.pointer: ground.fact for ground in shortfall(application, ruling)}.values())
        return Why(Chain(direct=facts), facts)
    if ruling.status == "exempted":
        told = [each for other in ruling.exempted_by for each in _of_exception(application, other, ruling)]
        own = _of_norm(application, ruling.norm, ruling.part).chain
        chain = reduce(Chain.with_, (each.chain for each in told)).without(own, application.program.explainer.implied)
        return Why(chain, [fact for each in told for fact in each.rests_on])
    return _of_norm(application, ruling.norm, ruling.part)


def _of_norm(application: Application, norm: Norm, part: int) -> Why:
    """Return the grounds on which a norm applies to a part: those of its situation, since the reach of its law goes without saying."""
    node, because = application.nodes(norm)[part], application.program.explainer.because
    chain = application.chain(because(norm.data["situation"], node, application))
    return Why(chain, [ground.fact for ground in because(norm.when, node, application)])


def _of_exception(application: Application, other: Norm, ruling: Ruling) -> list[Why]:
    """Return the grounds of an exception for the part of a ruling: those of every part, where it is judged for each and the norm is not."""
    parts = range(len(application.nodes(other)))
    return [_of_norm(application, other, part) for part in ([ruling.part] if ruling.norm.per_item and len(parts) > 1 else parts)]


def lacking(application: Application, ruling: Ruling) -> list[Lack]:
    """Return the parts of the demand of a norm that are not shown to be met."""
    node = application.nodes(ruling.norm)[ruling.part]
    tested = [(part, application.program.compiler.test(part["expression"])(node, application)) for part in ruling.norm.data["parts"]]
    return [
        Lack(part, holds, tuple(missed_part(application, ruling, part)) if holds is False else ())
        for part, holds in tested
        if holds is not True
    ]
