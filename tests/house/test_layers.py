"""Imports go one way, and the pure rooms stay pure."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "service" / "comity"
# The rooms from the ground up; a module may import from its own room and from the rows before its own.
ROWS = [
    {"client"},
    {"logic", "processes", "iris", "paths", "spelling", "yaml_text"},
    {"law", "manifest"},
    {"flow", "recognition"},
    {"plan"},
    {"check", "http"},
    {"rdf"},
    {"compile"},
    {"reason"},
    {"conflict"},
    {"freshness", "readings", "scenarios", "sparql", "web", "terminal", "server"},
    {"queries"},
    {"building", "batch"},
    {"curate", "judging", "release", "show"},
    {"api"},
    {"mcp"},
    {"cli", "__main__"},
]
ROOM = {room: number for number, row in enumerate(ROWS) for room in row}
PURE = ("logic", "law")
# What one part of a module needs of another room, with the reason.
GRANTED: dict[tuple[str, str], str] = {}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path} imports relatively"
            names |= {f"{node.module}.{alias.name}" if node.module == "comity" else node.module for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down(path):
    room = room_of(path)
    if room == "__init__":
        return
    assert room in ROOM, f"{room} has no place in the house yet"
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "comity" or len(parts) < 2 or parts[1].startswith("__"):
            continue
        assert ROOM[parts[1]] <= ROOM[room] or (room, parts[1]) in GRANTED, f"{path.name} ({room}) imports {name}"
        if parts[1] != room:
            assert ROOM[parts[1]] < ROOM[room] or (room, parts[1]) in SIDEWAYS, f"{path.name} ({room}) imports {name} from the same row"


SIDEWAYS = {("sparql", "web"), ("web", "sparql"), ("__main__", "cli")}


@pytest.mark.parametrize("path", [p for p in modules() if room_of(p) in PURE], ids=lambda p: str(p.relative_to(PACKAGE)))
def test_logic_and_law_know_the_standard_library_only(path):
    outside = {name.split(".")[0] for name in imported(path)} - set(sys.stdlib_module_names) - {"comity", "__future__"}
    assert outside == set()


def test_only_its_room_knows_rdf():
    knowing = {room_of(path) for path in modules() if {"rdflib", "pyshacl", "owlready2"} & {n.split(".")[0] for n in imported(path)}}
    assert knowing <= {"rdf", "compile", "reason", "conflict", "building", "curate", "queries"}


def test_a_checker_needs_no_rdf_library():
    import subprocess

    libraries = {"rdflib", "pyshacl", "owlready2", "jpype"}
    code = f"import sys, comity.check.checker, comity.check.answer; print({libraries!r} & {{name.split('.')[0] for name in sys.modules}})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "set()"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_have_one_job(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 400, f"{path.name} has {lines} lines"
    assert path.stem not in {"utils", "helpers", "common", "manager", "services", "misc"}
