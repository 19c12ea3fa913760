"""Law that is unsettled: each position is tried, and a norm is contested where their answers differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from comity.law.application import NO_CHOICE, Application, Choice
from comity.law.judgement import Rank, Ruling, rule
from comity.law.norm import Norm
from comity.law.verdict import fold

__all__ = ["rulings"]


def rulings(application: Application, norms: list[Norm], chosen: Mapping[str, str] = MappingProxyType({})) -> list[Ruling]:
    """Return the rulings of the live norms, the contested ones among them.

    ``chosen`` has the position to be taken on a question: a norm on which the positions differ then gets its ruling under that
    position, and keeps what the others say.
    """
    answered = {norm.question for norm in norms if norm.question}  # a question none of whose norms may apply makes no difference
    settled = [ruling for norm in norms if answered.isdisjoint(norm.questions) for ruling in rule(application, norm, NO_CHOICE)]
    open_norms = [norm for norm in norms if not answered.isdisjoint(norm.questions)]
    if not open_norms:
        return settled
    program = application.program
    questions = sorted(answered)
    positions = {question: program.data["questions"][question]["positions"][0] for question in questions}
    first: Choice = frozenset({**positions, **{q: p for q, p in chosen.items() if q in positions}}.items())
    found: dict[tuple[int, int], Ruling] = {}
    for question in questions:
        concerned = [norm for norm in open_norms if question in norm.questions]
        for ruling in _on_question(application, question, concerned, first, chosen.get(question)):
            key = (ruling.norm.number, ruling.part)
            if key not in found or _weight(ruling) > _weight(found[key]):
                found[key] = ruling
    return settled + list(found.values())


def _weight(ruling: Ruling) -> int:
    return 2 if ruling.status == "contested" else 1 if ruling.status == "unknown" else 0


def _on_question(application: Application, question: str, norms: list[Norm], first: Choice, chosen: str | None) -> list[Ruling]:
    positions = application.program.data["questions"][question]["positions"]
    others = frozenset(pair for pair in first if pair[0] != question)
    tried: dict[str, dict[str, list[Ruling]]] = {}  # the rulings under each position, by instrument
    for position in positions:
        choice = others | {(question, position)}
        held = [norm for norm in norms if norm.question is None or (norm.question, norm.position) in choice]
        for norm in held:
            of_instrument = tried.setdefault(norm.instrument, {position: [] for position in positions})
            of_instrument[position] += rule(application, norm, choice)
    found = [ruling for under in tried.values() for ruling in _weighed(under, chosen)]
    if chosen is not None:
        return found
    # an exception may stand in another instrument than what it lifts
    said = {_situations(ruling for under in tried.values() for ruling in under[position]) for position in positions}
    if len(said) == 1:
        return found
    return [
        replace(r, potential=max(r.potential, Rank.CONTESTED)) if r.status == "unknown" and r.potential > Rank.PERMITTED else r
        for r in found
    ]


def _weighed(under: dict[str, list[Ruling]], chosen: str | None) -> list[Ruling]:
    """Return the rulings of one instrument on a question, contested where its answer differs from position to position.

    Where a position is *chosen* they are those under it.
    """
    if chosen is not None:
        return _under(under, chosen)
    answers = {(fold(_bearing(rulings)), _asked(rulings)) for rulings in under.values()}
    # duties that are met under every position on which they exist leave nothing to dispute for this flow
    if len(answers) == 1 or all(ruling.status == "met" for rulings in under.values() for ruling in _bearing(rulings)):
        kept = {(r.norm.number, r.part): r for rulings in reversed(under.values()) for r in rulings}
        return list(kept.values())
    return _differing(under)


def _under(under: dict[str, list[Ruling]], chosen: str) -> list[Ruling]:
    """Return the rulings under one position, each with its statuses under all of them where they differ.

    A norm of another position does not apply; it is kept, so that the answer can say what that position would change.
    """
    statuses = {position: {(r.norm.number, r.part): r.status for r in rulings} for position, rulings in under.items()}
    held = {(r.norm.number, r.part) for r in under[chosen]}
    others = {(r.norm.number, r.part): r for rulings in under.values() for r in rulings if (r.norm.number, r.part) not in held}
    passed = [Ruling(r.norm, r.part, "not-applicable", False, None, Rank.NOT_REGULATED) for r in others.values()]
    found = []
    for ruling in [*under[chosen], *passed]:
        told = {position: of.get((ruling.norm.number, ruling.part), "not-applicable") for position, of in statuses.items()}
        found.append(replace(ruling, positions=told) if len(set(told.values())) > 1 else ruling)
    return found


def _situations(rulings: Iterable[Ruling]) -> frozenset[tuple[str, int, str, str]]:
    """Return what a position says, and in which situations: where that differs, what is still open may divide the positions."""
    return frozenset((r.norm.when, r.part, r.status, r.norm.asks) for r in rulings)


def _bearing(rulings: list[Ruling]) -> list[Ruling]:
    """Leave out norms that are lifted: for the parties that is as good as a norm that does not apply."""
    return [ruling for ruling in rulings if ruling.status != "exempted"]


def _asked(rulings: list[Ruling]) -> frozenset[tuple[int, int, str]]:
    """Return what an answer asks of each part, so that two ways of being conditional are told apart."""
    return frozenset((r.part, int(r.rank), r.norm.asks) for r in rulings if r.rank > Rank.PERMITTED)


def _differing(under: dict[str, list[Ruling]]) -> list[Ruling]:
    by_key: dict[tuple[int, int], dict[str, Ruling]] = {}
    for position, rulings in under.items():
        for ruling in rulings:
            by_key.setdefault((ruling.norm.number, ruling.part), {})[position] = ruling
    result = []
    for ruled in by_key.values():
        statuses = {position: ruled[position].status if position in ruled else "not-applicable" for position in under}
        sample = next(iter(ruled.values()))
        open_one = next((r for r in ruled.values() if r.status == "unknown"), None)
        if len(set(statuses.values())) == 1:
            result.append(sample)
        elif open_one is not None:
            result.append(open_one)
        else:
            by = next((r.exempted_by for r in ruled.values() if r.exempted_by), [])
            # Whether a grant applies changes no duty; a norm that it would lift is contested itself.
            rank = Rank.CONTESTED if any(r.rank > Rank.PERMITTED for r in ruled.values()) else Rank.PERMITTED
            contested = replace(sample, status="contested", rank=rank, potential=Rank.NOT_REGULATED, positions=statuses, exempted_by=by)
            result.append(replace(contested, undated=[], unshown=[]))
    return result
