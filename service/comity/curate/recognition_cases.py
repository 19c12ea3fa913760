"""Recognition cases: questions to the recognition service with the parts of the answer that matter.

A file ``tests/scenarios/<place>/<instrument>/recognition-<topic>.yaml`` holds a list. Each case says what it asks (``pair``,
``commitments``, ``matrix``, ``paths`` or ``changes``), with what (``with``), and what it expects under which path of the answer.
A path is a chain of keys; ``[name]`` picks the entry of a list that is called so: ``commitments[ACT-1].dispute.open``. A list of
named entries is compared by their names; ``{has: name}`` and ``{lacks: name}`` ask for one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from comity.recognition.exceptions import Measure
from comity.recognition.service import Recognitions
from comity.recognition.sides import RecognitionError
from comity.yaml_text import TextLoader

__all__ = ["RecognitionCase", "RecognitionCaseError", "read_recognition_cases", "run_recognition_case"]

_KEYS = {"name", "case", "source", "note", "ask", "with", "expect"}
_NAMES = ("commitment", "exception", "norm", "id", "code", "aspect")
_STEP = re.compile(r"([^.\[\]]+)|\[([^\]]+)\]")
_NOTHING = object()


class RecognitionCaseError(ValueError):
    """A recognition case that cannot be read; says where and why."""


@dataclass(frozen=True, slots=True)
class RecognitionCase:
    """One question: its name and file, what it asks with what, what it expects, and the official case it is made from."""

    name: str
    file: Path
    ask: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    case: str | None = None


def read_recognition_cases(folder: Path) -> list[RecognitionCase]:
    """Return every recognition case below a folder, in the order of paths. Raises :class:`RecognitionCaseError`."""
    return [
        _read(path, entry)
        for path in sorted(folder.rglob("recognition-*.yaml"))
        for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=TextLoader) or ()
    ]


def _read(path: Path, entry: Any) -> RecognitionCase:
    if not isinstance(entry, dict) or set(entry) - _KEYS or not {"name", "ask", "with", "expect"} <= set(entry):
        raise RecognitionCaseError(
            f"{path}: a case needs name, ask, with and expect, and may have {', '.join(sorted(_KEYS))}; here: {entry}"
        )
    if entry["ask"] not in _ASKED:
        raise RecognitionCaseError(f"{path}: {entry['name']}: ask is one of {', '.join(_ASKED)}, not {entry['ask']!r}")
    return RecognitionCase(entry["name"], path, entry["ask"], entry["with"], entry["expect"], entry.get("case"))


def run_recognition_case(recognitions: Recognitions, case: RecognitionCase) -> list[str]:
    """Return what the service answers otherwise than the case expects; an empty list means that it holds."""
    try:
        answer = _ASKED[case.ask](recognitions, dict(case.given))
    except (RecognitionError, KeyError, TypeError) as fault:
        return [f"{type(fault).__name__}: {fault}"]
    return [told for path, wanted in case.expect.items() if (told := _difference(path, _at(answer, path), wanted))]


def _pair(recognitions: Recognitions, given: dict[str, Any]) -> Any:
    return recognitions.pair(given["from"], given["to"], _day(given["on"]))


def _commitments(recognitions: Recognitions, given: dict[str, Any]) -> Any:
    by, towards, day = given.pop("by"), given.pop("towards"), _day(given.pop("on"))
    adopted = given.pop("adopted", None)
    return recognitions.owed(by, towards, day, Measure(**given, adopted=None if adopted is None else _day(adopted)))


def _matrix(recognitions: Recognitions, given: dict[str, Any]) -> Any:
    return recognitions.matrix(given["places"], _day(given["on"]))


def _paths(recognitions: Recognitions, given: dict[str, Any]) -> Any:
    return recognitions.ways(given["from"], given["to"], _day(given["on"]))


def _changes(recognitions: Recognitions, given: dict[str, Any]) -> Any:
    return recognitions.changes(_day(given["from"]), _day(given["until"]), given.get("places", ()))


_ASKED: dict[str, Callable[[Recognitions, dict[str, Any]], Any]] = {
    "pair": _pair,
    "commitments": _commitments,
    "matrix": _matrix,
    "paths": _paths,
    "changes": _changes,
}


def _day(text: Any) -> date:
    return text if isinstance(text, date) else date.fromisoformat(str(text))


def _at(answer: Any, path: str) -> Any:
    """Return what stands under a path, nothing where there is no such part."""
    for key, name in _STEP.findall(path):
        if key:
            answer = answer.get(key, _NOTHING) if isinstance(answer, dict) else _NOTHING
        else:
            answer = next((entry for entry in answer if _name(entry) == name), _NOTHING) if isinstance(answer, list) else _NOTHING
        if answer is _NOTHING:
            break
    return answer


def _name(entry: Any) -> Any:
    return next((entry[name] for name in _NAMES if name in entry), entry) if isinstance(entry, dict) else entry


def _difference(path: str, found: Any, wanted: Any) -> str | None:
    if found is _NOTHING:
        return None if wanted is None else f"{path}: there is no such part, expected {wanted!r}"
    shown = [_name(entry) for entry in found] if isinstance(found, list) else _name(found)
    if isinstance(wanted, dict):
        ((test, name),) = wanted.items()
        holds = (name in shown) is (test == "has")
    else:
        holds = sorted(map(str, shown)) == sorted(map(str, wanted)) if isinstance(wanted, list) else str(shown) == str(wanted)
    return None if holds else f"{path}: {shown!r}, expected {wanted!r}"
