"""A thing of the law by its name: a norm, an article, an instrument, with what the graph says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from threading import Lock
from typing import Any

from comity.api.catalogue import Catalogue, Item
from comity.api.dataset import Dataset
from comity.api.settings import Settings
from comity.http.problems import Problem, error
from comity.iris import IDS
from comity.law.program_text import NormText, ProgramText
from comity.mcp.told import Citations
from comity.web.finder import Finder
from comity.web.index import Index

__all__ = ["Articles"]

Json = dict[str, Any]

_MOST_NORMS = 60  # of an instrument that are listed
_NEAR = 5
_PROVENANCE = ("reviewStatus", "verifiedOn", "verifiedAgainst", "readInCopy", "readInSecondary", "unverifiedPart")


class Articles:
    """Looks things of the law up in the dataset of ``settings``, whose graph is read when the first one is asked for."""

    def __init__(self, program: ProgramText, citations: Citations, settings: Settings) -> None:
        self._program, self._citations, self._settings = program, citations, settings
        self._norms = {norm["id"]: norm for norm in program["norms"]}
        self._lifting: dict[str, list[str]] = {name: [] for name in self._norms}
        for norm in program["norms"]:
            for name in norm["exceptions"]:
                self._lifting.get(name, []).append(norm["id"])
        self._lock = Lock()

    def of(self, name: str) -> Json:
        """Return the thing of a name. Raises a :class:`Problem` with the nearest names where there is none."""
        with self._lock:
            key = self._key(name)
        lists = self._catalogue
        for tell, items in ((self._norm, lists.norms), (self._instrument, lists.instruments), (self._provision, lists.provisions)):
            if key in items:
                return tell(items[key])
        raise self._unknown(name)

    @cached_property
    def _dataset(self) -> Dataset:
        return Dataset.open(self._settings.dataset)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self._dataset.rows)

    @cached_property
    def _index(self) -> Index:
        return Index(self._dataset.store)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._dataset.store, self._index)

    def _key(self, name: str) -> str:
        """Return the path of what a name means: it may be an IRI, a path or, in whatever case, an identifier."""
        text = name.strip().removeprefix(IDS)
        folded = text.casefold()
        by_identifier = {identifier.casefold(): key for identifier, key in self._catalogue.identifiers.items()}
        lists = (self._catalogue.norms, self._catalogue.instruments, self._catalogue.provisions)
        by_path = next((key for items in lists for key in items if key.casefold() == folded), text)
        return by_identifier.get(folded, by_path)

    def _unknown(self, name: str) -> Problem:
        with self._lock:
            found = self._finder.find(name, _NEAR)[1] if len(name) <= 100 else []
            named = [entry.identifier or entry.key for entry in found if entry.iri.startswith(IDS)]
            near = [*dict.fromkeys([*named, *self._index.nearest(name)])][:_NEAR]
        meant = f" Nearest: {', '.join(near)}." if near else ""
        meant_zh = f"最接近的名称：{'、'.join(near)}。" if near else ""
        en, zh = f"The graph has nothing called {name[:80]!r}.{meant}", f"图谱中没有名为“{name[:80]}”的内容。{meant_zh}"
        return Problem(404, "Not Found", en, errors=[error("/name", en, zh, near)])

    def _norm(self, item: Item) -> Json:
        norm = self._norms.get(str(item.get("identifier")))
        told = _chosen(
            item, ("identifier", "iri", "kind", "label", "definition", "instrument", "jurisdiction", "provision", "from", "until")
        )
        told |= {"whatItLeavesOut": item.get("leavesOut"), "reading": _chosen(item, _PROVENANCE)}
        return {"norm": told} if norm is None else {"norm": told | self._judged(norm), **self._citations.of({"norm": norm["id"]})}

    def _judged(self, norm: NormText) -> Json:
        program = self._program
        question = norm["question"]
        told: Json = {
            "bearer": norm["bearer"],
            "timing": norm["timing"],
            "deadline": norm["deadline"],
            "governs": norm["governs"],
            "liftedBy": self._brief(norm["exceptions"]),
            "lifts": self._brief(self._lifting[norm["id"]]),
            "sanctions": [program["sanctions"][path] for path in norm["sanctions"]],
        }
        if question is not None:
            answers = [program["positions"][path] for path in program["questions"][question]["positions"]]
            told["openQuestion"] = {"question": program["questions"][question]["label"], "positions": answers, "answer": norm["position"]}
        return {key: value for key, value in told.items() if value}

    def _instrument(self, item: Item) -> Json:
        return {"instrument": _told_of(item), **self._stating(lambda norm: norm["instrument"] == item["id"])}

    def _provision(self, item: Item) -> Json:
        return {"article": _told_of(item), **self._stating(lambda norm: item["iri"] in norm["provisions"])}

    def _stating(self, keep: Any) -> Json:
        names = [norm["id"] for norm in self._program["norms"] if keep(norm)]
        more = {"normsMore": len(names) - _MOST_NORMS} if len(names) > _MOST_NORMS else {}
        return {"states": self._brief(names[:_MOST_NORMS]), **more, **self._citations.of({"norms": names[:_MOST_NORMS]})}

    def _brief(self, names: Iterable[str]) -> list[Json]:
        found = [self._norms[name] for name in names if name in self._norms]
        return [{"norm": norm["id"], "label": norm["label"], "kind": norm["kind"]} for norm in found]


def _chosen(item: Mapping[str, Any], keys: Iterable[str]) -> Json:
    return {key: item[key] for key in keys if key in item}


def _told_of(item: Item) -> Json:
    reading = _chosen(item, _PROVENANCE)
    rest = {key: value for key, value in item.items() if key not in _PROVENANCE}
    return rest | ({"reading": reading} if reading else {})
