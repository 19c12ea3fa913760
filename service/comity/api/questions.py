"""The catalogue of questions asked over HTTP: values are checked against their vocabularies, a process of the endpoint runs the query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from fastapi import Request

from comity.api.dataset import Dataset
from comity.api.filters import checked_day, checked_value
from comity.api.names import nearest
from comity.http.problems import Problem, error
from comity.http.waiting import while_connected
from comity.iris import XSD
from comity.processes.failures import Cancelled
from comity.queries.catalogue import Question, mentioning, questions
from comity.queries.head import DATE, Parameter, Words
from comity.queries.vocabularies import labelled
from comity.sparql.protocol import as_problem
from comity.sparql.refusals import Refused, cancelled
from comity.sparql.workers import Job, WorkerPool

__all__ = ["Asked", "Questions", "Rows"]

Rows = list[dict[str, str]]
_JSON = "application/sparql-results+json"
_FORMATS = {"select": _JSON, "ask": None, "construct": None, "describe": None}
_KINDS = {True: XSD + "date", False: XSD + "string"}


@dataclass(frozen=True)
class Asked:
    """A question with the values that it is asked with, each as the graph writes it."""

    question: Question
    values: dict[str, str]

    @property
    def columns(self) -> list[str]:
        """Return the columns of the answer: those of the query without the values that were given."""
        return [column for column in self.question.columns if column not in self.values]


class Questions:
    """The questions below ``root``, asked of ``dataset`` in the processes of ``pool``; without a pool none is answered."""

    def __init__(self, root: Path, dataset: Dataset, pool: WorkerPool | None) -> None:
        self._all, self._pool = questions(root), pool
        self.values_of = lru_cache(maxsize=64)(lambda vocabulary: labelled(dataset.select, vocabulary))

    def find(self, words: str | None, vocabulary: str | None = None) -> list[Question]:
        """Return the questions that mention ``words`` and take a value of ``vocabulary``. A 422 :class:`Problem` for an unknown one."""
        found = mentioning(self._all, words or "")
        if vocabulary:
            wanted = checked_value("takes", vocabulary, self.vocabularies)
            found = [each for each in found if any(parameter.vocabulary == wanted for parameter in each.head.parameters)]
        return found

    @property
    def vocabularies(self) -> list[str]:
        """Return the names of all vocabularies of values, that of days among them."""
        return sorted({parameter.vocabulary for each in self._all.values() for parameter in each.head.parameters})

    def vocabulary(self, name: str) -> Mapping[str, Words]:
        """Return the codes of a vocabulary with their labels; a 404 :class:`Problem` where there is none of that name."""
        known = [each for each in self.vocabularies if each != DATE]
        if name not in known:
            near = nearest(name, known)
            meant = f" Nearest: {', '.join(near)}." if near else f" There are: {', '.join(known)}."
            raise Problem(404, "Not Found", f"There is no vocabulary {name[:80]!r}.{meant}", nearest=near)
        return self.values_of(name)

    def named(self, name: str) -> Question:
        """Return a question by name; a 404 :class:`Problem` with the nearest where there is none."""
        if name not in self._all:
            near = nearest(name, list(self._all))
            meant = f" Nearest: {', '.join(near)}." if near else ""
            errors = [error("/path/name", f"There is no question {name[:80]!r}.{meant}", f"没有名为“{name[:80]}”的问题。", near)]
            raise Problem(404, "Not Found", f"There is no question {name[:80]!r}.{meant}", nearest=near, errors=errors)
        return self._all[name]

    def asked(self, question: Question, given: Mapping[str, str]) -> Asked:
        """Return a question with its values checked.

        Raises a 422 :class:`Problem` for one that lacks, is no day, or is none of its vocabulary, with the nearest valid value.
        """
        values: dict[str, str] = {}
        errors = []
        for parameter in question.head.parameters:
            text = given.get(parameter.name, "").strip()
            if not text:
                if not parameter.open:
                    en = f"{parameter.name} is needed: {parameter.meaning['en']}."
                    errors.append(error(f"/query/{parameter.name}", en, f"须给出 {parameter.name}：{parameter.meaning['zh']}。"))
                continue
            try:
                if parameter.vocabulary == DATE:
                    values[parameter.name] = checked_day(parameter.name, text)
                else:
                    values[parameter.name] = checked_value(parameter.name, text, self.values_of(parameter.vocabulary))
            except Problem as problem:
                errors += [_with_meaning(each, parameter) for each in problem.extra["errors"]]
        if errors:
            raise Problem(422, "Unknown value", " ".join(each["message"]["en"] for each in errors[:3]), errors=errors)
        return Asked(question, values)

    async def rows(self, request: Request, asked: Asked) -> Rows:
        """Return the rows of the answer, "" where one has no value; a :class:`Problem` where it takes too long or is too large."""
        if self._pool is None:
            raise Problem(
                503, "Questions are not answered here", "This service runs without processes for queries; see COMITY_SPARQL_WORKERS."
            )
        dates = {parameter.name for parameter in asked.question.head.parameters if parameter.vocabulary == DATE}
        bound = {name: (value, _KINDS[name in dates]) for name, value in asked.values.items()}
        try:
            result = await while_connected(request, self._pool.ask(Job(asked.question.query, _FORMATS, bound=bound)))
        except Cancelled:
            raise as_problem(cancelled()) from None
        except Refused as refused:
            raise as_problem(refused) from None
        found = orjson.loads(result.body or b"{}")["results"]["bindings"]
        return [{column: row[column]["value"] if column in row else "" for column in asked.columns} for row in found]


def _with_meaning(fault: dict[str, Any], parameter: Parameter) -> dict[str, Any]:
    """Return a fault that says what the value is as well: its name alone says little."""
    en, zh = f"{fault['message']['en']} It is {parameter.meaning['en']}.", f"{fault['message']['zh']}应为：{parameter.meaning['zh']}。"
    return {**fault, "message": {"en": en, "zh": zh}}
