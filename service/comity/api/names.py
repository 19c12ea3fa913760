"""How IRIs of the graph appear in JSON and in addresses: ``…/id/xx/act`` is ``xx/act``, ``…/ns#Transfer`` is ``Transfer``."""

from __future__ import annotations

from collections.abc import Collection

from comity.iris import IDS, NS
from comity.spelling import nearest as most_alike


def short(iri: str) -> str:
    """Return ``iri`` without the part that all things, or all words, of the graph share."""
    for prefix in (IDS, NS):
        if iri.startswith(prefix):
            return iri[len(prefix) :]
    return iri


def nearest(word: str, known: Collection[str]) -> list[str]:
    """Return up to three of the ``known`` names: those spelt most like ``word``, else those that contain it."""
    hits = most_alike(word, known)
    if not hits and 2 < len(word) <= 100:
        hits = sorted(name for name in known if word.casefold() in name.casefold())[:3]
    return hits
