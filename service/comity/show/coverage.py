"""``comity coverage``: what the graph holds of the law of places, as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from comity.law.coverage import Held
from comity.law.program import Program
from comity.law.program_text import CoverageStatement
from comity.spelling import nearest
from comity.terminal import CODES_IN_CHINESE

__all__ = ["UnknownPlace", "show_coverage"]

_WORDS = {
    "en": {
        "place": "place",
        "subject": "subject",
        "state": "state",
        "of": "law of",
        "note": "what is held, and what is lacking",
        "silent": "No statement of its own: the graph holds nothing of it.",
    },
    "zh": {
        "place": "地方",
        "subject": "主题",
        "state": "收录状态",
        "of": "所属法域",
        "note": "收录与所缺",
        "silent": "没有自己的陈述：图谱未收录。",
    },
}


class UnknownPlace(ValueError):
    """A name that is no place or body of the graph; says which are the most alike."""


class _Held(NamedTuple):
    """What is held of the law of one place on one subject, and the statements that say so."""

    place: str
    subject: str
    state: str
    statements: list[CoverageStatement]


def show_coverage(program: Program, names: Sequence[str], day: date, lang: str, *, as_json: bool, console: Console) -> None:
    """Print what is held of the law of the places ``names``, or every statement on ``day``. Raises `UnknownPlace`."""
    held = program.epoch(day).held
    rows = list(_of_places(program, held, [_code(program, name) for name in names], day) if names else _stated(held))
    if as_json:
        print(
            json.dumps([{**row._asdict(), "label": program.data["placeLabels"][row.place]} for row in rows], ensure_ascii=False, indent=2)
        )
    else:
        console.print(_table(program, rows, lang))


def _of_places(program: Program, held: Held, codes: Iterable[str], day: date) -> Iterable[_Held]:
    for code in codes:
        places = program.territories.candidates(code, day)
        said, states = held.statements(places), held.states(places)
        for subject in held.subjects:
            yield _Held(code, subject, states[subject], [statement for statement in said if statement["subject"] == subject])


def _stated(held: Held) -> Iterable[_Held]:
    for said in sorted(held.statements(), key=lambda said: (said["place"], said["subject"])):
        yield _Held(said["place"], said["subject"], said["state"], [said])


def _code(program: Program, name: str) -> str:
    """Return the code of a place or body, given as code or name, in whatever case."""
    labels, by_name = program.data["placeLabels"], program.data["schema"].get("placeNames", {})
    known = {code.casefold(): code for code in labels} | by_name
    if name.casefold() in known:
        return known[name.casefold()]
    near = nearest(name, [*labels, *(label["en"] for label in labels.values() if "en" in label)])
    meant = f" Nearest: {', '.join(near)}." if near else ""
    raise UnknownPlace(f"the graph has no place or body {name[:120]!r}.{meant}")


def _table(program: Program, rows: Iterable[_Held], lang: str) -> Table:
    words, labels = _WORDS[lang], program.data["placeLabels"]
    table = Table(show_lines=False, pad_edge=False)
    for column in ("place", "subject", "state", "of", "note"):
        table.add_column(words[column], overflow="fold", ratio=1 if column == "note" else None)
    place = ""
    for row in rows:
        name = "" if row.place == place else labels[row.place].get(lang, row.place)
        place = row.place
        lines = [(said["place"], said["note"].get(lang, "")) for said in row.statements]
        if row.place not in [home for home, _ in lines]:
            lines.append((row.place, words["silent"]))
        for number, (home, note) in enumerate(lines):
            first = number == 0
            table.add_row(
                name if first else "",
                _told(row.subject, lang) if first else "",
                _told(row.state, lang) if first else "",
                labels[home].get(lang, home),
                note,
            )
    return table


def _told(code: str, lang: str) -> str:
    return CODES_IN_CHINESE[code] if lang == "zh" else code
