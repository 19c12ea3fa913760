"""Conflicts that are latent: what would collide if a demand came for the data of a flow that answers none.

Each demand that the graph knows is put to those whom its law reaches, and the flow is judged again: who sends, who receives, the data
and the grounds stay as they are described, but that whoever stands above a holder of the data gets them from it. Only what the engine
then finds surely binding on both sides is told, and only if it would bind as well had the parties done nothing of what the law asks of
them: a good deed makes no conflict latent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import orjson

from comity.flow.pointers import at
from comity.flow.problems import DescriptionError
from comity.flow.reading import Description
from comity.flow.schema import Schema
from comity.law.application import Application
from comity.law.conflicts import Collision, sure_collisions
from comity.law.judgement import Ruling
from comity.law.outcome import Outcome
from comity.law.program import Program
from comity.law.program_text import ConflictText, DemandText, KeyEntry, Words
from comity.logic.node import HolderPlace, Node, reachable

__all__ = ["MOST_LATENT", "Latent", "LatentConflicts"]

Json = dict[str, Any]
Places = list[frozenset[str]]
Again = Callable[[Json], Description]
Apply = Callable[[Description, Node], Application]

MOST_LATENT = 3
"""How many latent conflicts a summary tells of; ``latentMore`` counts the others."""

_MOST_TRIES = 64  # demands that are put to the parties of one leg
_MOST_READ = 4096  # legs, data items and parties that are read in all tries of a description together
_ROLES = (("importer", ("to", "storedIn", "accessedFrom")), ("exporter", ("from",)))
_CONTROL = "inControlOf"  # of a demand and of a data item: who can hand the data over
_WHO = {
    "importer": ("the recipient", "接收方"),
    "exporter": ("the exporter", "提供方"),
    "above importer": ("whoever stands above the recipient", "接收方的上级主体"),
    "above exporter": ("whoever stands above the exporter", "提供方的上级主体"),
}
_SENTENCE = (
    "If a demand ({place}: {form}) reached {who}, {power} would compel the answer ({compels}), and {against} {says} ({hinders}).",
    "如有要求（{place}：{form}）送达{who}，{power}将强制作出回应（{compels}），而{against}{says}（{hinders}）。",
)
_FORBIDS = ("would forbid it", "将予以禁止")
_HINDERS = ("would stand in its way", "将对此设限")
_DISPUTED = ("may stand in its way, which is disputed", "是否对此设限，尚有争议")


class _Kit(NamedTuple):
    """A demand that may come, with the listed pairs that hang on it, and the law of the other norm of each."""

    text: DemandText
    pairs: list[tuple[ConflictText, tuple[str, ...]]]


class _Asked(NamedTuple):
    """Somebody whom a demand may reach: the party, the part that it has in the flow, and the places where it can be reached.

    Whoever stands above a ``holder`` of the data gets them from it.
    """

    party: Node
    role: str
    places: Places
    holder: Node | None = None


class LatentConflicts(NamedTuple):
    """The latent conflicts of a leg, and how many demands were not tried because that would have taken too long."""

    found: list[Json]
    untried: int


class Latent:
    """Asks flows that answer no demand what would collide if one came. Keeps nothing of a description."""

    def __init__(self, schema: Schema, program: Program) -> None:
        self._schema = schema
        self._program = program
        self._undone = {kind: undone for kind, keys in program.data["schema"]["nodes"].items() if (undone := dict(_undone(keys)))}
        self._controls = {kind: {_CONTROL} & keys.keys() for kind, keys in schema.nodes.items()}
        self._place_keys = [key for key, entry in schema.nodes["Party"].items() if entry.kind in ("place", "places")]
        listed = [pair for pair in program.data["conflicts"] if not pair.get("formal")]
        self._numbers = {pair["iri"]: number for number, pair in reversed([*enumerate(listed)])}
        self._kits = [_Kit(text, [*self._hanging(text, listed)]) for text in program.data.get("demands", ())]

    def _hanging(self, text: DemandText, listed: Iterable[ConflictText]) -> Iterator[tuple[ConflictText, tuple[str, ...]]]:
        norms = self._program.by_id
        for pair in listed:
            others = [name for name in pair["norms"] if name not in text["powers"]]
            if len(others) == 1:
                yield pair, tuple(self._program.data["instruments"][norms[others[0]].instrument]["jurisdiction"])

    def of(self, read: Description, outcome: Outcome, again: Again, apply: Apply) -> LatentConflicts:
        """Return the latent conflicts of a leg of a description that was read and judged.

        ``again`` reads a changed description, ``apply`` brings the norms of its day to one of its legs.
        """
        leg = outcome.application.leg
        if leg.get("demand") or not self._kits:
            return LatentConflicts([], 0)
        number = read.legs.index(leg)
        known = {collision.pair["iri"] for collision in outcome.collisions}
        flow = [candidates for node in reachable([leg]) for candidates in self._places(node, self._schema.nodes.get(node.kind, ()))]
        asked = self._asked(leg)
        named, names = _with_names(read.raw, (party for each in asked for party in (each.party, each.holder) if party is not None))
        bare = self._bare(named, read)

        def colliding(description: Json, each: _Asked, demand: Json, pairs: list[ConflictText]) -> list[Collision]:
            legs = [*description["legs"]] if read.is_route else [description]
            told = [legs[number][role] for role, _ in _ROLES if each.holder and isinstance(legs[number].get(role), dict)]
            legs[number] = _answering(legs[number], demand, each, names, self._controls)
            changed = {**description, "legs": legs} if read.is_route else legs[0]
            other = again({**changed, "parties": [*description.get("parties", ()), *told]} if told else changed)
            return sure_collisions(apply(other, other.legs[number]), pairs, read.positions)

        tries = _tries(read)
        untried = 0
        found: dict[str, Json] = {}
        for kit in self._kits:
            pairs = [pair for pair, law in kit.pairs if pair["iri"] not in known and self._is_there(flow, law, read)]
            for each in (each for each in asked if each.party.path in names):
                pairs = [pair for pair in pairs if pair["iri"] not in found]
                place = self._place(kit.text, each.places, read) if pairs else None
                if place is None:
                    continue
                if tries == 0:
                    untried += 1
                    continue
                tries -= 1
                demand = _put(kit.text, place, names[each.party.path], self._controls)
                try:
                    met = colliding(bare if each.holder else named, each, demand, pairs)
                    stays = {*map(_norms, colliding(bare, each, demand, [collision.pair for collision in met]))} if met else set()
                except DescriptionError:  # with a demand the description is larger than one may be
                    untried += 1
                    continue
                for collision in met:
                    if _norms(collision) in stays:
                        found.setdefault(collision.pair["iri"], self._told(collision, kit.text, demand, each))
        gravest = sorted(found.values(), key=lambda entry: (entry["against"]["status"] != "prohibited", self._numbers[entry["conflict"]]))
        return LatentConflicts(gravest, untried)

    def _bare(self, description: Json, read: Description) -> Json:
        """Return a copy of a description in which nothing is done of what the law asks of the parties."""
        bare: Json = orjson.loads(orjson.dumps(description))
        for node in reachable([*read.legs, *read.parties]):
            if node.kind in self._undone and not isinstance(node, HolderPlace) and isinstance(found := at(bare, node.path), dict):
                found |= self._undone[node.kind]
        return bare

    def _asked(self, leg: Node) -> list[_Asked]:
        """Return whom a demand for the data of a leg may reach: its recipient, its exporter, and whoever stands above them."""
        found: dict[Node, _Asked] = {}
        for role, keys in _ROLES:
            here = [*self._places(leg, keys)]
            below = [party for party in leg.get(role) or () if _is_party(party)]
            for party in below:
                found.setdefault(party, _Asked(party, role, [*self._places(party, self._place_keys), *here]))
            for party in self._above(below):
                found.setdefault(party, _Asked(party, f"above {role}", [*self._places(party, self._place_keys)], below[0]))
        return list(found.values())

    def _above(self, parties: list[Node]) -> list[Node]:
        """Return the parties to which ownership, control and branches lead from some."""
        found: list[Node] = [*parties]
        for party in found:
            for key, via in self._schema.acyclic:
                for thing in party.get(key) or ():
                    held = (thing,) if via is None else thing.get(via) or ()
                    found += [other for other in held if _is_party(other) and other not in found]
        return found[len(parties) :]

    @staticmethod
    def _places(node: Node, keys: Iterable[str]) -> Iterator[frozenset[str]]:
        """Yield the places that a node states under some keys, each as the set of places that it may be."""
        for key in keys:
            value = node.get(key)
            if isinstance(value, tuple):
                yield from (candidates for candidates in value if isinstance(candidates, frozenset))

    def _is_there(self, places: Places, law: Iterable[str], read: Description) -> bool:
        """Say whether one of some places surely lies where one of the laws is law."""
        territories = [self._program.territories.candidates(code, read.day) for code in law]
        return any(candidates <= territory for candidates in places for territory in territories)

    def _place(self, text: DemandText, places: Places, read: Description) -> str | None:
        """Return the place from which a demand would come to somebody who can be reached at some places, if its law is law there."""
        territories = self._program.territories
        order, stated = text["order"], str(text["demand"]["ofPlace"])
        inside = territories.candidates(order, read.day)
        reached = [candidates for candidates in places if candidates and candidates <= inside]
        if not reached:
            return None
        if stated == order or any(candidates <= territories.candidates(stated, read.day) for candidates in reached):
            return stated
        return min(territories.outermost(code) for code in min(reached, key=sorted))

    def _told(self, collision: Collision, text: DemandText, demand: Json, asked: _Asked) -> Json:
        sides = [collision.first, collision.second]
        power, against = sides if collision.first.norm.id in text["powers"] else reversed(sides)
        provisions = self._program.data["provisions"]
        place = demand["ofPlace"]
        kind = {key: demand[key] for key in ("demandKind", "demandForm") if key in demand}
        label = self._program.data["placeLabels"].get(place, {})
        words: list[Words] = [self._code("Demand", key, code) for key, code in kind.items()]
        told = {}
        for number, (lang, comma) in enumerate((("en", ", "), ("zh", "、"))):
            told[lang] = _SENTENCE[number].format(
                place=label.get(lang, place),
                form=comma.join(word.get(lang, "") for word in words),
                who=_WHO[asked.role][number],
                power=provisions[power.norm.data["provisions"][0]]["label"][lang],
                compels=power.norm.data["label"][lang],
                against=provisions[against.norm.data["provisions"][0]]["label"][lang],
                says=_says(against)[number],
                hinders=against.norm.data["label"][lang],
            )
        return {
            "conflict": collision.pair["iri"],
            "kind": collision.pair["kind"],
            "act": collision.pair["act"],
            "power": {"norm": power.norm.id, "status": power.status},
            "against": {"norm": against.norm.id, "status": against.status},
            "demand": {"ofPlace": place, **kind, "addressee": asked.party.path},
            "sentence": told,
        }

    def _code(self, node: str, key: str, code: str) -> Words:
        entry = self._schema.nodes[node][key]
        return self._schema.labels.get(f"{entry.vocabulary}/{code}", {"en": code, "zh": code})


def _undone(keys: Mapping[str, KeyEntry]) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a node class under which acts of compliance are told, with what says that there is none."""
    for key, entry in keys.items():
        if not entry.get("compliance"):
            continue
        if entry["kind"] == "codes" and entry.get("none_codes"):
            yield key, entry["none_codes"][:1]
        elif entry["kind"] == "nodes":
            yield key, []
        elif entry.get("nullable"):
            yield key, None


