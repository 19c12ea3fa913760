"""The law by places: how far the graph holds it, and the instruments under their official titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from comity.web.links import Links
from comity.web.shown import natural
from comity.web.words import WORDS

__all__ = ["Listed", "PlaceOfLaw", "Said", "law_by_place"]

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of coverage: what it is called, how far the law is held, and its page."""

    label: str
    state: str
    href: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An instrument: its official title with its language, what it is called beside that, its days and its page."""

    title: str
    title_lang: str
    label: str
    days: str
    href: str


@dataclass(slots=True)
class PlaceOfLaw:
    """A place or body with what is said of its law; without a code: what several made together."""

    code: str
    label: str
    href: str
    coverage: list[Said] = field(default_factory=list)
    instruments: list[Listed] = field(default_factory=list)


def law_by_place(
    instruments: Iterable[Json], jurisdictions: Iterable[Json], coverage: Iterable[Json], links: Links, lang: str
) -> list[PlaceOfLaw]:
    """Return the places of which the graph holds instruments or says what it holds, those with most instruments first."""
    by_code = {place["code"]: place for place in jurisdictions if "code" in place}
    places: dict[str, PlaceOfLaw] = {}

    def of(code: str) -> PlaceOfLaw:
        if code not in places:
            found = by_code.get(code)
            label = found["label"].get(lang, code) if found else WORDS["several_places"][lang]
            places[code] = PlaceOfLaw(code, label, links.to(f"/id/{found['id']}") if found else "")
        return places[code]

    kept: dict[str, list[Json]] = defaultdict(list)
    for instrument in instruments:
        codes = instrument.get("jurisdiction", [])
        kept[codes[0] if len(codes) == 1 and codes[0] in by_code else ""].append(instrument)
    for code, members in kept.items():
        of(code).instruments = [_listed(each, links, lang) for each in sorted(members, key=lambda each: natural(each["id"]))]
    for statement in coverage:
        code = statement["place"] if statement["place"] in by_code else ""
        said = Said(statement["label"].get(lang, ""), WORDS[f"held_{statement['state']}"][lang], links.to(f"/id/{statement['id']}"))
        of(code).coverage.append(said)
    return sorted(places.values(), key=lambda place: (not place.code, -len(place.instruments), place.code))


def _listed(instrument: Json, links: Links, lang: str) -> Listed:
    titles = instrument.get("title") or instrument["label"]
    titled = lang if lang in titles else next(iter(titles))
    label = instrument["label"].get(lang, "")
    return Listed(
        title=titles[titled],
        title_lang="" if titled == lang else "zh-Hans" if titled == "zh" else titled,
        label="" if label == titles[titled] else label,
        days=" – ".join(filter(None, (instrument.get("from"), instrument.get("until")))),
        href=links.to(f"/id/{instrument['id']}"),
    )
