"""How the time of a check grows when the graph has ten times the norms, those of other places."""

from __future__ import annotations

import gc
import sys
from statistics import median
from typing import Any

from bench.check import times
from bench.flows import Flow
from comity.check.checker import Checker

__all__ = ["measure", "multiplied"]

COPIES = 10


def measure(program: dict[str, Any], flows: list[Flow]) -> float:
    """Return the median time with ten times the norms, over the median time with the norms as they are.

    The flows are those that the law of the other places leaves alone: where copies of norms that look at no place apply as well,
    there is more to say, and that takes longer.
    """
    small, large = (Checker(each, profile_bytes=0) for each in (program, multiplied(program)))  # every check from the ground up
    sample = [flow for flow in flows[:: max(1, len(flows) // 150)] if small.check_json(flow) == large.check_json(flow)]
    gc.collect()
    gc.freeze()  # as the service does: programs stay for good
    print(f"growth: {len(sample)} flows that the copies leave alone", file=sys.stderr)
    return median(median(times(large, sample, 3)) / median(times(small, sample, 3)) for _ in range(3))


def multiplied(program: dict[str, Any]) -> dict[str, Any]:
    """Return the program with nine copies of its norms and classes, the places of each moved to other places."""
    codes = sorted(code for code in program["places"] if len(code) == 2)
    result = {
        **program,
        "classes_compiled": dict(program["classes_compiled"]),
        "norms": list(program["norms"]),
        "derived": list(program["derived"]),
    }
    counts = {rule["key"] for rule in program["derived"] if rule["op"] == "op-count"}
    for copy in range(1, COPIES):

        def moved(part: Any, copy: int = copy) -> Any:
            if not isinstance(part, list) or not part:
                return part
            if part[0] in ("territory", "body"):
                where = codes.index(part[1]) if part[1] in codes else len(str(part[1])) * 7
                return ["territory", codes[(where + copy * 23) % len(codes)]]
            if part[0] == "is":
                return ["is", f"{part[1]}~{copy}"]
            if part[0] == "num" and part[1] in counts:
                return ["num", f"{part[1]}~{copy}", *part[2:]]
            return [moved(inner) for inner in part]

        for name, expression in program["classes_compiled"].items():
            result["classes_compiled"][f"{name}~{copy}"] = moved(expression)
        for rule in program["derived"]:
            if rule["op"] == "op-count":
                result["derived"].append({**rule, "key": f"{rule['key']}~{copy}", "class": f"{rule['class']}~{copy}"})
        for norm in program["norms"]:
            result["norms"].append(
                {
                    **norm,
                    "id": f"{norm['id']}~{copy}",
                    "when": f"{norm['when']}~{copy}",
                    "demand": moved(norm["demand"]),
                    "exceptions": [f"{other}~{copy}" for other in norm["exceptions"]],
                }
            )
    return result
