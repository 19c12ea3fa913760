"""``comity fmt`` as a curator meets it: each fault is a sentence with file and line, and what an editor adds is repaired."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity import cli
from comity.cli import curating
from comity.curate.fmt import fmt

PLAIN = '@prefix c: <https://w3id.org/comity/ns#> .\n\nc:A\n    c:p c:B ;\n    c:q "line\\nbreak" .\n'
LOOSE = '@prefix c: <https://w3id.org/comity/ns#> .\nc:A c:p c:B ; c:q """line\nbreak""" .\n'


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, ["fmt", *map(str, arguments)], env={"COLUMNS": "400", "NO_COLOR": "1", "TERM": "dumb"})
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stderr


@pytest.mark.parametrize(
    ("raw", "line", "reason", "remedy"),
    [
        (b"@prefix c: <urn:c#> .\nc:a c:b", 2, "the file ends inside a statement", "Close the last string"),
        (b"@prefix c: <urn:c#> .\n\nc:a d:b c:c .", 3, "undefined prefix d:", "Add the line"),
        ("@prefix c: <urn:c#> .\nc:a c:b 'caf\u00e9' .".encode("latin-1"), 2, "the text is not valid UTF-8", "UTF-8"),
        (PLAIN.encode("utf-16"), 1, "the text is not valid UTF-8", "UTF-8"),
        (b"@prefix c: <urn:c#> .\nc:a c:b _:x .\nc:b c:b _:x .\n_:x c:q 1 .", 2, "_:x is used by 2 statements", "Give it an IRI"),
        (b"@prefix c: <urn:c#> .\nc:b c:b 1 .\n_:x c:q _:y .\n_:y c:q _:x .", 3, "_:x stands in a circle", "an IRI"),
        (b"@prefix c: <urn:c#> .\n\nc:deep c:p " + b"[ c:p " * 101 + b"1" + b" ]" * 101 + b" .", 3, "nested more than 100 deep", "an IRI"),
        (b"@prefix c: <urn:c#> .\nc:a c:b 'x'@ar--rtl .", 2, "a text with a direction of writing", "Leave the direction out"),
    ],
)
def test_what_cannot_be_read_or_written_is_left_alone_and_told_with_its_line(tmp_path, raw, line, reason, remedy):
    path = tmp_path / "a.ttl"
    path.write_bytes(raw)
    code, told = run(path)
    first, second, third = told.splitlines()
    assert (code, first) == (1, f"fault   {path}:{line}  ".rstrip())
    assert reason in second and remedy in third
    assert path.read_bytes() == raw
    first, second, third = run(path, "--lang", "zh")[1].splitlines()
    assert first.rstrip() == f"错误    {path}:{line}" and re.search("[一-鿿].*。$", second) and re.search("[一-鿿].*。$", third)


def test_the_other_files_are_written_all_the_same(tmp_path):
    for name, text in (("a.ttl", "c:a"), ("b.ttl", LOOSE), ("c.ttl", "<a")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    code, told = run(tmp_path)
    assert code == 1 and told.count("fault ") == 2 and f"written: {tmp_path / 'b.ttl'}" in told
    assert (tmp_path / "b.ttl").read_text(encoding="utf-8") == PLAIN


def test_a_path_that_leads_to_no_turtle_is_a_wrong_call(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.md").write_text("notes", encoding="utf-8")
    (tmp_path / "b.ttl").write_text(LOOSE, encoding="utf-8")
    wrong = {
        "empty": "there is no Turtle file (.ttl) in this folder",
        "notes.md": "this is no Turtle file",
        "not-there.ttl": "there is no such file or folder",
    }
    for name, reason in wrong.items():
        code, told = run(tmp_path / "b.ttl", tmp_path / name)
        assert code == 2 and f"{tmp_path / name}: {reason}" in told and "Name files" in told
    assert (tmp_path / "b.ttl").read_text(encoding="utf-8") == LOOSE


def test_a_folder_and_a_dead_link_named_like_turtle_are_no_traceback(tmp_path):
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "link.ttl").symlink_to(tmp_path / "gone.ttl")
    code, told = run(tmp_path)
    assert code == 1 and f"{tmp_path / 'link.ttl'}\n    the file cannot be opened" in told and "folder.ttl" not in told


def test_a_file_that_cannot_be_replaced_is_a_fault(tmp_path, monkeypatch):
    (tmp_path / "a.ttl").write_text(LOOSE, encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    code, told = run(tmp_path)
    assert code == 1 and "the file cannot be written (Permission denied)" in told
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]


@pytest.mark.parametrize("text", [PLAIN, LOOSE], ids=["house form", "loose"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_mark_and_the_line_ends_of_windows_are_removed(tmp_path, text, mark, end):
    path = tmp_path / "a.ttl"
    path.write_bytes(mark + text.replace("\n", end).encode())
    house = text == PLAIN and not mark and end == "\n"
    assert run(path, "--check")[0] == (0 if house else 1)
    assert run(path) == (0, "" if house else f"written: {path}\n")
    assert path.read_bytes() == PLAIN.encode()


def test_check_changes_nothing(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_text(LOOSE, encoding="utf-8")
    assert run(tmp_path, "--check") == (1, f"would change: {path}\n")
    assert run(tmp_path, "--check", "--lang", "zh") == (1, f"将会改动：{path}\n")
    assert path.read_text(encoding="utf-8") == LOOSE


def test_a_catalogue_that_cannot_be_written_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(curating, "source_root", lambda: tmp_path)
    assert run()[0] == 2
    for folder in ("ontology", "data", "shapes"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.ttl").write_text(PLAIN, encoding="utf-8")
    code, told = run()
    assert code == 1 and "ontology/a.ttl: the header of this file should be" in told


MODULE = "@prefix c: <https://w3id.org/comity/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
WORDS = MODULE + "<https://w3id.org/comity/ontology/words> a owl:Ontology . "
WORDS += "c:B a owl:Class ; c:label 1 . c:x a c:B . c:p a owl:ObjectProperty ."
BETWEEN = MODULE + "<https://w3id.org/comity/ontology/between> a owl:Ontology ; owl:imports <https://w3id.org/comity/ontology/words> ."
OWN = MODULE + "<https://w3id.org/comity/ontology/law/xx/act> a owl:Ontology ; owl:imports <https://w3id.org/comity/ontology/between> . "
OWN += "c:A a owl:Class ; c:p c:x . c:Mine a owl:Class . "


@pytest.fixture
def law(tmp_path) -> Path:
    """The file of a law that imports the words by way of another module."""
    path = tmp_path / "ontology/law/xx/act.ttl"
    path.parent.mkdir(parents=True)
    (tmp_path / "ontology/words.ttl").write_text(WORDS, encoding="utf-8")
    (tmp_path / "ontology/between.ttl").write_text(BETWEEN, encoding="utf-8")
    path.write_text(OWN, encoding="utf-8")
    fmt([path])
    return path


def test_declarations_of_imported_words_are_dropped(law):
    plain = law.read_text(encoding="utf-8")
    assert "c:Mine\n    a owl:Class ." in plain
    foreign = "c:B a owl:Class . c:x a owl:NamedIndividual . c:p a owl:ObjectProperty . "
    foreign += "<https://w3id.org/comity/ontology/between> a owl:Ontology . "
    law.write_text(OWN + foreign, encoding="utf-8")
    fmt([law])
    assert law.read_text(encoding="utf-8") == plain


@pytest.mark.parametrize("kept", ["c:B a owl:Class ; c:label 2 . ", "c:B a owl:DatatypeProperty . ", "c:Unknown a owl:Class . "])
def test_what_the_imported_module_does_not_say_is_kept(law, kept):
    law.write_text(OWN + kept, encoding="utf-8")
    fmt([law])
    assert "c:B\n    a owl:" in law.read_text(encoding="utf-8") or "c:Unknown\n    a owl:Class ." in law.read_text(encoding="utf-8")


def test_a_declaration_stays_where_the_imports_are_not_at_hand(law, tmp_path):
    (tmp_path / "ontology/words.ttl").write_text("no Turtle", encoding="utf-8")
    law.write_text(OWN + "c:B a owl:Class . ", encoding="utf-8")
    assert fmt([law]).faults == []
    assert "c:B\n    a owl:Class ." in law.read_text(encoding="utf-8")
    elsewhere = tmp_path / "elsewhere.ttl"
    elsewhere.write_text(OWN + "c:B a owl:Class . ", encoding="utf-8")
    fmt([elsewhere])
    assert "c:B\n    a owl:Class ." in elsewhere.read_text(encoding="utf-8")
