"""Law is data: the service names no instrument, no place and no threshold."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from comity.logic.thresholds import thresholds

SERVICE = Path(__file__).parents[2] / "service"
FILES = sorted(SERVICE.rglob("*.py"))
NAMES = re.compile(r"\b(PIPL|GDPR|CCPA|CPRA|RCEP|CPTPP|DEPA|CBPR|CLOUD Act|EO ?14117|28 CFR|Schrems|PADFA|DPF)\b", re.IGNORECASE)


# Words of the trade that are also codes of places: the variable of the environment that holds the time zone.
OTHER_MEANINGS = {"TZ"}
# Numbers of the trade that are also thresholds of a norm: the limits of a description, and the status of a fault of the server.
OTHER_NUMBERS = {"flow/naming.py": {500.0}, "flow/values.py": {500.0}, "http/problems.py": {500.0}, "sparql/refusals.py": {500.0}}


def literals(path: Path) -> list[object]:
    """Return the constants of a module, without the names that it exports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tree.body = [node for node in tree.body if not (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")]
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SERVICE)))
def test_no_instrument_is_named(path, program):
    text = path.read_text(encoding="utf-8")
    assert NAMES.findall(text) == []
    instruments = {iri for iri in program["instruments"] if "/" in iri}
    assert [iri for iri in sorted(instruments) if re.search(rf"\b{re.escape(iri)}\b", text)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SERVICE)))
def test_no_place_is_named(path, program):
    codes = {code for code in program["placeLabels"] if code.isupper()}
    names = {label["en"] for label in program["placeLabels"].values() if len(label.get("en", "")) > 3}
    strings = [value for value in literals(path) if isinstance(value, str)]
    # Curators' tool that rewrites the list of places from a library; the names it corrects are data of that library.
    if path.name == "places.py" and path.parent.name == "curate":
        pytest.skip("the module that takes the names of places from a library names places by its nature")
    assert [value for value in strings if (value in codes or value in names) and value not in OTHER_MEANINGS] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SERVICE)))
def test_no_threshold_of_a_norm_is_written(path, program):
    limits = thresholds([*program["classes_compiled"].values(), *(norm["demand"] for norm in program["norms"])])
    telling = {abs(number) for found in limits.values() for number in found if abs(number) > 366}
    numbers = {float(value) for value in literals(path) if isinstance(value, int | float) and not isinstance(value, bool)}
    assert (numbers & telling) - OTHER_NUMBERS.get(path.relative_to(SERVICE / "comity").as_posix(), set()) == set()


def percentages(program) -> set[float]:
    """Return the shares of which the law makes something, in classes and in the facts that operators derive."""
    found = {float(rule["shareAbove"]) for rule in program["derived"] if "shareAbove" in rule}

    def search(part):
        if isinstance(part, list):
            if part and part[0] == "ownersum":
                found.add(float(part[1]))
            for inner in part:
                search(inner)

    search([*program["classes_compiled"].values(), *(norm["demand"] for norm in program["norms"])])
    return found - {100.0}  # all of a thing is no share that a law has chosen


def compared(path: Path) -> set[float]:
    """Return the numbers that a module compares with."""
    comparisons = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Compare)]
    values = [node.value for comparison in comparisons for node in ast.walk(comparison) if isinstance(node, ast.Constant)]
    return {float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SERVICE)))
def test_no_share_of_which_the_law_makes_something_is_written(path, program):
    shares = percentages(program)
    assert 50.0 in shares
    assert compared(path) & shares == set()
    if path.parent.name in ("logic", "law") or path.name == "derive.py":  # what judges has no such number under a name either
        assert {float(v) for v in literals(path) if isinstance(v, int | float) and not isinstance(v, bool)} & shares == set()
