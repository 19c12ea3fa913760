"""Drafting: the smallest changes of a description that make a goal true, or false, of one of its objects.

A change keeps to what the parties have in hand. In an object that is there it adds or replaces, and touches neither what the
object is, nor its dates, nor a state that nothing changes any more; of an object that is new it may also name the outcome that is
hoped for. No piece of evidence is removed, and no place is named that the flow does not know.
"""

from __future__ import annotations

from collections.abc import Iterable

from comity.flow.schema import KeySchema
from comity.law.application import Application
from comity.logic.kleene import Truth
from comity.logic.node import Node
from comity.plan.draft import NOTHING, Draft, Slot, best, identity, told_apart
from comity.plan.goals import Goal, Goals
from comity.plan.marks import Marks
from comity.plan.surroundings import FRESH, Surroundings
from comity.plan.values import Values
from comity.plan.wishes import Choice, Thing, Things, Wish, ordered

__all__ = ["Drafter"]

_BROAD = 6  # drafts of one part that are tried with those of the next
_CLOSED = (("and", True), ("or", False))


class Drafter:
    """Drafts changes of one leg, to which ``application`` brings the norms."""

    def __init__(self, application: Application, goals: Goals, marks: Marks, around: Surroundings) -> None:
        self._application = application
        self._goals = goals
        self._marks = marks
        self._schema = marks.schema
        self._around = around
        self._values = Values(application, goals, marks, around)
        self._known: dict[tuple[Goal, Node, bool], list[Draft]] = {}

    def drafts(self, goal: Goal, node: Node, want: bool) -> list[Draft]:
        """Return changes after which the goal has the value wanted, the one that takes least first."""
        value = goal.test(node, self._application)
        if value is want:
            return [NOTHING]
        if not goal.controls and value is not None:
            return []
        key = (goal, node, want)
        found = self._known.get(key)
        if found is None:
            self._known[key] = []  # what a class that rests on itself finds when it comes back to itself
            found = self._known[key] = best(self._found(goal, node, want, value), self._marks)
            if goal.label is not None and want:
                name = (0, goal.label["en"], goal.label.get("zh", goal.label["en"]))
                found = self._known[key] = [draft.named(name) for draft in found]
        return found

    def _found(self, goal: Goal, node: Node, want: bool, value: Truth) -> Iterable[Draft]:
        form = goal.form
        if form == "is":
            return self._class(goal, node, want)
        if form == "not":
            return self.drafts(goal.parts[0], node, not want)
        if (form, want) in _CLOSED:
            return self.all_of([self.drafts(part, node, want) for part in goal.parts])
        if form in ("and", "or"):
            return [draft for part in goal.parts for draft in self.drafts(part, node, want)]
        if form == "some":
            return self._some(goal, node) if want else self._none(goal, node)
        if form == "count":
            least, most = goal.data[3:]
            if want and least == 1 and most is None:
                return self._some(goal, node)
            return self._none(goal, node) if want and not least and most == 0 else []
        if form in ("has", "place", "num", "present"):
            return self._fact(goal, node, want)
        return []

    def all_of(self, parts: list[list[Draft]]) -> list[Draft]:
        """Return the drafts that do one of each part, the parts with the fewest ways first."""
        found = [NOTHING]
        for ways in sorted(parts, key=len):
            joined = (one.joined(other, self._marks) for one in found for other in ways[: max(_BROAD, len(ways) if len(found) == 1 else 0)])
            found = best((draft for draft in joined if draft is not None), self._marks)
            if not found:
                return []
        return found

    def _class(self, goal: Goal, node: Node, want: bool) -> list[Draft]:
        found = self.drafts(self._goals.named(goal.name), node, want)
        if not want:
            return found
        resort = self._goals.resorts.get(goal.name)
        if resort is not None:
            found = [draft.marked(resort, goal.name) for draft in found]
        label = self._goals.label(goal.name)
        if label is not None and node.path == FRESH:
            name = (1, label["en"], label.get("zh", label["en"]))
            found = [Draft(d.wishes, d.asked, d.resort, d.mechanisms, {**d.names, _WHOLE: (*d.names.get(_WHOLE, ()), name)}) for d in found]
        return found

    def _fact(self, goal: Goal, node: Node, want: bool) -> list[Draft]:
        """Return the drafts that state one fact anew, or that ask for one that nobody controls."""
        entry = self._schema.find(node.kind, goal.key)
        if entry is None:
            if not want:
                return []
            return self._days(goal, node) if goal.form == "num" else self._begun(goal, node)
        fresh = node.path == FRESH
        if not (entry.controllable or (fresh and entry.outcome)):
            if fresh:
                return []
            return self._ask(goal, node, want, entry)
        if not fresh and self._is_fixed(entry, node):
            return []
        wish = self._values.wish(goal, node, want, entry, untold=False)
        if wish is None and not fresh and entry.key not in node:
            wish = self._values.wish(goal, node, want, entry, untold=True)
        return [] if wish is None else [self._draft(node, entry.key, wish)]

    def _ask(self, goal: Goal, node: Node, want: bool, entry: KeySchema) -> list[Draft]:
        if entry.key in node or entry.core:
            return []
        wish = self._values.wish(goal, node, want, entry, untold=True)
        if wish is None:
            return []
        draft = self._draft(node, entry.key, wish)
        return [Draft(draft.wishes, frozenset(draft.wishes))]

    def _is_fixed(self, entry: KeySchema, node: Node) -> bool:
        """Say whether a fact of a thing that is there stays as it is."""
        stated = node.get(entry.key)
        if not stated:
            return False
        if entry.identifies or entry.kind == "date":
            return True
        return isinstance(stated, frozenset) and any(self._marks.is_dead(entry, value) for value in stated)

    def _days(self, goal: Goal, node: Node) -> list[Draft]:
        """Return the draft that dates what is counted from day to day, where both days can still be set."""
        return [
            self._draft(node, *pairs[0]) if len(pairs) == 1 else self._joined(self._draft(node, key, wish) for key, wish in pairs)
            for pairs in self._values.days(goal, node)
        ]

    def _begun(self, goal: Goal, node: Node) -> list[Draft]:
        """Return the draft that adds the thing of which a goal asks that it has begun, where it is stated not to be there."""
        rule = self._goals.rules.get((node.kind, goal.key))
        if goal.form != "has" or goal.data[2] != [True] or rule is None or rule["op"] != "op-begun" or "fromKey" not in rule:
            return []
        entry = self._schema.find(node.kind, rule["fromKey"])
        if entry is None or not entry.controllable or node.get(entry.key):
            return []
        wish = Choice((self._around.day.isoformat(),))
        return [self._draft(node, entry.key, Things((Thing(entry.node, ((rule["ofKey"], wish),)),)))]

    def _joined(self, drafts: Iterable[Draft]) -> Draft:
        found = NOTHING
        for draft in drafts:
            found = found.joined(draft, self._marks) or found
        return found

    def _draft(self, node: Node, key: str, wish: Wish) -> Draft:
        """Return the draft of a wish for a fact of a node, in every data item that says the same."""
        home = node.origin.get(key, node.path)
        kind = "DataItem" if home != node.path and node.kind == "DataFlow" else node.kind
        slots = {Slot(path, kind, key): wish for path in self._around.alike(home)}
        resort, mechanisms = 0, frozenset[str]()
        entry = self._schema.find(kind, key)
        if entry is not None and isinstance(wish, Choice):
            resort = self._marks.resort(entry, wish.values[0])
        if node.path != FRESH and self._marks.is_mechanism(kind):
            mechanisms = frozenset((told_apart(kind, node.raw, self._marks),))
        return Draft(slots, resort=resort, mechanisms=mechanisms)

    def _some(self, goal: Goal, node: Node) -> list[Draft]:
        part = goal.parts[0]
        found = [draft for child in node.get(goal.key) or () for draft in self.drafts(part, child, True)]
        entry = self._schema.find(node.kind, goal.key)
        if entry is None or not (entry.controllable or (node.path == FRESH and entry.outcome)):
            return found
        if entry.kind in ("node", "nodes"):
            if entry.kind == "nodes" or not node.get(goal.key):
                found += [self._draft_of_new(node, entry, draft) for draft in self.drafts(part, self._around.fresh(entry.node), True)]
            return found
        if entry.one and node.get(goal.key):
            return found
        wish = self._values.holder(part, entry)
        return [*found, self._draft(node, goal.key, wish)] if wish is not None else found

    def _draft_of_new(self, node: Node, entry: KeySchema, inner: Draft) -> Draft:
        """Return the draft that adds a thing, given the wishes for its facts."""
        begun = self._values.nothing_yet(entry.node)
        wishes = ordered(begun | {slot.key: wish for slot, wish in inner.wishes.items() if slot.pointer == FRESH})
        elsewhere = {slot: wish for slot, wish in inner.wishes.items() if slot.pointer != FRESH}
        names = tuple(dict.fromkeys(name for told in inner.names.values() for name in told))
        thing = Thing(entry.node, wishes, names)
        draft = self._draft(node, entry.key, Things((thing,)))
        mechanisms = inner.mechanisms | draft.mechanisms
        if self._marks.is_mechanism(entry.node):
            mechanisms |= {identity(thing, self._marks)}
        return Draft({**elsewhere, **draft.wishes}, inner.asked, inner.resort, mechanisms)

    def _none(self, goal: Goal, node: Node) -> list[Draft]:
        """Return the drafts after which no object of a list is as the goal says; what is there stays, and changes."""
        children = node.get(goal.key)
        if children is None:
            entry = self._schema.find(node.kind, goal.key)
            if entry is None or not entry.controllable or entry.kind not in ("node", "nodes"):
                return []
            return [self._draft(node, goal.key, Things())]
        return self.all_of([self.drafts(goal.parts[0], child, False) for child in children])


_WHOLE = Slot("", "", "")  # stands for a new thing as a whole, whose class has a name
