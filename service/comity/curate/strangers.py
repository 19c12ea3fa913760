"""Duties that stay open for a flow with no link to their place.

A law reaches flows through its place: where a party is established, where data come from, whose data they are. A duty that
is still open for a flow wholly between other places was given no such link, and asks every stranger for facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.check.checker import Checker
from comity.law.application import may_hold
from comity.law.norm import DUTIES
from comity.law.program_text import KeyEntry, ProgramText

__all__ = ["open_for_strangers", "outside_places"]

Json = dict[str, Any]


def open_for_strangers(program: ProgramText, day: str) -> dict[str, list[str]]:
    """Return by instrument the duties that some flow between outside places leaves open on ``day`` (ISO), whoever its parties are.

    ``program`` is what the sources compile to. The flows state only what every description has to, with data of all kinds.
    """
    checker = Checker({**program, "graph": {"version": "", "digest": ""}}, profile_bytes=0)
    keys = program["schema"]["nodes"]
    kinds = keys["Party"]["kind"]["codes"]
    open_for = [
        {norm for flow in _flows(keys, outside_places(program), kind) for norm in _open(checker, {"asOf": day, **flow})} for kind in kinds
    ]
    found: dict[str, list[str]] = {}
    for instrument, norm in sorted(set.intersection(*open_for)) if open_for else ():
        found.setdefault(instrument, []).append(norm)
    return found


def outside_places(program: ProgramText) -> list[str]:
    """Return two places that are no jurisdiction of an instrument, nor a part or a member of one."""
    ruling = {place for instrument in program["instruments"].values() for place in instrument["jurisdiction"]}
    members = {member for body, member, *_ in program["memberships"] if body in ruling}
    free = [code for code, place in sorted(program["places"].items()) if place["partOf"] is None and code not in ruling | members]
    return free[:2]


def _flows(keys: dict[str, dict[str, KeyEntry]], places: list[str], kind: str) -> Iterator[Json]:
    """Yield one flow between the places for each act, with the facts that a description must have and no others."""
    here, there = places
    parties = {"exporter": {"kind": kind, "establishedIn": [here]}, "importer": {"kind": kind, "establishedIn": [there]}}
    item = {"subjectsIn": [here], "categories": keys["DataItem"]["categories"]["codes"]}
    for act in keys["DataFlow"]["act"]["codes"]:
        yield {"act": act, "from": here, "to": there, **parties, "dataItems": [item]}


def _open(checker: Checker, description: Json) -> Iterator[tuple[str, str]]:
    read = checker.read(description)
    for leg in read.legs:
        application = checker.application(read, leg)
        for norm in application.live():
            if norm.kind in DUTIES and may_hold(application.effective(norm)):
                yield norm.instrument, norm.id
