"""The parts of a demand with their names, so that an answer can say which of them a flow lacks.

Every property and every alternative of a demand has a name (``sh:name``) in English and Chinese, or stands for a named class. An
alternative that only says of whom nothing is asked (``sh:not``) is a condition of its part, and no way to meet it: it has no name.
"""

from __future__ import annotations

from rdflib import SH
from rdflib.term import Node as Term

from comity.compile.demands import DemandCompiler
from comity.compile.statements import CompileError, members_of
from comity.law.program_text import PartText, Words
from comity.rdf.names import local, words

__all__ = ["parts_of_demand"]

_AND = {"en": "; ", "zh": "；"}
_OR = {"en": " or ", "zh": "或者"}
_MORE = {"en": "{} or another of {} ways", "zh": "{}等{}种方式之一"}
_MOST = 3
"""How many ways to meet a part its name tells."""


def parts_of_demand(demands: DemandCompiler, shape: Term) -> list[PartText]:
    """Return the parts that a flow has to meet, all of them, in the order of their expressions.

    Raises :class:`CompileError` for a part without a name in both languages.
    """
    found = sorted(_parts(demands, shape, {}), key=lambda part: repr(part["expression"]))
    for part in found:
        if part["name"].keys() != _AND.keys():
            raise CompileError(f"c:{local(shape)} has a part without a name; write sh:name on it, in English and in Chinese")
    return found


def _parts(demands: DemandCompiler, shape: Term, fallback: Words) -> list[PartText]:
    graph = demands.graph
    own = words(graph, shape, SH.name) or fallback
    found: list[PartText] = []
    for predicate, value in graph.predicate_objects(shape):
        if demands.is_silent(predicate):
            continue
        if predicate == SH.node:
            found += _parts(demands, value, own)
        elif predicate == SH["and"]:
            found += [part for member in members_of(graph, value) for part in _parts(demands, member, own)]
        elif predicate == SH["or"]:
            found.append(_any_of(demands, shape, value))
        else:
            name = (words(graph, value, SH.name) if predicate == SH.property else {}) or own
            if not name and predicate == SH["class"]:
                name = words(graph, value)
            found.append({"name": name, "expression": demands.part(shape, predicate, value)})
    return found


def _any_of(demands: DemandCompiler, shape: Term, value: Term) -> PartText:
    """Return the part that one of several alternatives meets."""
    expression = demands.part(shape, SH["or"], value)
    ways: list[PartText] = []
    for member in members_of(demands.graph, value):
        name = words(demands.graph, member, SH.name)
        if not name and _only_denies(demands, member):
            continue
        inner = _parts(demands, member, name)
        ways.append({"name": name or _joined([part["name"] for part in inner], _AND), "expression": demands.demand(member)})
    name = words(demands.graph, shape, SH.name) or _any([way["name"] for way in ways])
    if len(ways) == 1:
        return {"name": ways[0]["name"], "expression": expression}
    return {"name": name, "expression": expression, "anyOf": ways}


def _only_denies(demands: DemandCompiler, shape: Term) -> bool:
    """Say whether a shape only says that something is not so."""
    return {predicate for predicate in demands.graph.predicates(shape) if not demands.is_silent(predicate)} == {SH["not"]}


def _any(ways: list[Words]) -> Words:
    """Return several ways as one name: the first of them where there are many."""
    name = _joined(ways[:_MOST], _OR)
    return name if len(ways) <= _MOST else {language: _MORE[language].format(text, len(ways)) for language, text in name.items()}


def _joined(names: list[Words], joint: Words) -> Words:
    """Return several names as one, in each language in which all of them are told."""
    return {language: joint[language].join(name[language] for name in names) for language in joint if all(language in n for n in names)}
