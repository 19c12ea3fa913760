"""The golden plans hold in the law as it is encoded: once a way is gone, nothing that it cures is lacking any more."""

from __future__ import annotations

import pytest

from tests.plans.golden_plans import applied, description, entries, legs_of, ways_of

LACKING = {"due", "unmet", "prohibited", "contested", "compelled"}
ENTRIES = entries()


@pytest.mark.parametrize("entry", [entry for _, entry in ENTRIES], ids=[f"{file}: {entry['name']}" for file, entry in ENTRIES])
def test_every_way_cures_what_it_says(entry, checker):
    for way in ways_of(entry["plan"]):
        told = description(entry)
        for step in way:
            told = applied(told, step["change"])
        lacking = {finding["norm"] for leg in legs_of(checker.check(told)) for finding in leg["findings"] if finding["status"] in LACKING}
        assert not lacking & {norm for step in way for norm in step["cures"]}


@pytest.mark.parametrize("entry", [entry for _, entry in ENTRIES], ids=[f"{file}: {entry['name']}" for file, entry in ENTRIES])
def test_its_facts_decide_a_verdict(entry, checker):
    assert checker.check(description(entry))["verdict"] != "needs-information"
