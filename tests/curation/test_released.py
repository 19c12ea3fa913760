"""A released name stays in the sources for good."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from comity.curate.released import REGISTER, add_new
from comity.curate.validate import Fault, validate

REPOSITORY = Path(__file__).resolve().parents[2]
LayOut = Callable[..., Path]
NORMS = "data/xx/act.ttl"


@pytest.fixture
def released(tmp_path: Path, lay_out: LayOut) -> Path:
    """The sound world with the rules and the register of what it has."""
    lay_out(tmp_path, "sound")
    for folder in ("shapes/curation", "queries/checks"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    add_new(tmp_path)
    return tmp_path


def edited(root: Path, old: str, new: str) -> list[Fault]:
    file = root / NORMS
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return validate(root)


def test_the_register_is_sorted_names_words_things_and_identifiers_and_grows_by_what_is_new(released):
    lines = (released / REGISTER).read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines) and {"c:XxExport", "id:xx/act/norm-1", "identifier:ACT-1"} <= set(lines)
    assert add_new(released) == []
    edited(released, "act:sanction-1\n", "act:sanction-1-new\n")
    assert add_new(released) == ["id:xx/act/sanction-1-new"]
    assert "id:xx/act/sanction-1" in (released / REGISTER).read_text(encoding="utf-8").splitlines()


def test_an_identifier_that_was_renamed_is_told_with_its_line(released):
    (fault,) = edited(released, '"ACT-1-X"', '"ACT-1-Y"')
    assert (fault.rule, fault.focus, fault.file) == ("released-absent", "identifier:ACT-1-X", "data/released.txt")
    assert (released / REGISTER).read_text(encoding="utf-8").splitlines()[fault.line - 1] == fault.focus
    assert fault.told("zh")[0] == "该已发布的名称不再见于任何文件，而他人仍在引用"


def test_a_thing_that_was_renamed_is_told_until_the_old_name_says_what_replaces_it(released):
    assert [f.focus for f in edited(released, "act:norm-1-exception\n", "act:norm-1-x\n")] == ["id:xx/act/norm-1-exception"]
    kept = "act:norm-1-exception dcterms:isReplacedBy act:norm-1-x .\n\nact:norm-1-x\n"
    assert edited(released, "act:norm-1-x\n", kept) == []
