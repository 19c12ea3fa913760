"""Rewrite Turtle files in the house form, whatever tool has saved them.

A byte order mark and line ends of Windows are removed. What cannot be read or written is left alone and told as a
fault with its file and line; the other files are written all the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import Graph

from comity.curate.declarations import without_imported
from comity.rdf import order
from comity.rdf.fault import Fault
from comity.rdf.house_turtle import format_graph
from comity.rdf.load import TurtleError, parse_fault, unopened_fault
from comity.rdf.turtle import Forest, Triple, Unwritable, normalised, read_text

__all__ = ["NoTurtle", "Outcome", "fmt", "turtle_files", "write_turtle"]


class NoTurtle(ValueError):
    """A path that was named leads to no Turtle file; the message says for each why, and what to name instead."""


@dataclass
class Outcome:
    """What a run changed, or would change, and the files that it left alone because of a fault."""

    changed: list[Path] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def fmt(paths: Iterable[Path], check: bool = False) -> Outcome:
    """Rewrite the files, and those in the folders, as house Turtle; with ``check`` only say which would change.

    Raises `NoTurtle`, before anything is written, if a path leads to no Turtle file.
    """
    outcome = Outcome()
    for path in turtle_files(paths):
        try:
            if _format_file(path, check):
                outcome.changed.append(path)
        except TurtleError as error:
            outcome.faults += error.faults
    return outcome


def turtle_files(paths: Iterable[Path]) -> list[Path]:
    """Return the Turtle files among ``paths``, folders searched; raises `NoTurtle`."""
    out: list[Path] = []
    wrong: list[str] = []
    for path in map(Path, paths):
        found = sorted(p for p in path.rglob("*.ttl") if not p.is_dir()) if path.is_dir() else [path]
        if not found:
            wrong.append(f"{path}: there is no Turtle file (.ttl) in this folder")
        elif found == [path] and not path.exists():
            wrong.append(f"{path}: there is no such file or folder")
        elif found == [path] and path.suffix != ".ttl":
            wrong.append(f"{path}: this is no Turtle file, whose name would end in .ttl")
        out += found
    if wrong:
        raise NoTurtle("\n".join([*wrong, "Name files or folders of ontology/, data/ or shapes/, or none for all of them."]))
    return out


def _format_file(path: Path, check: bool) -> bool:
    """Rewrite one file and tell whether it changed; raises `TurtleError`."""
    name = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TurtleError([unopened_fault(name, error)]) from None
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        chinese = "文本不是有效的 UTF-8", "以 UTF-8 编码保存该文件"
        raise _fault(name, line, "the text is not valid UTF-8", "Save the file in the encoding UTF-8", chinese) from None
    own: dict[str, str] = {}
    try:
        triples = without_imported(read_text(text, own), path)
        formatted = format_graph(triples, order.with_own(own))
    except SyntaxError as error:
        raise TurtleError([parse_fault(name, error)]) from None
    except Unwritable as error:
        raise _fault(name, _line_of(error.name, text), error.reason, error.remedy, error.chinese) from None
    if formatted.encode() == raw:
        return False
    if not check:
        _replace(path, formatted, triples)
    return True


def _replace(path: Path, text: str, triples: list[Triple]) -> None:
    try:
        write_turtle(path, text, triples)
    except OSError as error:
        reason, remedy = f"the file cannot be written ({error.strerror})", "Check that its folder may be written to"
        chinese = f"文件无法写入（{error.strerror}）", "确认其所在文件夹可以写入"
        raise _fault(str(path), None, reason, remedy, chinese) from None
    except RuntimeError:
        reason = "the rewritten file would not say the same, so it was left as it is"
        chinese = "改写后的文件含义会有变化，因而未作改动", "请连同该文件一并报告：这是 comity fmt 的错误"
        raise _fault(str(path), None, reason, "Please report this with the file: it is an error of comity fmt", chinese) from None


def _fault(name: str, line: int | None, reason: str, remedy: str, chinese: tuple[str, str]) -> TurtleError:
    return TurtleError([Fault(name, "", reason, f"{remedy}.", chinese[0], f"{chinese[1]}。", line)])


def _line_of(name: str, text: str) -> int | None:
    """Return the first line that names ``name``: a blank node's label, an IRI in full or by its last part, or a mark."""
    last = re.split(r"[#/]", name)[-1]
    for word in (rf"{re.escape(name)}(?![\w-])", rf":{re.escape(last)}(?![\w-])", re.escape(name)):
        if found := re.search(word, text):
            return text.count("\n", 0, found.start()) + 1
    return None


def write_turtle(path: Path, text: str, triples: Iterable[Triple] | Graph) -> bool:
    """Replace ``path`` by ``text`` once ``text``, read back, says the same as ``triples``; tell whether it changed.

    Raises RuntimeError, and leaves the file alone, if it does not.
    """
    path = Path(path)
    if path.exists() and path.read_bytes() == text.encode():
        return False
    if Forest(read_text(text)).meaning() != Forest(normalised(triples)).meaning():
        raise RuntimeError(f"{path}: the rewritten file would not say the same, so it was left as it is")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return True
