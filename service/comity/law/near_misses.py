"""Near misses: an exception that was as good as stated, or a ground that was stated, and that fails on one thing or two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from comity.law.application import Application
from comity.law.grounds import says_nothing
from comity.law.judgement import Ruling
from comity.law.norm import DUTIES, Norm
from comity.law.program_text import PartText
from comity.logic.facts import Fact
from comity.logic.near import Near, nearness

__all__ = ["NearMiss", "missed_exceptions", "missed_part"]

_MOST = 2
"""On how many conditions a near miss may fail."""
_FRAME = ("DataFlow", "DataItem", "Party")  # what every description has; any other object was stated to plead something
_STANDING = ("due", "unmet", "prohibited")


@dataclass(slots=True)
class NearMiss:
    """An exception that nearly applies, the facts on which it fails, and the norms that it would lift."""

    norm: Norm
    part: int
    facts: list[Fact]
    lifts: list[Norm] = field(default_factory=list)


def missed_exceptions(application: Application, rulings: Iterable[Ruling]) -> list[NearMiss]:
    """Return the exceptions to duties that stand which the flow comes near to."""
    found: dict[int, NearMiss] = {}
    for ruling in rulings:
        if ruling.norm.kind not in DUTIES or ruling.status not in _STANDING:
            continue
        for other in application.program.defeaters(ruling.norm):
            if application.is_live(other) or application.epoch.norms_in_force[other.number] is not True:
                continue
            if other.number not in found:
                miss = _missed(application, other, ruling)
                if miss is None:
                    continue
                found[other.number] = miss
            lifts = found[other.number].lifts
            if ruling.norm not in lifts:
                lifts.append(ruling.norm)
    return list(found.values())


def _missed(application: Application, other: Norm, ruling: Ruling) -> NearMiss | None:
    program = application.program
    part = ruling.part if other.per_item and ruling.norm.per_item else 0
    node = application.nodes(other)[part]
    nexus = other.data["nexus"]
    if nexus is not None and program.compiler.named(nexus)(node, application) is False:
        return None
    near = nearness(program.explainer, program.explainer.steps.of_class(other.data["situation"]), node, application)
    own = near.held.keys() - program.conditions_of(ruling.norm.data["situation"])
    if not _is_near(application, near) or not any(_is_told(application, near.held[condition]) for condition in own):
        return None
    return NearMiss(other, part, _facts(near))


def missed_part(application: Application, ruling: Ruling, part: PartText) -> list[Fact]:
    """Return the facts on which something stated fails to meet a part of a demand; none where nothing stated comes near."""
    explainer = application.program.explainer
    node = application.nodes(ruling.norm)[ruling.part]
    near = nearness(explainer, explainer.steps.of(part["expression"]), node, application)
    stated = any(fact.kind not in _FRAME and _is_told(application, fact) for fact in near.held.values())
    return _facts(near) if stated and _is_near(application, near) else []


def _is_told(application: Application, fact: Fact) -> bool:
    """Say whether a fact was told of the flow that says more than what nearly every flow is, and that there is something."""
    place = (fact.kind, fact.key)
    identified = place in application.program.essentials and fact.kind in _FRAME
    return not identified and not says_nothing(fact.holder.get(fact.key, fact.value))


def _is_near(application: Application, near: Near) -> bool:
    """Say whether few conditions fail, none of them on what the flow or a thing is at all, or on silence."""
    program, failing = application.program, _facts(near)
    return 0 < len(near.failed) <= _MOST and not any(
        program.background.holds(fact)
        or (fact.kind, fact.key) in program.essentials
        or (fact.key not in fact.holder and fact.value != frozenset((False,)) and says_nothing(fact.value))
        for fact in failing
    )


def _facts(near: Near) -> list[Fact]:
    return list({fact.pointer: fact for facts in near.failed for fact in facts}.values())
