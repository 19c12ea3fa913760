"""Tiny worlds for the curation rules: ``tests/worlds/curation-<rule>.ttl``, each added to ``curation-sound.ttl``.

A world is one Turtle file in parts; ``# file: PATH`` begins the part that stands at that path. A line that ends with
``# fault`` is what is wrong; a line that begins with ``# twin:`` stands in its place in the world's correct twin.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
WORLDS = REPOSITORY / "tests/worlds"
LayOut = Callable[..., Path]

#: The words that every world uses as they are; keys and parties are a stub of the sound world.
_REAL = (
    "ontology/coverage.ttl",
    "ontology/editorial.ttl",
    "ontology/jurisdiction.ttl",
    "ontology/norm.ttl",
    "ontology/source.ttl",
    "ontology/treaty.ttl",
)


@pytest.fixture(scope="session")
def lay_out() -> LayOut:
    """Return a function that writes the named worlds, or their twins, as a tree of sources below a folder and returns it."""
    return _lay_out


def _lay_out(root: Path, *worlds: str, twin: bool = False) -> Path:
    for name in _REAL:
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, target)
    for world in worlds:
        for path, text in _parts(world, twin).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
    return root


def _parts(world: str, twin: bool) -> dict[str, str]:
    """Return the text of a world by the path where it stands, each part with all prefixes."""
    lines = (WORLDS / f"curation-{world}.ttl").read_text(encoding="utf-8").splitlines()
    if twin:
        lines = [line.removeprefix("# twin:") for line in lines if not line.endswith("# fault")]
    prefixes = [line for line in lines if line.startswith("@prefix")]
    parts: dict[str, list[str]] = {}
    for line in lines:
        if line.startswith("# file: "):
            part = parts[line.removeprefix("# file: ")] = [*prefixes]
        elif parts:
            part.append(line)
    return {path: "\n".join(part) + "\n" for path, part in parts.items()}
