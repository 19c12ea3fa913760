"""What the graph holds of the law of a side: how whole its law on transfers is, its grounds for transfers, its restrictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from comity.law.coverage import Held
from comity.law.program_text import NormText, ProgramText
from comity.logic.timeline import Span
from comity.recognition.sides import Gazetteer, Side

__all__ = ["LawOf"]

Json = dict[str, Any]
_GROUND = ("Permission", "Transfer")
_ONWARD = "OnwardTransfer"
_SUBJECT = "transfer"


class LawOf:
    """Reads the weighed norms of the program by the side whose law they are."""

    def __init__(self, program: ProgramText, gazetteer: Gazetteer) -> None:
        norms = program["norms"]
        self._instruments = program["instruments"]
        self._restricts = program["recognition"]["restricts"]
        self._words = program["recognition"]["words"]["restriction"]
        self._coverage = program["coverage"]
        self._gazetteer = gazetteer
        self._grounds = [norm for norm in norms if (norm["kind"], norm["act"]) == _GROUND]
        self._onward = [norm for norm in norms if norm["act"] == _ONWARD]
        self._restricting = [norm for norm in norms if norm["id"] in self._restricts]
        self._held: dict[date, Held] = {}

    def held(self, side: Side, day: date) -> str:
        """Return how much of a side's law on transfers the graph holds: ``whole``, ``part`` or ``none``."""
        if len(self._held) > 64:
            self._held.clear()
        held = self._held.get(day)
        if held is None:
            held = self._held[day] = Held(self._coverage, self._gazetteer.territories, day)
        return held.states(side.places)[_SUBJECT]

    def grounds(self, side: Side, day: date) -> list[Json]:
        """Return the permissions of a side's law on which data may be sent where no recognition covers the flow."""
        return [{"norm": norm["id"], "label": norm["label"], "resort": norm["resort"]} for norm in self._of(side, day, self._grounds)]

    def onward(self, side: Side, day: date) -> list[Json]:
        """Return the norms of a side's law that follow the data to where they are sent on from."""
        return [{"norm": norm["id"], "label": norm["label"]} for norm in self._of(side, day, self._onward)]

    def restrictions(self, side: Side, day: date) -> list[Json]:
        """Return the norms of a side's law that restrict where data may be kept or go, each with the kinds of restriction."""
        return [
            {
                "norm": norm["id"],
                "label": norm["label"],
                "restricts": [{"code": code, "label": self._words.get(code, {})} for code in self._restricts[norm["id"]]],
            }
            for norm in self._of(side, day, self._restricting)
        ]

    def _of(self, side: Side, day: date, norms: Iterable[NormText]) -> Iterator[NormText]:
        """Yield those of some norms that are law of a side on a day."""
        for norm in norms:
            if Span(norm["from"], norm["until"]).holds_on(day) is not False and self._is_law_of(norm, side, day):
                yield norm

    def _is_law_of(self, norm: NormText, side: Side, day: date) -> bool:
        codes = self._instruments[norm["instrument"]]["jurisdiction"]
        return any(side.code == code or side.within(self._gazetteer.members(code, day)) for code in codes)
