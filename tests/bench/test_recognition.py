"""The benchmark of recognitions asks about the places with the most rows. No time is asserted."""

from __future__ import annotations

from bench.recognition import most_linked
from tests.recognition.world import row, world


def test_the_places_with_the_most_rows_are_asked_about_and_no_body_without_law():
    rows = (row("A", "XX", "YY"), row("B", "XX", "WW"), row("C", "XX", "CLUB"), row("D", "UNION", "WW"), row("E", "ZZ", None, through="XX"))
    assert most_linked(world(*rows), 3) == ["XX", "WW", "UNION"]
    assert sorted(most_linked(world(*rows), 60)) == ["UNION", "WW", "XX", "YY", "ZZ"]
