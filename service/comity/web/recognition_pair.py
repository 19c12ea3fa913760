"""Two places that recognise each other or not, as a page tells it: a picture, rows each way, ways over a third place, and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.recognition.pair import STATES
from comity.web.links import Links
from comity.web.path_picture import Picture, chain, pair
from comity.web.recognition_table import OPEN
from comity.web.words import WORDS

__all__ = ["PairPage"]

Json = dict[str, Any]
_WAYS_DRAWN = 6


class PairPage:
    """Tells what the recognition service found about two places in one language; ``labels`` name places, ``kinds`` kinds of recognition."""

    def __init__(
        self, found: Json, labels: Mapping[str, dict[str, str]], kinds: Mapping[str, dict[str, str]], links: Links, lang: str
    ) -> None:
        self._found, self._labels, self._kinds, self._links, self._lang = found, labels, kinds, links, lang
        self.one, self.other = (str(found[side]["code"]) for side in ("from", "to"))

    def head(self) -> dict[str, Any]:
        """Return the title, the picture and both directions."""
        found, lang = self._found, self._lang
        one, other = self._name(self.one), self._name(self.other)
        ends = [(self._word(found[way]["state"]), found[way]["state"] in OPEN) for way in ("forward", "backward")]
        says = "; ".join(self._state(a, b, found[way]["state"]) for way, a, b in (("forward", one, other), ("backward", other, one)))
        return {
            "title": WORDS["pair_title"][lang].format(one=one, other=other),
            "day": found["on"],
            "mutual": found["mutualLabel"][lang],
            "picture": pair((one, other), ends[0], ends[1], says),
            "directions": [self._direction(found[way]) for way in ("forward", "backward")],
            "treaties": [self._treaty(treaty) for treaty in found["treaties"]],
            "reverse": self._links.to(f"/recognition/{self.other}/{self.one}", on=found["on"]),
        }

    def ways(self, paths: Sequence[Json]) -> dict[str, Any]:
        """Return the ways over a third place: the first few drawn, the others named."""
        names = WORDS["ways_over_others"][self._lang].format(one=self._name(self.one), other=self._name(self.other))
        over = [path for path in paths if path["via"]]
        more = "; ".join(", ".join(self._name(code) for code in path["via"]) for path in over[_WAYS_DRAWN:])
        return {"ways_heading": names, "ways": [self._way(path) for path in over[:_WAYS_DRAWN]], "more_ways": more}

    def changes(self, days: Sequence[Json]) -> list[dict[str, Any]]:
        """Return the days on which something changes, each as a link to the page of that day."""
        past = [change["on"] for change in days if change["on"] <= self._found["on"]]
        one, other = self._name(self.one), self._name(self.other)
        return [
            {
                "on": change["on"],
                "now": bool(past) and change["on"] == past[-1],
                "href": self._links.again(on=change["on"]) + "#time",
                "states": [self._state(one, other, change["forward"]), self._state(other, one, change["backward"])],
                "begins": [self._linked(row) for row in change["begins"]],
                "ends": [self._linked(row) for row in change["ends"]],
            }
            for change in days
        ]

    def _name(self, code: str) -> str:
        return self._labels.get(code, {}).get(self._lang, code)

    def _word(self, state: str) -> str:
        return f"{WORDS[f'sign_{state}'][self._lang]} {WORDS[f'state_{state}'][self._lang]}"

    def _state(self, one: str, other: str, state: str) -> str:
        return f"{WORDS['direction'][self._lang].format(one=one, other=other)}: {WORDS[f'state_{state}'][self._lang]}"

    def _direction(self, way: Json) -> dict[str, Any]:
        state = way["state"]
        rows = {
            name: [self._row(row) for row in way.get(key, ())]
            for name, key in (
                ("recognitions", "recognitions"),
                ("parts", "ofParts"),
                ("certificates", "certificates"),
                ("dormant", "notInForce"),
            )
        }
        return {
            "heading": WORDS["direction"][self._lang].format(one=self._name(way["from"]), other=self._name(way["to"])),
            "sign": WORDS[f"sign_{state}"][self._lang],
            "word": WORDS[f"state_{state}"][self._lang],
            "state": STATES[state][self._lang],
            "bare": not any(rows[name] for name in ("recognitions", "parts", "certificates")),
            "grounds": [
                {"href": self._links.to("/search", q=norm["norm"]), "label": norm["label"][self._lang], "name": norm["norm"]}
                for norm in way.get("groundsLeft", ())
            ],
            **rows,
        }

    def _row(self, row: Json) -> dict[str, Any]:
        lang = self._lang
        return {
            **self._linked(row),
            "kind": row["kind"]["label"].get(lang, row["kind"]["code"]),
            "status": row["status"]["label"].get(lang, row["status"]["code"]),
            "scope": row["scope"].get(lang, "") if isinstance(row["scope"], dict) else row["scope"],
            "since": row["since"],
            "until": row["until"],
            "instruments": [self._linked(each) for each in row["instruments"]],
            "citation": row.get("citation", ""),
            "places": ", ".join(self._name(code) for code in row.get("places", ())),
        }

    def _linked(self, thing: Json) -> dict[str, str]:
        iri = thing["iri"] or ""
        return {"label": thing["label"].get(self._lang, iri), "href": self._links.to("/id/" + iri.partition("/id/")[2]) if iri else ""}

    def _way(self, path: Json) -> dict[str, Any]:
        codes = [path["hops"][0]["from"], *(hop["to"] for hop in path["hops"])]
        kinds = [dict.fromkeys(row["kind"] for row in hop["recognitions"]) for hop in path["hops"]]
        words = [", ".join(self._kinds.get(kind, {}).get(self._lang, kind) for kind in hop) for hop in kinds]
        names = [self._name(code) for code in codes]
        picture: Picture = chain(names, words, " → ".join(names))
        return {"picture": picture, "warnings": [hop["notTransitive"][self._lang] for hop in path["hops"] if "notTransitive" in hop]}

    def _treaty(self, treaty: Json) -> dict[str, str]:
        lang = self._lang
        states = [WORDS["treaty_in_force" if treaty["inForce"] else "treaty_not_in_force"][lang]]
        states += [WORDS["since_then"][lang].format(day=treaty["since"])] if treaty["inForce"] and treaty["since"] else []
        states += [] if treaty["binding"] else [WORDS["treaty_not_binding"][lang]]
        return {**self._linked(treaty), "state": WORDS["then"][lang].join(states)}
