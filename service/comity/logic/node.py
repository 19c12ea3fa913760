"""A description as the logic sees it: nodes that map a key to a value; an absent key is unknown.

The values of a key are, by its kind:

========================  =====================================================================
codes, booleans, refs     ``frozenset`` (closed) or :class:`OpenCodes`
places                    ``tuple`` of candidate sets: each place is the set of codes that it may be (closed),
                          or :class:`OpenPlaces`
numbers                   ``(low, high)``, both inclusive; ``math.inf`` where there is no bound
nodes and parties         ``list`` of :class:`Node` (closed) or :class:`OpenNodes`
========================  =====================================================================
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

__all__ = ["HOLDER_PLACE", "HolderPlace", "Node", "OpenCodes", "OpenNodes", "OpenPlaces", "by_content", "reachable", "unremembered"]

HOLDER_PLACE = "@place"
"""The key under which a place that stands in the position of a party keeps the place that it is."""


class OpenCodes(NamedTuple):
    """Codes stated to hold and codes stated not to hold; any other code is unknown."""

    yes: frozenset[Any]
    no: frozenset[Any]


class OpenNodes(list["Node"]):
    """Nodes stated to exist, where more may exist.

    ``rest`` stands for any further one: what it says is known of all of them. Without it nothing is known of them.
    """

    __slots__ = ("rest",)

    def __init__(self, stated: Iterable[Node] = (), rest: Node | None = None) -> None:
        super().__init__(stated)
        self.rest = rest


class OpenPlaces(tuple[frozenset[str], ...]):
    """Places stated to hold, where others may; ``rest`` are the codes of those that are not stated not to."""

    rest: frozenset[str]

    def __new__(cls, stated: Iterable[frozenset[str]], rest: frozenset[str]) -> OpenPlaces:
        """Keep the places, and what a further one may be."""
        places = super().__new__(cls, stated)
        places.rest = rest
        return places


class Node(dict[str, Any]):
    """One object of a description.

    ``kind`` is its node class ("Party"), ``path`` its JSON pointer, ``raw`` the JSON object it was read from.
    ``origin`` gives the path of another node for a key whose value was stated there.
    ``memo`` keeps the classes already decided of it, ``told`` its facts as reasons name them; a node belongs to one request.
    """

    __slots__ = ("kind", "memo", "origin", "path", "raw", "told")

    def __init__(self, kind: str, path: str, raw: dict[str, Any] | None = None) -> None:
        super().__init__()
        self.kind = kind
        self.path = path
        self.raw: dict[str, Any] = raw if raw is not None else {}
        self.origin: dict[str, str] = {}
        self.memo: dict[int, bool | None] = {}
        self.told: dict[str, Any] = {}

    def part(self) -> Node:
        """Return a copy with a memory of its own, to be narrowed to a part of the data."""
        copy = Node(self.kind, self.path, self.raw)
        copy.update(self)
        return copy

    __hash__ = object.__hash__  # type: ignore[assignment]  # a dict has no hash; a node is itself and no other

    def __eq__(self, other: object) -> bool:
        return self is other


class HolderPlace(Node):
    """A place in the position of a party, such as a state that owns a company: it has no fact of a party."""

    __slots__ = ()

    def get(self, key: str, default: Any = None) -> Any:
        """Return the place under :data:`HOLDER_PLACE`, and nothing, as stated, under every other key."""
        return dict.get(self, key, ())


def reachable(start: Iterable[Node]) -> list[Node]:
    """Return the nodes and all that can be reached from them, each once, outermost first."""
    seen: dict[int, Node] = {}
    waiting = [*start][::-1]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen[id(node)] = node
            for value in node.values():
                if isinstance(value, list):
                    waiting.extend(reversed(value))
    return list(seen.values())


@contextmanager
def unremembered(start: Iterable[Node]) -> Iterator[None]:
    """Let nodes, and all that can be reached from them, forget at the end of the block which classes were decided inside it."""
    nodes = reachable(start)
    held = [node.memo for node in nodes]
    for node in nodes:
        node.memo = {}
    try:
        yield
    finally:
        for node, memo in zip(nodes, held):
            node.memo = memo


def by_content(stated: Sequence[Any]) -> list[list[int]]:
    """Return the places of objects as they were stated, in groups that say the same whatever they are called (``id``)."""
    if len(stated) < 2:
        return [[place] for place in range(len(stated))]
    groups: dict[str, list[int]] = {}
    for place, raw in enumerate(stated):
        said = {key: value for key, value in raw.items() if key != "id"} if isinstance(raw, dict) else raw
        groups.setdefault(json.dumps(said, sort_keys=True, default=repr), []).append(place)
    return list(groups.values())
