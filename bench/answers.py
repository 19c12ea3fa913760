"""What the answers to all scenario flows tell: how long they are, what they decide, and how often they say what to do."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from statistics import mean, median, quantiles
from typing import Any

import orjson
from rich.console import Console

from bench.flows import Flow
from comity.check.checker import Checker
from comity.http.languages import in_language
from comity.show.summary import print_summary
from comity.terminal import print_findings

__all__ = ["has_way", "lines", "measure", "told"]

Json = dict[str, Any]
Figure = tuple[str, float, str]
_WIDTH = 100
_OPEN = "unknown"


def measure(checker: Checker, flows: list[Flow]) -> Iterator[Figure]:
    """Yield the figures of the brief answer, and of the answer with everything beside it where that is the form of old."""
    briefs, wholes = [], []
    sizes: dict[str, list[int]] = {"summary": [], "summary_one_language": [], "all": [], "all_one_language": []}
    shown: dict[str, list[int]] = {"report": [], "report_all": []}
    for flow in flows:
        for name, detail, report, show in (("summary", "summary", "report", print_summary), ("all", "all", "report_all", print_findings)):
            answer = checker.check(flow, detail, plan=detail == "summary")
            sizes[name].append(len(orjson.dumps(answer)))
            sizes[f"{name}_one_language"].append(len(orjson.dumps(in_language(answer, "en"))))
            shown[report].append(lines(answer, show))
            if detail == "summary":
                briefs.append({key: answer[key] for key in ("verdict", "plan", "stopped")})
            else:  # a few megabytes for all flows, where whole answers are gigabytes
                wholes.append(_counted(answer))
    for name, found in sizes.items():
        yield from _spread(f"{name}_kb", [length / 1000 for length in found], "kB")
    for name, found in shown.items():
        yield from _spread(f"{name}_lines", found, "lines")
    yield from told(briefs, wholes)


def _counted(answer: Json) -> Json:
    """Return of an answer with everything what is counted: status and facts of each reason, text of each question."""
    legs = [
        {
            "findings": [{"status": each["status"], "because": [None] * len(each["because"])} for each in leg["findings"]],
            "missing": [{"question": each["question"]} for each in leg["missing"]],
        }
        for leg in _legs(answer)
    ]
    return {"legs": legs}


def told(briefs: list[Json], wholes: list[Json]) -> Iterator[Figure]:
    """Yield shares of answers, given the brief ones with their plans and those with every finding and question."""
    conditional, forbidden = ([a for a in briefs if a["verdict"] == verdict] for verdict in ("conditional", "prohibited"))
    yield "needs_information", _share(briefs, lambda answer: answer["verdict"] == "needs-information"), "%"
    yield "conditional_with_way", _share(conditional, has_way), "%"
    yield "conditional_only_to_confirm", _share(conditional, _only_to_confirm), "%"
    yield "prohibited_with_way", _share(forbidden, has_way), "%"
    yield "prohibited_with_way_or_stopped", _share(forbidden, lambda answer: has_way(answer) or bool(answer["stopped"])), "%"
    legs = [leg for answer in wholes for leg in _legs(answer)]
    facts = [len(finding["because"]) for leg in legs for finding in leg["findings"] if finding["status"] != _OPEN]
    yield "facts_per_reason_mean", mean(facts) if facts else 0, "facts"
    yield "facts_per_reason_p50", median(facts) if facts else 0, "facts"
    asked = [question["question"] for leg in legs for question in leg["missing"]]
    yield "questions", len(asked), "questions"
    yield "questions_without_text", sum(not (text.get("en") and text.get("zh")) for text in asked), "questions"


def has_way(answer: Json) -> bool:
    """Say whether there is a way: the engine judged the flow as it would then be, and nothing stood in its way.

    To leave the situation (``instead``) is no way of the flow, and a duty that the graph does not test changes nothing.
    """
    plan = answer["plan"]
    return bool(plan["do"] or plan["oneOf"] or any(step["change"] for step in plan["confirm"]))


def _only_to_confirm(answer: Json) -> bool:
    """Say whether all that is to do is to confirm duties that the graph does not test."""
    return bool(answer["plan"]["confirm"]) and not has_way(answer)


def lines(answer: Json, show: Callable[[Json, Console, str], None], language: str = "en") -> int:
    """Return how many lines a report of an answer takes on a terminal of a hundred columns; what is never broken is folded there."""
    written = io.StringIO()
    show(answer, Console(file=written, width=_WIDTH), language)
    return sum(max(1, -(-len(line) // _WIDTH)) for line in written.getvalue().splitlines())


def _legs(answer: Json) -> list[Json]:
    return answer.get("legs", [answer])


def _share(answers: list[Json], holds: Callable[[Json], bool]) -> float:
    return 100 * sum(map(holds, answers)) / len(answers) if answers else 0


def _spread(name: str, found: list[float] | list[int], unit: str) -> Iterator[Figure]:
    yield f"{name}_p50", median(found), unit
    yield f"{name}_p95", quantiles(found, n=100, method="inclusive")[94], unit
