"""Reasons that a lawyer has read: one for each of the norms that most often decide an answer, word for word in both languages."""

from __future__ import annotations

import pytest
from yaml import CSafeLoader, load

from comity.paths import source_root
from tests.shared import all_scenarios

FOLDER = source_root() / "tests" / "scenarios"
GOLDEN = load((source_root() / "tests" / "law" / "golden_reasons.yaml").read_text(encoding="utf-8"), Loader=CSafeLoader)


@pytest.fixture(scope="module")
def described():
    return {(each.file.relative_to(FOLDER).as_posix(), each.name): each.description for each in all_scenarios()}


def test_forty_norms_have_a_golden_reason():
    assert len({golden["norm"] for golden in GOLDEN}) == len(GOLDEN) >= 40


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden["norm"])
def test_the_reason_is_the_one_that_was_read(checker, described, golden):
    answer = checker.check(described[golden["file"], golden["scenario"]], detail="findings")
    found = [each for each in answer["findings"] if (each["norm"], each["status"]) == (golden["norm"], golden["status"])]
    assert [each["reason"] for each in found[:1]] == [{"en": golden["en"], "zh": golden["zh"]}]
