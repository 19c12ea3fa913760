"""Classes that say the same under two names."""

from __future__ import annotations

from comity.logic.alike import alike

BIG, FILED = ["num", "persons", 10, False, None, False], ["has", "filed", [True]]


def test_classes_are_compared_once_the_classes_that_they_name_are_written_out():
    classes = {"One": ["and", ["is", "Big"], FILED], "Two": ["and", FILED, ["and", BIG, BIG]], "Big": BIG, "Other": ["or", FILED, BIG]}
    assert alike(classes, classes) == [["One", "Two"]]
    assert alike(classes, ["One", "Big", "Other"]) == []


def test_a_threshold_and_a_truth_value_are_not_taken_for_one_another():
    classes = {
        "One": ["has", "number", [1]],
        "Yes": ["has", "number", [True]],
        "Edge": ["num", "n", 1, True, None, False],
        "AtLeast": ["num", "n", 1, False, None, False],
    }
    assert alike(classes, classes) == []


def test_a_class_that_rests_on_itself_ends():
    classes = {"Held": ["some", "owner", ["or", FILED, ["is", "Held"]]], "Else": ["some", "owner", ["or", FILED, ["is", "Else"]]]}
    assert alike(classes, classes) in ([], [["Else", "Held"]])
