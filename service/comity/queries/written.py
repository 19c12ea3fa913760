"""A question with its values written into its text, to be read, changed and sent to any SPARQL service."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from comity.queries.catalogue import Question
from comity.queries.head import DATE

__all__ = ["written"]

_XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"


def written(question: Question, values: Mapping[str, str]) -> str:
    """Return the query of *question* with the literals of *values* in the place of its variables, without the lines on how it is asked."""
    lines = [line for line in question.query.splitlines() if not re.match(r"# (?:bind|expect)\b|# zh: ", line)]
    head, where, body = "\n".join(lines).partition(" WHERE {")
    for name, value in values.items():
        parameter = question.head.parameter(name)
        assert parameter is not None
        literal = json.dumps(value, ensure_ascii=False) + ("^^xsd:date" if parameter.vocabulary == DATE else "")
        head = re.sub(rf"(SELECT\b.*?) \?{name}\b", r"\1", head, flags=re.DOTALL)
        body = _given(body, name, literal)
    if "xsd:date" in body and _XSD not in head:
        head = re.sub(r"^(?=SELECT\b)", f"{_XSD}\n", head, count=1, flags=re.MULTILINE)
    return f"{head}{where}{body}\n"


def _given(body: str, name: str, literal: str) -> str:
    """Return the part from WHERE on with a literal for a variable: no order or group is by it, and what gave it a value filters."""
    named, written_as = rf"\?{name}\b", literal.replace("\\", r"\\")
    body = re.sub(rf"^((?:GROUP|ORDER) BY\b.*?) (?:DESC\({named}\)|{named})", r"\1", body, flags=re.MULTILINE)
    body = re.sub(r"^(?:GROUP|ORDER) BY\n", "", body, flags=re.MULTILINE)
    body = re.sub(rf"BIND\((.*) AS {named}\)", rf"FILTER(\1 = {written_as})", body)
    return re.sub(named, written_as, body)
