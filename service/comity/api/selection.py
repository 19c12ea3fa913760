"""Which items of a list a request asks for. A filter whose value the graph does not know is refused, naming the nearest."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from comity.api.catalogue import Catalogue, Item
from comity.api.filters import checked_day, checked_value, having, in_force, mentioning, values_of
from comity.conflict.listed import Conflicts, Wanted


class Selection:
    """Filters over the lists of ``catalogue``. A filter that is None keeps everything; days are ISO days.

    ``conflicts`` says which of them are asked for.
    """

    def __init__(self, catalogue: Catalogue, conflicts: Conflicts) -> None:
        self._catalogue = catalogue
        self._conflicts = conflicts

    def instruments(self, *, day: str | None, jurisdiction: str | None, kind: str | None, text: str | None) -> list[Item]:
        """Instruments in force on ``day``, of a jurisdiction and kind, that mention ``text``."""
        items = list(self._catalogue.instruments.values())
        items = _narrow(items, items, "kinds", "kind", kind)
        items = self._of_place(items, "jurisdiction", jurisdiction)
        return _finally(items, day, text)

    def norms(
        self,
        *,
        day: str | None,
        instrument: str | None,
        jurisdiction: str | None,
        kind: str | None,
        concerns: str | None,
        bearer: str | None,
        risk: str | None,
        text: str | None,
    ) -> list[Item]:
        """Norms in force on ``day``, narrowed by instrument, jurisdiction, kind, act, bearer and risk dimension."""
        everything = items = list(self._catalogue.norms.values())
        if instrument:
            items = having(items, "instrument", checked_value("instrument", instrument, self._catalogue.instruments))
        items = self._of_place(items, "jurisdiction", jurisdiction)
        for key, name, value in (
            ("kind", "kind", kind),
            ("concerns", "concerns", concerns),
            ("bearer", "bearer", bearer),
            ("riskDimension", "risk", risk),
        ):
            items = _narrow(items, everything, key, name, value)
        return _finally(items, day, text)

    def jurisdictions(self, *, day: str | None, body: str | None, kind: str | None, text: str | None) -> list[Item]:
        """Places and bodies; with ``day``, memberships in force on it only; with ``body``, its members only."""
        everything = items = list(self._catalogue.jurisdictions.values())
        items = _narrow(items, everything, "kinds", "kind", kind)
        if day:
            checked_day("asOf", day)
            items = [{**item, "memberships": [row for row in item["memberships"] if in_force(row, day)]} for item in items]
        if body:
            wanted = checked_value("body", body, [i["code"] for i in everything if "code" in i and "Place" not in i.get("kinds", ())])
            items = [i for i in items if any(row.get("body") == wanted and row.get("counts") for row in i["memberships"])]
        return mentioning(items, text) if text else items

    def recognitions(
        self,
        *,
        day: str | None,
        recogniser: str | None,
        recognised: str | None,
        place: str | None,
        kind: str | None,
        status: str | None,
        text: str | None,
    ) -> list[Item]:
        """Recognitions in force on ``day``, by who recognises whom, by kind and by standing."""
        everything = items = list(self._catalogue.recognitions.values())
        items = _narrow(items, everything, "kind", "kind", kind)
        items = _narrow(items, everything, "status", "status", status)
        known = [*self._codes(), *values_of(everything, "from", "to", "through")]
        for name, value, keys in (("from", recogniser, ("from",)), ("to", recognised, ("to",)), ("place", place, ("from", "to"))):
            if value:
                wanted = checked_value(name, value, known)
                items = [item for item in items if any(wanted in item.get(key, ()) for key in keys)]
        if day:
            checked_day("asOf", day)
            items = [item for item in items if in_force(_begun(item), day, "inForceFrom", "inForceUntil")]
        return mentioning(items, text) if text else items

    @cached_property
    def conflict_items(self) -> dict[str, Item]:
        """Conflicts by id, each with whether it is settled and between which legal orders it stands."""
        marks = self._conflicts.marks()
        return {key: {**item, **marks[key]} if key in marks else item for key, item in self._catalogue.conflicts.items()}

    def explained(self, key: str) -> dict[str, Item]:
        """Return the conflicts by id, that of *key* with what explains it: what each side says, sanctions, why, grade, ways out."""
        told = self._conflicts.explanation(key)
        items = self.conflict_items
        return {**items, key: {**items[key], **told}} if told is not None and key in items else items

    def conflicts(self, wanted: Wanted, text: str | None) -> list[Item]:
        """Conflicts that are asked for, and that mention ``text``."""
        kept = {conflict["id"] for conflict in self._conflicts.find(wanted)}
        items = [item for key, item in self.conflict_items.items() if key in kept]
        return mentioning(items, text) if text else items

    def coverage(self, *, day: str | None, place: str | None, subject: str | None, state: str | None, text: str | None) -> list[Item]:
        """Statements of coverage that speak of ``day``, by subject and state; with ``place`` those on it, its wholes and its bodies."""
        everything = items = list(self._catalogue.coverage.values())
        items = _narrow(items, everything, "subject", "subject", subject)
        items = _narrow(items, everything, "state", "state", state)
        if day:
            checked_day("asOf", day)
        if place:
            homes = self._around(checked_value("place", place, self._codes()), day)
            items = [item for item in items if item["place"] in homes]
        return _finally(items, day, text)

    def _around(self, code: str, day: str | None) -> set[str]:
        """Return a place or body, the wholes of which it is a part, and the bodies to which they belong (on a day)."""
        by_code = {item["code"]: item for item in self._catalogue.jurisdictions.values() if "code" in item}
        homes, waiting = {code}, [code]
        for each in waiting:
            item = by_code.get(each, {})
            rows = [row for row in item.get("memberships", ()) if row.get("counts") and (day is None or in_force(row, day))]
            above = {row["body"] for row in rows} | ({item["partOf"]} if "partOf" in item else set())
            waiting += sorted(above - homes)
            homes |= above
        return homes

    def _codes(self) -> list[str]:
        return [item["code"] for item in self._catalogue.jurisdictions.values() if "code" in item]

    def _of_place(self, items: list[Item], name: str, value: str | None) -> list[Item]:
        return having(items, "jurisdiction", checked_value(name, value, self._codes())) if value else items


def _narrow(items: list[Item], everything: Iterable[Item], key: str, name: str, value: str | None) -> list[Item]:
    return having(items, key, checked_value(name, value, values_of(everything, key))) if value else items


def _begun(item: Item) -> Item:
    """Return a recognition whose beginning is not known as beginning with its signature: before that it cannot be in force."""
    return item if item.get("inForceFrom") else {**item, "inForceFrom": item.get("signedOn")}


def _finally(items: list[Item], day: str | None, text: str | None) -> list[Item]:
    if day:
        checked_day("asOf", day)
        items = [item for item in items if in_force(item, day)]
    return mentioning(items, text) if text else items
