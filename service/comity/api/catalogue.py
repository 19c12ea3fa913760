"""What the graph lists: instruments, norms, jurisdictions, recognitions, conflicts, coverage, as JSON objects in a stable order.

The lists are read once with ``queries/api/*.rq`` and kept: a few thousand small objects, so that a page is a slice and not
a query. What a query calls a key is the JSON key; this module knows no property of the graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import Any

import orjson

from comity.api.names import short
from comity.iris import IDS

Item = dict[str, Any]

_FIRST_KEYS = (
    "id", "iri", "identifier", "code", "kind", "kinds", "type", "label", "shortLabel", "title", "definition", "number",
    "member", "body", "instrument", "instruments", "jurisdiction", "provision", "norms", "act", "from", "to", "until", "source", "flow",
)  # fmt: skip
_RANK = {key: rank for rank, key in enumerate(_FIRST_KEYS)}


class Catalogue:
    """The lists of one dataset. Each is read on first use and never changes; items must not be altered.

    ``rows`` runs a query of ``queries/api`` by its name and gives its rows as texts, "" where a variable is unbound.
    """

    def __init__(self, rows: Callable[[str], list[dict[str, str]]]) -> None:
        self._rows = rows

    def prepare(self) -> None:
        """Read the lists that pages show before anybody asks for them."""
        _ = self.instruments, self.norms, self.jurisdictions, self.coverage

    @cached_property
    def instruments(self) -> dict[str, Item]:
        """Instruments by id (``xx/data-act``)."""
        return self._read("instruments")

    @cached_property
    def provisions(self) -> dict[str, Item]:
        """Provisions by id (``xx/data-act/art-38``)."""
        return self._read("provisions")

    @cached_property
    def norms(self) -> dict[str, Item]:
        """Norms by id (``xx/data-act/norm-38``), each with the provisions that state it."""
        norms = self._read("norms")
        for norm in norms.values():
            norm["provision"] = [self._provision(key) for key in norm.get("provision", ())]
        return norms

    @cached_property
    def jurisdictions(self) -> dict[str, Item]:
        """Places and bodies by id (``place/XX``), each with its memberships, dated."""
        jurisdictions = self._read("jurisdictions")
        standing: dict[str, list[Item]] = defaultdict(list)
        for row in self._read("memberships").values():
            standing[str(row.get("member", ""))].append({key: row[key] for key in row if key not in ("id", "iri", "member")})
        for place in jurisdictions.values():
            rows = standing.get(place.get("code", ""), [])
            place["memberships"] = sorted(rows, key=lambda row: (str(row.get("body")), str(row.get("from"))))
        return jurisdictions

    @cached_property
    def recognitions(self) -> dict[str, Item]:
        """Recognitions by id, each with who recognises (``from``) whom (``to``)."""
        return self._read("recognitions")

    @cached_property
    def readings(self) -> dict[str, Item]:
        """Second readings by id, each with its ``norm``, the moment ``on`` which it was made, and whether it is ``current``."""
        return self._read("readings")

    @cached_property
    def coverage(self) -> dict[str, Item]:
        """Statements by id (``coverage/XX-transfer``) of how much of the law of a place or body on a subject the graph holds."""
        return self._read("coverage")

    @cached_property
    def conflicts(self) -> dict[str, Item]:
        """Clashes of duties, each with the norms on either side, what reconciles them and the flows that show it."""
        conflicts, scenarios = self._read("conflicts"), self._read("scenarios")
        for scenario in scenarios.values():
            scenario["flow"] = orjson.loads(scenario["flow"])
        for conflict in conflicts.values():
            for side in ("norms", "firstSide", "secondSide"):
                conflict[side] = [self._norm_in_brief(key) for key in conflict.get(side, ())]
            conflict["witness"] = [scenarios[key] for key in conflict.get("witness", ())]
        return conflicts

    @cached_property
    def identifiers(self) -> dict[str, str]:
        """Return the id of each norm by the identifier that people cite (``ACT-38``)."""
        return {norm["identifier"]: key for key, norm in self.norms.items() if "identifier" in norm}

    def _provision(self, key: str) -> Item:
        entry = self.provisions.get(key, {})
        return {"id": key, "iri": IDS + key, **{name: entry[name] for name in ("label", "number", "url") if name in entry}}

    def _norm_in_brief(self, key: str) -> Item:
        norm = self.norms.get(key, {})
        names = ("identifier", "kind", "label", "instrument", "jurisdiction", "provision", "from", "until")
        return {"id": key, "iri": IDS + key, **{name: norm[name] for name in names if name in norm}}

    def _read(self, query: str) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for row in self._rows(query):
            iri = row["thing"]
            item = found.setdefault(short(iri), {"id": short(iri), "iri": iri})
            _add(item, row["key"], row["value"], row["lang"], row["form"])
        return {key: _ordered(found[key]) for key in sorted(found)}


def _add(item: Item, key: str, value: str, lang: str, form: str) -> None:
    """Put one value under ``key``: in a map by language, in a list, as a boolean, or alone."""
    if lang:
        texts = item.setdefault(key, {})
        if isinstance(texts, dict):
            texts.setdefault(lang, set()).add(value)
    elif form == "many":
        values = item.setdefault(key, [])
        if isinstance(values, list) and short(value) not in values:
            values.append(short(value))
    elif form == "flag":
        item[key] = value in ("true", "1")
    else:
        # Two values where one is meant: the smaller one, so that the answer does not depend on the order of rows.
        item[key] = min(item[key], short(value)) if isinstance(item.get(key), str) else short(value)


def _ordered(item: Item) -> Item:
    def rank(key: str) -> tuple[int, str]:
        return _RANK.get(key, len(_RANK)), key

    out = {}
    for key in sorted(item, key=rank):
        value = item[key]
        if isinstance(value, list):
            value = sorted(value, key=str)
        elif isinstance(value, dict):
            value = {lang: " / ".join(sorted(value[lang])) for lang in sorted(value)}
        out[key] = value
    return out
