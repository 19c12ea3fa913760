"""Positions on unsettled questions that whoever asks takes: ``{"positions": {question: position}}`` beside the facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.flow.pointers import escaped
from comity.flow.problems import DescriptionError, Problem, problem
from comity.law.program_text import QuestionText
from comity.spelling import nearest

__all__ = ["positions_taken"]


def positions_taken(description: Any, questions: Mapping[str, QuestionText]) -> tuple[Any, dict[str, str]]:
    """Return a description without its ``positions``, and these. Raises :class:`DescriptionError` for a question or position not known."""
    if not isinstance(description, dict) or "positions" not in description:
        return description, {}
    stated = description["positions"]
    rest = {key: value for key, value in description.items() if key != "positions"}
    if not isinstance(stated, dict):
        raise DescriptionError([problem("/positions", "write an object: question to position", "应为对象：问题对应立场")])
    faults: list[Problem] = []
    for question, position in stated.items():
        if question not in questions:
            near = nearest(question, questions)
            faults.append(problem("/positions", f"there is no open question {question!r:.100}", f"没有未决问题 {question!r:.100}", near))
        elif position not in questions[question]["positions"]:
            known = questions[question]["positions"]
            at = f"/positions/{escaped(question)}"
            faults.append(problem(at, f"positions on it are: {', '.join(known)}", f"可选立场：{'、'.join(known)}", known))
    if faults:
        raise DescriptionError(faults)
    return rest, stated