def _tries(read: Description) -> int:
    """Return how many demands are put to the parties of each leg: each time the whole description is read again."""
    legs = len(read.legs)
    size = legs + len(read.parties) + sum(len(leg.get("dataItems") or ()) for leg in read.legs)
    return min(_MOST_TRIES, _MOST_READ // (legs * size))


def _norms(collision: Collision) -> tuple[str, ...]:
    return tuple(collision.pair["norms"])


def _says(against: Ruling) -> tuple[str, str]:
    """Return what the norm against an answer does to it, by language."""
    if against.status == "contested":
        return _DISPUTED
    return _FORBIDS if against.norm.kind == "Prohibition" else _HINDERS


def _is_party(node: Node) -> bool:
    return node.kind == "Party" and not isinstance(node, HolderPlace)


def _put(text: DemandText, place: str, addressee: str, controls: Mapping[str, set[str]]) -> Json:
    """Return a demand that comes from a place to somebody; where its own place is another one, that stands for it."""
    demand = _replaced(text["demand"], text["demand"]["ofPlace"], place)
    return {**demand, "addressee": addressee, **{key: [addressee] for key in controls.get("Demand", ())}}


def _answering(leg: Json, demand: Json, asked: _Asked, names: Mapping[str, str], controls: Mapping[str, set[str]]) -> Json:
    """Return a leg that answers a demand; of whose control over the data nothing is said, it is that of whoever is asked.

    Whoever stands above a holder of the data gets them from it, where it is asked for them.
    """
    addressee = demand["addressee"]
    held = {key: [addressee] for key in controls.get("DataItem", ())}
    items = leg.get("dataItems")
    changed = {**leg, "demand": demand}
    if isinstance(items, list):
        changed["dataItems"] = [{**held, **item} if isinstance(item, dict) else item for item in items]
    if asked.holder is not None:
        departure = leg.get("to" if asked.role == "above importer" else "from")
        there = {} if departure is None else {"from": departure}
        changed |= {"exporter": names[asked.holder.path], "importer": addressee, "to": demand["ofPlace"], **there}
    return changed


def _replaced(value: Any, old: str, new: str) -> Any:
    if old == new:
        return value
    if isinstance(value, dict):
        return {key: _replaced(inner, old, new) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, old, new) for inner in value]
    return new if value == old else value


def _with_names(description: Json, parties: Iterable[Node]) -> tuple[Json, dict[str, str]]:
    """Return a copy of a description in which some parties have a name, and the names by the pointers of the parties."""
    copied: Json = orjson.loads(orjson.dumps(description))
    names: dict[str, str] = {}
    for party in parties:
        if isinstance(found := at(copied, party.path), dict):
            names[party.path] = found.setdefault("id", f"the party at {party.path}")
    return copied, names
