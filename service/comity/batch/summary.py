"""The summary of a batch: how many flows have which verdict, by law and by place, what is to be done most often, what is not held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from comity.batch.columns import quoted
from comity.law.norm import VERDICTS
from comity.law.program import Program

__all__ = ["MOST_FAULTS", "MOST_NAMED", "counts_of_profiles", "summed"]

Json = dict[str, Any]

MOST_NAMED = 20
"""How many duties, steps and places without law a summary names."""

MOST_FAULTS = 20
"""How many records that could not be read a summary names."""


def counts_of_profiles(connection: Any, source: str) -> tuple[dict[int, int], list[Json]]:
    """Return how many rows have which profile, and the first rows without one; ``source`` is SQL that reads the rows."""
    counted = connection.execute(f"SELECT profile, count(*) FROM {source} WHERE profile IS NOT NULL GROUP BY profile").fetchall()
    wrong = connection.execute(f"SELECT * EXCLUDE (verdict, asDescribed, profile) FROM {source} WHERE profile IS NULL LIMIT {MOST_FAULTS}")
    names = [column[0] for column in wrong.description]
    faults = [{name: value for name, value in zip(names, row) if value is not None} for row in wrong.fetchall()]
    return dict(counted), faults


def rows_in(path: Path, form: str, columns: dict[str, str]) -> str:
    """Return the SQL that reads the rows of a file."""
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    if form == "ndjson":
        return f"read_json('{quoted(str(path))}', format = 'newline_delimited', columns = {{{types}}})"
    how = "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"'"
    return f"read_csv('{quoted(str(path))}', {how}, columns = {{{types}}})"


def summed(profiles: Iterable[Json], flows: dict[int, int], program: Program) -> Json:
    """Return the summary of the profiles, given how many flows each has."""
    data = program.data
    verdicts: Counter[str] = Counter()
    described: Counter[str] = Counter()
    laws: dict[str, Counter[str]] = {}
    places: dict[str, Counter[str]] = {}
    duties: Counter[str] = Counter()
    steps: Counter[str] = Counter()
    told_steps: dict[str, Json] = {}
    lacking: Counter[str] = Counter()
    told_places: dict[str, Json] = {}
    moves: dict[str, Json] = {}
    planned = over_time = False
    for noted in profiles:
        number, counted = flows.get(noted["profile"], 0), noted["counted"]
        verdicts[noted["told"]["verdict"]] += number
        described[noted["told"]["asDescribed"]] += number
        gravest: dict[str, str] = {}
        for law, verdict in counted.get("laws", {}).items():
            laws.setdefault(law, Counter())[verdict] += number
            for place in data["instruments"][law]["jurisdiction"]:
                gravest[place] = min(gravest.get(place, verdict), verdict, key=VERDICTS.index)
        for place, verdict in gravest.items():
            places.setdefault(place, Counter())[verdict] += number
        for duty in counted.get("duties", ()):
            duties[duty] += number
        for step in counted.get("steps", ()):
            told_steps.setdefault(step["act"]["en"], step)
            steps[step["act"]["en"]] += number
        for entry in counted.get("lacking", ()):
            key = str(entry["place"])
            told_places.setdefault(key, entry)
            lacking[key] += number
        planned |= "steps" in counted
        over_time |= "changes" in counted
        for move in counted.get("changes", ()):
            _moved(moves, move, number, program)
    summary: Json = {
        "profiles": len(flows),
        "verdicts": _ordered(verdicts),
        "asDescribed": {word: described[word] for word in ("unlawful", "undecided", "lawful") if described[word]},
    }
    if over_time:
        return {**summary, "changes": [{"on": day, **moves[day]} for day in sorted(moves)]}
    labels = {norm["id"]: norm["label"] for norm in data["norms"]}
    summary["laws"] = [
        {"instrument": law, "title": data["instruments"][law]["label"], "verdicts": _ordered(found)}
        for law, found in sorted(laws.items(), key=_gravest)
    ]
    summary["places"] = [
        {"place": place, "label": data["placeLabels"].get(place, {}), "verdicts": _ordered(found)}
        for place, found in sorted(places.items(), key=_gravest)
    ]
    summary["duties"] = [{"norm": norm, "label": labels[norm], "flows": number} for norm, number in duties.most_common(MOST_NAMED)]
    if planned:
        summary["steps"] = [{**told_steps[act], "flows": number} for act, number in steps.most_common(MOST_NAMED)]
    summary["notHeld"] = [{**told_places[place], "flows": number} for place, number in lacking.most_common(MOST_NAMED)]
    return summary


def _moved(moves: dict[str, Json], move: Json, number: int, program: Program) -> None:
    """Count what changes on a day for some flows: the verdicts, and those of each law."""
    day = moves.setdefault(move["on"], {"flows": 0, "verdicts": {}, "laws": {}})
    day["flows"] += number
    if move["from"] != move["to"]:
        name = f"{move['from']} → {move['to']}"
        day["verdicts"][name] = day["verdicts"].get(name, 0) + number
    for law, (before, after) in move["laws"].items():
        entry = day["laws"].setdefault(law, {"title": program.data["instruments"][law]["label"], "flows": 0, "moves": {}})
        entry["flows"] += number
        name = f"{before} → {after}"
        entry["moves"][name] = entry["moves"].get(name, 0) + number


def _ordered(found: Counter[str]) -> dict[str, int]:
    return {verdict: found[verdict] for verdict in VERDICTS if found[verdict]}


def _gravest(entry: tuple[str, Counter[str]]) -> tuple[list[int], str]:
    """Order by the numbers of flows with the gravest verdicts, the largest first."""
    return [-entry[1][verdict] for verdict in VERDICTS], entry[0]
