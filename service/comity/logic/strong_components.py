"""Strongly connected components of a directed graph: the groups of nodes that all lead to one another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

__all__ = ["strong_components"]

N = TypeVar("N", bound=Hashable)


def strong_components(nodes: Iterable[N], following: Callable[[N], Iterable[N]]) -> Iterator[list[N]]:
    """Yield the strongly connected components of what can be reached from *nodes*, each after those that it leads to.

    ``following`` gives the nodes to which a node leads. Tarjan's algorithm, with a path of its own in place of recursion,
    which a long chain would exhaust.
    """
    order: dict[N, int] = {}
    lowest: dict[N, int] = {}
    waiting: list[N] = []
    open_: set[N] = set()
    for start in nodes:
        path: list[tuple[N, Iterator[N]]] = []
        new: N | None = start if start not in order else None
        while new is not None or path:
            if new is not None:
                order[new] = lowest[new] = len(order)
                waiting.append(new)
                open_.add(new)
                path.append((new, iter(following(new))))
            node, rest = path[-1]
            new = None
            for other in rest:
                if other not in order:
                    new = other
                    break
                if other in open_:
                    lowest[node] = min(lowest[node], order[other])
            if new is not None:
                continue
            path.pop()
            if path:
                lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[node])
            if lowest[node] == order[node]:
                component = waiting[waiting.index(node) :]
                del waiting[-len(component) :]
                open_.difference_update(component)
                yield component
