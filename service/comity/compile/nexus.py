"""The nexus of a law joined to a situation: what a norm reaches are the flows that are in both."""

from __future__ import annotations

from comity.logic.expression import Expression
from comity.logic.simplify import remainder

__all__ = ["within"]


def within(classes: dict[str, Expression], situation: str, nexus: str | None) -> tuple[str, str | None]:
    """Return the class of the flows in a situation that have the nexus, and the nexus where it narrows the situation.

    A situation that has the nexus by its own form stands for itself. Any other is joined with the nexus under a name of its
    own, which is added to *classes*; the nexus comes first, since many norms share it.
    """
    if nexus is None or nexus == situation or remainder(["is", nexus], ["is", situation], classes) == ["true"]:
        return situation, None
    name = f"{situation} within {nexus}"
    classes[name] = ["and", ["is", nexus], ["is", situation]]
    return name, nexus
