"""What a reading was made of, as a digest: when that changes, the reading is stale.

It covers the norm's situation, nexus (by name), demand, exceptions (by identifier) and dates, and the named classes that hold its elements.
A place list counts as the class says it: which body or territory it names, not who belongs to it on which day. Recognitions are
given and ended without a change of the law that is read, so a class that lists those in force counts by its name.
Labels, layout and what a norm governs do not count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from comity.logic.expression import Expression, parts_of

__all__ = ["digest", "holders"]

_WORLDLY = frozenset({"inforce"})


def digest(norm: Mapping[str, Any], held: Iterable[str], classes: Mapping[str, Expression]) -> str:
    """Return the digest of a compiled norm (an entry of the program's ``norms``) and of the classes among what is ``held``."""
    named = {norm["situation"], *(name for name in held if name in classes)}
    read = {
        "kind": norm["kind"],
        "perItem": norm["perItem"],
        "when": norm["situation"],
        "nexus": norm["nexus"],
        "demand": norm["demand"],
        "exceptions": sorted(norm["exceptions"]),
        "mustBeShown": norm["exceptionsMustBeShown"],
        "dates": [norm["from"], norm["until"]],
        "classes": {name: _said(name, classes[name]) for name in sorted(named)},
    }
    return f"sha256:{hashlib.sha256(json.dumps(read, sort_keys=True, ensure_ascii=False).encode()).hexdigest()}"


def holders(norm: Mapping[str, Any], norms: Mapping[str, Mapping[str, Any]], classes: Mapping[str, Expression]) -> set[str]:
    """Return all names that can hold an element of a norm.

    They are the classes and facts on which its situation, its demand or one of its exceptions rests, the identifiers of norms
    that lift it or that it lifts, and the words ``demand``, ``exceptionTo`` and ``dates``.
    """
    beside = {other for other, entry in norms.items() if norm["id"] in entry["exceptions"]} | set(norm["exceptions"])
    expressions = [["is", norm["when"]], norm["demand"]]
    expressions += [["is", norms[other]["when"]] for other in beside if other in norms]
    names: set[str] = {"demand", "exceptionTo", "dates", *beside}
    waiting = [expression for expression in expressions if expression]
    while waiting:
        for part in parts_of(waiting.pop()):
            name = part[1] if len(part) > 1 and isinstance(part[1], str) else ""
            if part[0] == "is" and name in classes and name not in names:
                waiting.append(classes[name])
            if name:
                names.add(name)
            if part[0] == "ownersum":
                names |= {word for word in part[1:] if isinstance(word, str)}
    return names


def _said(name: str, expression: Expression) -> Any:
    return name if _WORLDLY & set(_words(expression)) else expression


def _words(expression: Any) -> Iterator[str]:
    """Yield the first word of every list within an expression, its sets of places included."""
    if isinstance(expression, list):
        if expression and isinstance(expression[0], str):
            yield expression[0]
        for part in expression:
            yield from _words(part)
