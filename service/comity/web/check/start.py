"""The five facts with which a check begins, each asked by pointers into the description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from comity.web.check.inputs import Input, Inputs

__all__ = ["Part", "parts"]

_ASKED = (
    ("what", ("/dataItems/0/categories", "/dataItems/0/identifiability", "/dataItems/0/persons")),
    ("whose", ("/dataItems/0/subjectsIn",)),
    ("where_from", ("/from", "/exporter/kind", "/exporter/establishedIn")),
    ("where_to", ("/to",)),
    ("to_whom", ("/importer/kind", "/importer/establishedIn")),
    ("how", ("/act", "/asOf")),
)


@dataclass(slots=True)
class Part:
    """One of the facts: the key of its heading, and what is asked of it."""

    heading: str
    inputs: list[Input]


def parts(inputs: Inputs, description: Any) -> list[Part]:
    """Return what is asked at the start, filled with what a description tells."""
    made = [Part(heading, [one for each in asked if (one := inputs.of(each, description)) is not None]) for heading, asked in _ASKED]
    return [part for part in made if part.inputs]
