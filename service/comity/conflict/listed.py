"""The conflicts that the graph keeps, as they are asked for: by places, acts, kinds, laws and days, and as a matrix of legal orders.

The law of a place is its own, that of its wholes and parts, and that of the bodies to which it belongs. A legal order is a place that
is part of no other, or a body with law of its own: a member state of a body counts for itself, the body for itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from comity.conflict.explained import as_the_law_stands, label_of, named_pair
from comity.law.program import questions_behind, territories_of
from comity.law.program_text import ConflictText, ProgramText, Words
from comity.logic.timeline import Span
from comity.recognition.sides import Fault, Gazetteer, RecognitionError, Side
from comity.spelling import nearest

__all__ = ["Conflicts", "Wanted"]

Json = dict[str, Any]
_ALWAYS = date.max
"""The day of whoever names none: then memberships without an end count."""
_SHORT = 2
"""Letters that stand in too many words to tell which was meant."""
_FEW = 12
"""Of so few values all are named where none is near."""


class Wanted(NamedTuple):
    """Which conflicts are asked for; what is ``None`` keeps everything.

    ``place`` and ``against`` are codes or names; ``on`` is a day on which both norms are in force; ``settled`` says whether neither may
    hang on an unsettled question; ``formal`` asks also for those of which no realistic flow is known.
    """

    place: str | None = None
    against: str | None = None
    on: date | None = None
    kind: str | None = None
    act: str | None = None
    instrument: str | None = None
    norm: str | None = None
    settled: bool | None = None
    formal: bool = False


class Conflicts:
    """The conflicts of one version of the graph. Safe to share between threads."""

    def __init__(self, program: ProgramText) -> None:
        """Prepare the answers of a build product (the parsed ``program.json``)."""
        self._program = program
        self._norms = {norm["id"]: norm for norm in program["norms"]}
        self._by_path = {_path(norm["iri"]): norm["id"] for norm in program["norms"]}
        self._spans = {norm["id"]: Span(norm["from"], norm["until"]) for norm in program["norms"]}
        self._questions = questions_behind(program["norms"])
        self._territories = territories_of(program)
        bodies = program["recognition"]["bodies"]
        names = program["schema"].get("placeNames", {})
        self._gazetteer = Gazetteer(self._territories, program["placeLabels"], names, bodies, frozenset(bodies))
        self._orders = {
            name: tuple(dict.fromkeys(self._order(code) for code in program["instruments"][norm["instrument"]]["jurisdiction"]))
            for name, norm in self._norms.items()
        }
        self._pairs: dict[str, list[ConflictText]] = defaultdict(list)
        for pair in program["conflicts"]:
            self._pairs[pair["iri"]].append(pair)

    def find(self, wanted: Wanted) -> list[Json]:
        """Return the conflicts that are asked for, each with those of its norms that are. Raises :class:`RecognitionError`."""
        wanted, sides = self._checked(wanted)
        found = []
        for iri, pairs in self._pairs.items():
            kept = [pair for pair in pairs if self._is_wanted(pair, wanted, sides)]
            if kept:
                found.append(self._told(iri, kept))
        return sorted(found, key=lambda conflict: str(conflict["id"]))

    def one(self, name: str) -> Json | None:
        """Return the conflict of a name such as ``ACT-1--LAW-2``, in full, formal or not; None where there is none of that name."""
        iri, pairs = self._named(name)
        told = self.explanation(name)
        return None if told is None else self._told(iri, pairs) | told

    def explanation(self, name: str) -> Json | None:
        """Return what explains a conflict, given its name or path; None where there is none of that name."""
        iri, pairs = self._named(name)
        return as_the_law_stands(self._program, pairs, named_pair(iri, pairs)) if pairs else None

    def _named(self, name: str) -> tuple[str, list[ConflictText]]:
        end = "/" + name.removeprefix("conflict/")
        return next(((iri, pairs) for iri, pairs in self._pairs.items() if iri.endswith(end)), ("", []))

    def table(self, wanted: Wanted) -> Json:
        """Return what :meth:`find` finds, with the places, the day and the graph. Raises :class:`RecognitionError`."""
        named, _ = self._checked(wanted)
        asked = {"place": named.place, "against": named.against}
        told = {name: self._gazetteer.shown(code) for name, code in asked.items() if code}
        on = {} if wanted.on is None else {"on": wanted.on.isoformat()}
        return {**told, **on, "conflicts": self.find(wanted), "graph": self._program.get("graph")}

    def matrix(self, wanted: Wanted) -> Json:
        """Return how many conflicts of each kind stand between any two legal orders. Raises :class:`RecognitionError`."""
        counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        of_kind: dict[str, int] = defaultdict(int)
        of_order: dict[str, int] = defaultdict(int)
        found = self.find(wanted)
        for conflict in found:
            kind = conflict["kind"]["code"]
            of_kind[kind] += 1
            one, other = (side["legalOrders"] for side in conflict["sides"])
            for order in {*one, *other}:
                of_order[order] += 1
            for first, second in {(min(pair), max(pair)) for pair in product(one, other) if pair[0] != pair[1]}:
                counts[first, second][kind] += 1
        on = {} if wanted.on is None else {"on": wanted.on.isoformat()}
        return {
            **on,
            "legalOrders": [{**self._gazetteer.shown(code), "conflicts": number} for code, number in sorted(of_order.items())],
            "kinds": [{**self._worded("kind", code), "conflicts": number} for code, number in sorted(of_kind.items())],
            "pairs": [
                {"between": [*pair], "total": sum(kinds.values()), "kinds": dict(sorted(kinds.items()))}
                for pair, kinds in sorted(counts.items())
            ],
            "total": len(found),
            "graph": self._program.get("graph"),
        }

    def choices(self) -> dict[str, list[Json]]:
        """Return what conflicts can be asked for: legal orders, kinds, acts and instruments, each with its code and label."""
        pairs = self._program["conflicts"]
        orders = {order for pair in pairs for name in pair["norms"] for order in self._orders[name]}
        instruments = {self._norms[name]["instrument"] for pair in pairs for name in pair["norms"]}
        acts = {pair["act"] for pair in pairs if pair["act"]}
        return {
            "legalOrders": [self._gazetteer.shown(code) for code in sorted(orders)],
            "kinds": [self._worded("kind", code) for code in sorted({pair["kind"] for pair in pairs})],
            "acts": [self._worded("act", code) for code in sorted(acts)],
            "instruments": [{"code": name, "label": self._program["instruments"][name]["label"]} for name in sorted(instruments)],
        }

    def marks(self) -> dict[str, Json]:
        """Return for each conflict, by its path, whether it is settled and between which legal orders it stands."""
        return {
            _path(iri): {"settled": self._is_settled(pairs), "legalOrders": [[*orders] for orders in self._both_orders(pairs)]}
            for iri, pairs in self._pairs.items()
        }

    def _checked(self, wanted: Wanted) -> tuple[Wanted, tuple[Side, ...]]:
        """Return what is asked for in the words of the graph, and the places. Raises :class:`RecognitionError` with every fault."""
        faults: list[Fault] = []
        day = wanted.on or _ALWAYS
        sides: list[Side] = []
        for field, name in (("place", wanted.place), ("against", wanted.against)):
            if name:
                try:
                    sides.append(self._gazetteer.side(name, day, field))
                except RecognitionError as refused:
                    faults += refused.faults
        if wanted.against and not wanted.place:
            en, zh = "against needs place: the code of a place or body.", "使用 against 时须提供 place：法域或者组织的代码。"
            faults.append(Fault("place", en, zh, []))
        elif len(sides) == 2 and sides[0].code == sides[1].code:
            en, zh = (
                f"{wanted.place} and {wanted.against} are the same; name two.",
                f"{wanted.place} 与 {wanted.against} 相同；请给出两个。",
            )
            faults.append(Fault("against", en, zh, []))
        told: dict[str, str] = {}
        for field, known in self._known().items():
            value = getattr(wanted, field)
            if value:
                told[field] = _known_word(field, value, known, faults)
        faults += self._without_norms(told.get("kind", ""))
        if faults:
            raise RecognitionError(faults)
        if "norm" in told:
            told["norm"] = self._by_path.get(told["norm"], told["norm"])
        told |= zip(("place", "against"), (side.code for side in sides))
        return Wanted(**{**wanted._asdict(), **told}), tuple(sides)

    def _without_norms(self, kind: str) -> list[Fault]:
        """Return what to say of a kind that no two norms of the graph stand in, though it is one: what it is, which says where to look."""
        meaning = self._program.get("conflictWords", {}).get("kindMeaning", {}).get(kind)
        if meaning is None or any(pair["kind"] == kind for pair in self._program["conflicts"]):
            return []
        en, zh = f"No two norms are opposed in this way: {kind}. {meaning['en']}", f"没有两条规范以此方式相抵触：{kind}。{meaning['zh']}"
        return [Fault("kind", en, zh, [])]

    def _known(self) -> dict[str, Collection[str]]:
        pairs = self._program["conflicts"]
        return {
            "kind": self._program.get("conflictWords", {}).get("kind") or {pair["kind"] for pair in pairs},
            "act": self._program.get("conflictWords", {}).get("act") or {pair["act"] for pair in pairs if pair["act"]},
            "instrument": self._program["instruments"],
            "norm": [*self._norms, *self._by_path],
        }

    def _is_wanted(self, pair: ConflictText, wanted: Wanted, sides: tuple[Side, ...]) -> bool:
        if pair.get("formal") and not wanted.formal:
            return False
        if wanted.kind not in (None, pair["kind"]) or wanted.act not in (None, pair["act"]):
            return False
        if wanted.norm and wanted.norm not in pair["norms"]:
            return False
        if wanted.instrument and all(self._norms[name]["instrument"] != wanted.instrument for name in pair["norms"]):
            return False
        if wanted.settled is not None and self._is_settled([pair]) is not wanted.settled:
            return False
        if wanted.on and any(self._spans[name].holds_on(wanted.on) is False for name in pair["norms"]):
            return False
        return not sides or self._is_between(pair, sides, wanted.on or _ALWAYS)

    def _is_between(self, pair: ConflictText, sides: tuple[Side, ...], day: date) -> bool:
        """Say whether a norm of a pair is law of the one place, and the other norm of the other if that is named."""
        one, other = pair["norms"]
        if len(sides) == 1:
            return self._is_law_of(one, sides[0], day) or self._is_law_of(other, sides[0], day)
        near, far = sides
        return any(self._is_law_of(a, near, day) and self._is_law_of(b, far, day) for a, b in ((one, other), (other, one)))

    def _is_law_of(self, norm: str, side: Side, day: date) -> bool:
        for code in self._program["instruments"][self._norms[norm]["instrument"]]["jurisdiction"]:
            if code == side.code:
                return True
            law = self._gazetteer.members(code, day)
            if side.within(law) or (not side.is_body and not self._gazetteer.is_body(code) and law <= side.places):
                return True
        return False

    def _is_settled(self, pairs: Iterable[ConflictText]) -> bool:
        """Say whether there is a pair neither norm of which hangs on an unsettled question."""
        return any(not any(self._questions[name] for name in pair["norms"]) for pair in pairs)

    def _both_orders(self, pairs: Iterable[ConflictText]) -> Iterator[list[str]]:
        """Yield the legal orders of either side."""
        for names in zip(*(pair["norms"] for pair in pairs)):
            yield sorted({order for name in names for order in self._orders[name]})

    def _order(self, code: str) -> str:
        return self._territories.outermost(code) if code in self._territories.part_of else code

    def _told(self, iri: str, pairs: list[ConflictText]) -> Json:
        named = named_pair(iri, pairs)
        orders = self._both_orders(pairs)
        return {
            "id": _path(iri),
            "conflict": iri,
            "label": label_of(self._program, named),
            "kind": self._worded("kind", named["kind"]),
            "act": self._worded("act", named["act"]) if named["act"] else None,
            "formal": bool(named.get("formal")),
            "settled": self._is_settled(pairs),
            "sides": [
                {"legalOrders": next(orders), "norms": [self._norm(name) for name in dict.fromkeys(names)]}
                for names in zip(*(pair["norms"] for pair in [named, *pairs]))
            ],
        }

    def _norm(self, name: str) -> Json:
        norm = self._norms[name]
        provision = self._program["provisions"][norm["provisions"][0]]
        shown: Json = {"label": norm["label"], "kind": norm["kind"], "instrument": norm["instrument"]}
        shown |= {"from": norm["from"], "until": norm["until"]}
        unsettled = [{"question": each, "label": self._program["questions"][each]["label"]} for each in sorted(self._questions[name])]
        return {"norm": name, "iri": norm["iri"], **shown, "provision": provision, **({"unsettled": unsettled} if unsettled else {})}

    def _worded(self, what: str, code: str) -> Json:
        words: Mapping[str, Words] = self._program.get("conflictWords", {}).get(what, {})
        return {"code": code, "label": words.get(code) or {"en": code, "zh": code}}


def _path(iri: str) -> str:
    """Return the part of an IRI that is a thing's path."""
    return iri.partition("/id/")[2] or iri


def _known_word(field: str, value: str, known: Collection[str], faults: list[Fault]) -> str:
    """Return a value as the graph writes it; what it does not know is a fault that names the nearest values, or all of a few."""
    if value in known:
        return value
    folded = value.casefold()
    for word in known:
        if word.casefold() == folded:
            return word
    near = nearest(value, known) or sorted(word for word in known if len(value) > _SHORT and folded in word.casefold())[:3]
    near = near or (sorted(known) if len(known) <= _FEW else [])
    en = f"{value[:80]!r} is not a known value of {field}." + (f" Nearest: {', '.join(near)}." if near else "")
    zh = f"“{value[:80]}”不是 {field} 的已知值。" + (f"最接近的值：{'、'.join(near)}。" if near else "")
    faults.append(Fault(field, en, zh, near))
    return value
