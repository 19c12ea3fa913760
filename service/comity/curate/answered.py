"""What is looked at of the answer to a scenario, so that each is answered once for all who look."""

from __future__ import annotations

from typing import Any, NamedTuple

from comity.check.checker import Checker
from comity.curate.clashes import Clash, clashes
from comity.flow.problems import DescriptionError
from comity.scenarios.format import Scenario, differences
from comity.scenarios.record import REFUSED, Record, record

__all__ = ["Answered", "answered"]

Json = dict[str, Any]


class Answered(NamedTuple):
    """The answer to a scenario, as far as it is looked at.

    ``differences`` is what it says otherwise than the scenario expects, ``record`` what the ledger keeps of it; ``fired`` has the
    statuses of each norm that it tells of as touched, and ``clashes`` what it says at once. A description that is refused shows
    nothing but that.
    """

    differences: list[str]
    record: Record
    fired: dict[str, frozenset[str]]
    clashes: tuple[Clash, ...]


def answered(checker: Checker, scenario: Scenario) -> Answered:
    """Answer a scenario once, without a plan, and return what is looked at of the answer."""
    try:
        answer = checker.check(scenario.description, plan=False)
    except DescriptionError:
        return Answered(differences(checker, scenario), Record(REFUSED), {}, ())
    told = tuple(dict.fromkeys(clashes(checker.program.data, answer)))
    return Answered(differences(checker, scenario, answer), record(answer), _fired(answer), told)


def _fired(answer: Json) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for leg in answer.get("legs", [answer]):
        for finding in leg["findings"]:
            if finding["status"] != "not-applicable":  # told only because it was pleaded, or nearly holds
                found[finding["norm"]] = found.get(finding["norm"], frozenset()) | {finding["status"]}
    return found
