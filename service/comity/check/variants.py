"""Variants: one description with named changes, judged side by side. Which region, which recipient, with or without a step?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from comity.flow.patch import patched
from comity.flow.problems import DescriptionError, Problem, problem
from comity.law.norm import Norm
from comity.law.outcome import Outcome
from comity.law.verdict import deciding, gravest_described, of_the_flow, overall

__all__ = ["MOST_VARIANTS", "table", "variants_of"]

Json = dict[str, Any]

MOST_VARIANTS = 100
"""How many variants one description may have."""

_MOST_NORMS = 6  # deciding norms, steps to do and steps to confirm that are named for each variant


def variants_of(description: Any) -> tuple[Json, list[tuple[str, Json]]]:
    """Return a description without its variants, and each variant with its name, changed as it says.

    Raises :class:`DescriptionError` where a variant has no name of its own, or its patch does not apply.
    """
    base = {key: value for key, value in description.items() if key != "variants"}
    stated = description["variants"]
    if not isinstance(stated, list) or not stated:
        raise _fault("/variants", "variants are a list of {name, patch}", "variants 应为 {name, patch} 的列表")
    if len(stated) > MOST_VARIANTS:
        n = len(stated)
        raise _fault(
            "/variants", f"{n} variants are stated, and at most {MOST_VARIANTS} are read", f"陈述了 {n} 个变体，至多 {MOST_VARIANTS} 个"
        )
    found: dict[str, Json] = {}
    for number, variant in enumerate(stated):
        at = f"/variants/{number}"
        name = variant.get("name") if isinstance(variant, dict) else None
        if not isinstance(name, str) or not name or name in found:
            raise _fault(f"{at}/name", "a variant has a name of its own", "每个变体须有各自的名称")
        for key in variant.keys() - {"name", "patch"}:
            raise _fault(
                f"{at}/{key}", f"a variant has a name and a patch, and no {key!r:.60}", f"变体只有 name 和 patch，没有 {key!r:.60}"
            )
        found[name] = patched(base, variant.get("patch", []), f"{at}/patch")
    return base, list(found.items())


def table(variants: list[tuple[str, Json]], judge: Callable[[Json], list[Outcome]]) -> list[Json]:
    """Return a row for each variant: verdicts, the norms that decide, what is to do and what to confirm.

    ``judge`` returns the outcomes of the legs of a description. A fault of a variant is told with the variant that has it.
    """
    rows = []
    for number, (name, description) in enumerate(variants):
        try:
            rows.append(_row(name, judge(description)))
        except DescriptionError as fault:
            raise DescriptionError([_inside(name, f"/variants/{number}/patch", each) for each in fault.problems]) from None
    return rows


def _inside(name: str, pointer: str, fault: Problem) -> Problem:
    """Return a fault of a changed description with the variant that has it; the place is told in words, since it is in no request."""
    where, said = fault["pointer"] or "/", fault["message"]
    return problem(pointer, f"in {name!r:.80}, {where}: {said['en']}", f"变体 {name!r:.80} 的 {where}：{said['zh']}", fault["nearest"])


def _row(name: str, outcomes: list[Outcome]) -> Json:
    verdict = overall((outcome.verdict for outcome in outcomes), conflicts=False)
    decided = [
        ruling.norm
        for outcome in outcomes
        for instrument, found in outcome.verdicts.items()
        if found == outcome.verdict
        for ruling in deciding(of_the_flow(outcome.by_instrument[instrument]))
    ]
    failing = [ruling for outcome in outcomes for ruling in outcome.failing()]
    return {
        "name": name,
        "verdict": verdict,
        "asDescribed": gravest_described(outcome.as_described for outcome in outcomes),
        "deciding": _named(decided),
        "toDo": _named(ruling.norm for ruling in failing if ruling.status in ("unmet", "prohibited", "contested")),
        "toConfirm": _named(ruling.norm for ruling in failing if ruling.status == "due"),
    }


def _named(norms: Iterable[Norm]) -> list[Json]:
    once = list({norm.number: norm for norm in norms}.values())
    return [{"norm": norm.id, "label": norm.data["label"]} for norm in once[:_MOST_NORMS]]


def _fault(pointer: str, en: str, zh: str) -> DescriptionError:
    return DescriptionError([problem(pointer, en, zh)])
