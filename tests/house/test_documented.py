"""Every public name says what it promises, and every test is collected."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "service" / "comity").rglob("*.py"))


def public(tree: ast.Module) -> list[ast.AST]:
    found: list[ast.AST] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            found.append(node)
            if isinstance(node, ast.ClassDef):
                found += [m for m in node.body if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef) and not m.name.startswith("_")]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_public_names_are_documented(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module says nothing of itself"
    assert [node.name for node in public(tree) if not ast.get_docstring(node)] == []


def test_every_test_is_collected():
    """Every function named ``test_…`` below tests/ is found by the runner, and no test file escapes its pattern."""
    written = set()
    for path in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                written.add(f"{path.relative_to(ROOT)}::{node.name}")
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    names = [line.split("[")[0].split("::") for line in run.stdout.splitlines() if "::" in line]
    collected = {"::".join([file, *(part for part in parts if part.startswith("test_"))]) for file, *parts in names}
    assert sorted(written - collected) == []


def test_the_house_form_is_stable():
    from comity.curate.fmt import fmt

    outcome = fmt([ROOT / "ontology", ROOT / "data", ROOT / "shapes"], check=True)
    assert (outcome.changed, outcome.faults) == ([], []), "run 'comity fmt'"


def test_the_catalogue_and_the_whole_know_every_module():
    from comity.curate.catalog import write

    assert write(ROOT, check=True) is False, "run 'comity fmt'"
