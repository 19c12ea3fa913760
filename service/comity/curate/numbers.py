"""Numbers in the words of a norm that no condition holds: a threshold or a period that stands in the paraphrase alone.

What is counted is read off the compiled norm: its situation, its demand, those of its exceptions, and what it says that it leaves
out. Numbers of articles, items and years are no thresholds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from comity.law.program_text import NormText, ProgramText
from comity.logic.expression import Expression, parts_of
from comity.rdf.fault import Fault

__all__ = ["numbers_in", "numbers_unheld"]

_NUMBER = re.compile(r"(?<![\w.,/-])(?<!\w\()(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w/-]|[.,]\d)")
_CITED = re.compile(
    r"(?:\b(?:arts?|articles?|sections?|secs?|items?|paras?|paragraphs?|points?|nos?|number|annex|chapters?|modules?|clauses?|rules?|order|"
    r"decree|guidelines?|recommendations?|parts?|titles?|limbs?|recitals?|principles?|protocol|directives?|regulations?|decisions?|convention|"
    r"CFR|U\.S\.C\.|GB/T|§+|step|opinion)\.?\s*)$",
    re.IGNORECASE,
)
_MONTH = re.compile(r"\s*(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_AFTER_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+$")
_LIST = re.compile(r"^(?:,? (?:and|or|to) |, )$")


def numbers_unheld(graph: Graph, program: ProgramText) -> Iterator[Fault]:
    """Yield the norms in whose definition a number stands that nothing of the norm holds."""
    norms = {norm["id"]: norm for norm in program["norms"]}
    for norm in program["norms"]:
        said = next((str(text) for text in graph.objects(URIRef(norm["iri"]), SKOS.definition) if _language(text) == "en"), "")
        held = _held(norm, norms, program["classes_compiled"]) | set(numbers_in(norm["leavesOut"].get("en", "")))
        if rest := [number for number in dict.fromkeys(numbers_in(said)) if not _is_held(number, held)]:
            told = ", ".join(f"{number:,.15g}" for number in rest)
            yield Fault(
                "",
                norm["iri"],
                f"the words of the norm have the number {told}, which no situation, demand or exception of it holds",
                "Hold it in a condition, or say in c:leavesOut that it is not judged.",
                f"该规范的表述含有数字 {told}，而其适用情形、要求和例外均未体现",
                "在条件中予以体现，或者在 c:leavesOut 中说明不对其作出判断。",
                rule="number-unheld",
                level="warning",
            )


def numbers_in(text: str) -> list[float]:
    """Return the numbers of a sentence, those of articles, items, days of a month and years left out."""
    found: list[float] = []
    cited_until = -1
    for match in _NUMBER.finditer(text):
        before = text[: match.start()]
        if _CITED.search(before) or (cited_until >= 0 and _LIST.match(text[cited_until : match.start()])):
            cited_until = match.end()
            continue
        if _MONTH.match(text[match.end() :]) or _AFTER_MONTH.search(before):
            continue
        number = float(match[1].replace(",", ""))
        if "," not in match[1] and 1900 <= number <= 2100:
            continue
        found.append(number)
    return found


def _held(norm: NormText, norms: dict[str, NormText], classes: dict[str, Expression]) -> set[float]:
    """Return the numbers in a norm's conditions, with those of its exceptions and of the classes that they name."""
    others = [norms[other] for other in norm["exceptions"] if other in norms]
    others += [other for other in norms.values() if norm["id"] in other["exceptions"]]
    waiting: list[Expression] = [["is", norm["when"]], *([norm["demand"]] if norm["demand"] else [])]
    waiting += [["is", other["when"]] for other in others]
    named: set[str] = set()
    found: set[float] = set()
    while waiting:
        for part in parts_of(waiting.pop()):
            if part[0] == "is" and part[1] not in named:
                named.add(part[1])
                waiting.append(classes[part[1]])
            elif part[0] == "num":
                found |= {float(end) for end in (part[2], part[4]) if end is not None}
            elif part[0] == "count":
                found |= {float(end) for end in part[3:] if end is not None}
            elif part[0] == "present":
                found.add(float(part[2]))
            elif part[0] == "ownersum":
                found.add(float(part[1]))
    return found


def _is_held(number: float, held: set[float]) -> bool:
    """Say whether a number, or the next whole number on either side (more than 10 is at least 11), is held."""
    return any(abs(number - other) <= 1 for other in held) or 1 - number in held


def _language(text: object) -> str | None:
    return getattr(text, "language", None)
