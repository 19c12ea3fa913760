"""The schema of a description, as the build read it from ``shapes/flow.ttl``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from comity.law.program_text import KeyEntry, SchemaText

__all__ = ["KeySchema", "Schema"]


@dataclass(frozen=True, slots=True)
class KeySchema:
    """What may stand under one key of one node class.

    ``kind`` is one of: code, codes, place, places, party, parties, partyOrPlace, partiesOrPlaces, node, nodes, boolean,
    count, number, percent, date, text, ref, refs, norms, taxonomy, legs. ``order`` has the codes in the order of their vocabulary.
    Of a step of a plan: ``identifies`` says that the fact tells which thing an object is, ``outcome`` that somebody else decides it,
    ``leaves`` that it can take a flow out of the situation of a norm; ``burden`` how much it takes, ``step`` how the step is called.
    """

    key: str
    kind: str
    node: str = ""
    codes: frozenset[str] = frozenset()
    none_codes: frozenset[str] = frozenset()
    nullable: bool = False
    open: bool = False
    core: bool = False
    evaluative: bool = False
    controllable: bool = False
    beyond_control: frozenset[str] = frozenset()
    overrides: bool = False
    assumed: bool = False
    names_kind: bool = False
    acyclic: bool = False
    shares: str | None = None
    apart_by: str | None = None
    rare: bool = False
    tier: str = "later"
    assumed_from: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    vocabulary: str = ""
    identifies: bool = False
    outcome: bool = False
    leaves: bool = False
    burden: int = 0
    step: dict[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    label: dict[str, str] = field(default_factory=dict)
    unit: dict[str, str] = field(default_factory=dict)
    question: dict[str, str] = field(default_factory=dict)

    @property
    def one(self) -> bool:
        """Say whether the key takes one value."""
        return self.kind in _ONE_VALUED


_ONE_VALUED = frozenset(("code", "place", "party", "partyOrPlace", "node", "boolean", "count", "number", "percent", "date", "text", "ref"))


class Schema:
    """The node classes with their keys, the vocabularies' labels and the codes that a reference may use."""

    def __init__(self, data: SchemaText) -> None:
        self.nodes: dict[str, dict[str, KeySchema]] = {
            name: {key: _key(key, entry) for key, entry in keys.items()} for name, keys in data["nodes"].items()
        }
        self.labels: dict[str, dict[str, str]] = data["labels"]
        self.marks = data.get("marks", {})
        self.things = data.get("things", {})
        self.ancestors: dict[str, list[str]] = data["ancestors"]
        self.references: frozenset[str] = frozenset(data["references"])
        self.norms: dict[str, str] = dict(data.get("norms", {}))
        self.place_names: dict[str, str] = data.get("placeNames", {})
        self.controllable = {k.key: k.beyond_control for keys in self.nodes.values() for k in keys.values() if k.controllable}
        kinds = ("party", "parties", "partyOrPlace", "partiesOrPlaces")
        every = [k for keys in self.nodes.values() for k in keys.values()]
        self.party_keys = frozenset(k.key for k in every if k.kind in kinds or k.node == "Party")
        party = self.nodes["Party"].values()
        self.shares = tuple((k.key, k.shares) for k in party if k.shares)  # lists of parts of one whole, and the key of a part
        self.links = tuple(link for k in party for link in self._links(k))
        self.acyclic = tuple(link for link in self.links if self._is_acyclic(*link))
        flow = self.nodes["DataFlow"]
        self.overriding = tuple(key for key in self.nodes["DataItem"] if key in flow and flow[key].overrides)

    def _links(self, entry: KeySchema) -> list[tuple[str, str | None]]:
        """Return the ways from a party through a key to other parties: at once, or through a key of the thing between."""
        if entry.key in self.party_keys:
            return [(entry.key, None)]
        return [(entry.key, key) for key in self.nodes.get(entry.node, ()) if key in self.party_keys]

    def _is_acyclic(self, key: str, via: str | None) -> bool:
        entry = self.nodes["Party"][key]
        return entry.acyclic and (via is None or self.nodes[entry.node][via].acyclic)

    def find(self, node: str, key: str) -> KeySchema | None:
        """Return the schema of a key of a node class, if the vocabulary has it."""
        return self.nodes.get(node, {}).get(key)

    def below(self, entry: KeySchema) -> str:
        """Return the node class of the objects under a key; "" where none stand there."""
        return entry.node if entry.node in self.nodes else "Party" if entry.key in self.party_keys else ""

    def reached_from(self, node: str) -> frozenset[str]:
        """Return the node classes that stand in or below objects of a node class, itself among them."""
        found, waiting = {node}, [node]
        while waiting:
            for entry in self.nodes[waiting.pop()].values():
                below = self.below(entry) or node
                if below not in found:
                    found.add(below)
                    waiting.append(below)
        return frozenset(found)


def _key(key: str, entry: KeyEntry) -> KeySchema:
    fields: dict[str, Any] = {name: value for name, value in entry.items() if name in KeySchema.__slots__}
    for name in ("codes", "none_codes", "beyond_control"):
        fields[name] = frozenset(fields.get(name, ()))
    for name in ("assumed_from", "only_for", "unless"):
        fields[name] = tuple(fields.get(name, ()))
    fields["order"] = tuple(entry.get("codes", ()))
    return KeySchema(key=key, **{name: value for name, value in fields.items() if name != "key"})
