"""Which norms apply to one leg: scope, exceptions and demands, for the leg and for each part of its data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from comity.law.grounds import Chain, chain_of
from comity.law.norm import Norm
from comity.law.program import Epoch, Program
from comity.law.program_text import DerivedRule
from comity.law.relevance import Gate, relevant
from comity.logic.facts import Ground
from comity.logic.kleene import Truth, all_of, negate
from comity.logic.node import Node, by_content
from comity.logic.recursion import FixedPoint

__all__ = ["Application", "Choice", "may_hold"]

Choice = frozenset[tuple[str, str]]
"""The position taken on each open question, as pairs of question and position."""

NO_CHOICE: Choice = frozenset()


class Counter(Protocol):
    """What takes the derived counts of a leg."""

    def bounds(
        self, rule: DerivedRule, flow: Node, parts: Sequence[tuple[Node, Truth]], counts: Callable[[Node], bool] | None
    ) -> tuple[float, float]:
        """Return the bounds of a count over all items, which come with the truth of their membership.

        ``counts`` says of the people of one place whether all of them surely count; without it, all people of an item do.
        """

    def supposing(self) -> Counter:
        """Return what takes the counts of the leg where something else is supposed of it."""


class Application:
    """The norms of an epoch brought to one leg.

    ``items`` are the data items, one of each group that says the same; ``alike`` has the groups. ``parts`` are the leg narrowed to
    one of the items each; a norm judged per item has one truth value for each of them, any other norm has one.
    ``counter`` takes the derived counts; where the leg is a cut of another one, those of the ``whole`` count.
    """

    def __init__(
        self, program: Program, epoch: Epoch, leg: Node, overriding: tuple[str, ...], counter: Counter, whole: Application | None = None
    ) -> None:
        self.program = program
        self.sets = epoch.sets
        self.in_force = epoch.in_force
        self.unsettled: dict[int, FixedPoint] = {}
        self.epoch = epoch
        self.leg = leg
        stated = leg.get("dataItems") or []
        self.alike = [[stated[place] for place in group] for group in by_content([item.raw for item in stated])]
        self.items: list[Node | None] = [group[0] for group in self.alike] or [None]
        self.parts = [_narrow(leg, item, overriding, len(stated)) for item in self.items]
        self.explained: dict[Any, Any] = {}
        self._counter = counter
        self._overriding = overriding
        self._whole = whole
        self._legs = [leg]
        self._live: dict[int, Norm] | None = None
        self._scopes: dict[int, list[Truth]] = {}
        self._demands: dict[int, list[Truth]] = {}
        self._effective: dict[tuple[int, Choice], list[Truth]] = {}
        self._counts: dict[str, tuple[float, float]] = {}

    def anew(self) -> Application:
        """Return the same norms brought to the same leg, with nothing judged yet: the leg may say something else by now."""
        return Application(self.program, self.epoch, self.leg, self._overriding, self._counter.supposing())

    def on(self, cut: Node) -> Application:
        """Return the same norms brought to a cut of the leg, whose totals stay those of the whole leg."""
        return Application(self.program, self.epoch, cut, self._overriding, self._counter, self._whole or self)

    def live(self) -> list[Norm]:
        """Return the norms that apply or may apply, in the order of the program."""
        if self._live is None:
            found: dict[int, Norm] = {}
            self._collect(self.program.flow_gate, self._legs, found)
            self._collect(self.program.item_gate, self.parts, found)
            self._live = {number: found[number] for number in sorted(found)}
        return list(self._live.values())

    def _collect(self, gate: Gate, nodes: list[Node], found: dict[int, Norm]) -> None:
        """Find the norms behind a gate that may hold of one of the nodes on which they are judged."""
        if len(nodes) > 1:
            behind = {norm.number: norm for node in nodes for norm in relevant(gate, node, self)}
            found.update((number, norm) for number, norm in behind.items() if may_hold(self.scope(norm)))
            return
        for norm in relevant(gate, nodes[0], self):  # most norms do not apply and end here: their scope is not stored
            in_force = self.epoch.norms_in_force[norm.number]
            if in_force is False:
                continue
            value = norm.scope(nodes[0], self)
            if value is not False:
                self._scopes[norm.number] = [value if in_force else None]
                found[norm.number] = norm

    def is_live(self, norm: Norm) -> bool:
        """Say whether a norm applies or may apply."""
        return may_hold(self.scope(norm)) if self._live is None else norm.number in self._live

    def derived(self, key: str) -> tuple[float, float]:
        """Return the bounds of a derived count of the leg."""
        if self._whole is not None:
            return self._whole.derived(key)
        if key not in self._counts:
            rule = self.program.counts[key]
            belongs = self.program.compiler.named(rule["class"])
            parts = [(item, truth) for group, part in zip(self.alike, self.parts) for truth in (belongs(part, self),) for item in group]
            self._counts[key] = self._counter.bounds(rule, self.leg, parts, self._counted_people(rule))
        return self._counts[key]

    def _counted_people(self, rule: DerivedRule) -> Callable[[Node], bool] | None:
        """Return what says whether the people of a place all count, where the law counts the people of some places only."""
        if "persons" not in rule:
            return None
        of_class = self.program.compiler.named(rule["persons"])
        return lambda people: of_class(people, self) is True

    def chain(self, grounds: Iterable[Ground]) -> Chain:
        """Return what a reason tells of grounds."""
        return chain_of(grounds, self.program.background, self.program.explainer.implied)

    def nodes(self, norm: Norm) -> list[Node]:
        """Return the leg, or its parts, on which a norm is judged."""
        return self.parts if norm.per_item else self._legs

    def scope(self, norm: Norm) -> list[Truth]:
        """Say where the situation of a norm in force holds, before exceptions."""
        values = self._scopes.get(norm.number)
        if values is None:
            in_force = self.epoch.norms_in_force[norm.number]
            nodes = self.parts if norm.per_item else self._legs
            values = [False if in_force is False else all_of((in_force, norm.scope(node, self))) for node in nodes]
            self._scopes[norm.number] = values
        return values

    def demand(self, norm: Norm) -> list[Truth]:
        """Say where the demand of a norm is shown to be met; a norm without one leaves it unknown."""
        values = self._demands.get(norm.number)
        if values is None:
            nodes = self.nodes(norm)
            values = [norm.demand(node, self) for node in nodes] if norm.demand else [None] * len(nodes)
            self._demands[norm.number] = values
        return values

    def curable(self, norm: Norm, place: int) -> Truth:
        """Say whether the parties can still meet the demand; open where that depends on facts that nobody controls."""
        return True if norm.curable is None else norm.curable(self.nodes(norm)[place], self)

    def exceptions(self, norm: Norm, choice: Choice) -> Sequence[Norm]:
        """Return the norms that defeat a norm under the positions chosen."""
        if not norm.questions:
            return self.program.defeaters(norm)
        return [other for other in self.program.defeaters(norm) if other.question is None or (other.question, other.position) in choice]

    def effective(self, norm: Norm, choice: Choice = NO_CHOICE) -> list[Truth]:
        """Say where a norm holds after its exceptions, which may be excepted themselves."""
        if not norm.exceptions:
            return self.scope(norm)
        choice = frozenset(pair for pair in choice if pair[0] in norm.questions) if choice and norm.questions else NO_CHOICE
        key = (norm.number, choice)
        values = self._effective.get(key)
        if values is None:
            values = self.scope(norm)
            if may_hold(values):
                for other in self.exceptions(norm, choice):
                    if self.is_live(other):
                        defeats = self.aligned(self.effective(other, choice), len(values))
                        values = [all_of((value, negate(defeat))) for value, defeat in zip(values, defeats)]
            self._effective[key] = values
        return values

    @staticmethod
    def aligned(values: list[Truth], length: int) -> list[Truth]:
        """Bring the values of one norm to the parts of another: a norm of the whole leg stands unless all parts defeat it."""
        if len(values) == length:
            return values
        return values * length if len(values) == 1 else [all_of(values)] * length


def may_hold(values: list[Truth]) -> bool:
    """Say whether one of the values is true or open."""
    return values.count(False) < len(values)


def _narrow(leg: Node, item: Node | None, overriding: tuple[str, ...], count: int) -> Node:
    own = [key for key in overriding if item is not None and key in item]
    if item is None or (count == 1 and not own):
        return leg
    part = leg.part()
    part["dataItems"] = [item]
    if own:
        part.raw = {**leg.raw, **{key: item.raw.get(key) for key in own}}
        for key in own:
            part[key] = item[key]
            part.origin[key] = item.path
    return part
