"""Answers that say two things at once: in one instrument, of one act and one item, a permission beside a ban that it leaves standing.

A ban is lifted by a permission through ``c:exceptionTo``, or it stands beside it for a reason, which ``c:besides`` of the permission
declares with a note; a ban that stops a flow whatever its ground names the instrument whose permissions it stands beside. A class that
undermines a permission, or a demand, contradicts that it is permitted, or met (``c:undermines``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from comity.law.program_text import NormText, ProgramText

__all__ = ["Clash", "clashes"]

Json = dict[str, Any]


class Clash(NamedTuple):
    """What an answer says at once: a permission (or a demand as met), and the ban or the class that contradicts it."""

    said: str
    against: str


def clashes(program: ProgramText, answer: Json) -> Iterator[Clash]:
    """Yield the contradictions within one answer, leg by leg."""
    norms = {norm["id"]: norm for norm in program["norms"]}
    for leg in answer.get("legs", [answer]):
        yield from _permitted_and_banned(norms, leg["findings"])
        yield from _undermined(norms, leg)


def _permitted_and_banned(norms: Mapping[str, NormText], findings: Iterable[Json]) -> Iterator[Clash]:
    permitted = [found for found in findings if found["status"] == "permitted"]
    banned = [found for found in findings if found["kind"] == "Prohibition" and found["status"] in ("prohibited", "unmet")]
    for one in permitted:
        for other in banned:
            permission, ban = norms[one["norm"]], norms[other["norm"]]
            if (
                not _declared(permission, ban)
                and (permission["instrument"], permission["act"]) == (ban["instrument"], ban["act"])
                and _meet(one, other)
            ):
                yield Clash(permission["id"], ban["id"])


def _declared(permission: NormText, ban: NormText) -> bool:
    """Say whether the law declares how the two stand to one another."""
    ways = (permission["besides"], permission["exceptions"]), (ban["besides"], ban["exceptions"])
    return any(ban["id"] in said for said in ways[0]) or any(permission["id"] in said for said in ways[1])


def _undermined(norms: Mapping[str, NormText], leg: Json) -> Iterator[Clash]:
    holding = {told["class"] for told in leg["classes"] if told["holds"] is True}
    for found in leg["findings"]:
        if found["status"] in ("permitted", "met"):
            for term in norms[found["norm"]]["underminedBy"]:
                if term in holding:
                    yield Clash(found["norm"], term)


def _meet(one: Json, other: Json) -> bool:
    """Say whether two findings are about one item; one without items is about all of them."""
    return "items" not in one or "items" not in other or not set(one["items"]).isdisjoint(other["items"])
