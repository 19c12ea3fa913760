"""Read the Turtle files of the project: ontology, law and shapes, each triple with the file it stands in.

A file's triples go into one graph named like its module: ``ontology/law/xx/act.ttl`` is
``https://w3id.org/comity/ontology/law/xx/act``. Parsing is left to pyoxigraph, which is fast and tells the place of an
error; rdflib graphs are made from its triples on demand. ``shapes/curation/`` holds the rules about the sources and
not a part of them, so it is read by `comity.curate.validate` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.plugins.stores.memory import SimpleMemory

from comity.iris import BASE
from comity.rdf.fault import Fault
from comity.rdf.turtle import Object, rdflib_term

__all__ = [
    "SourceFile",
    "Sources",
    "TurtleError",
    "load_sources",
    "module_of",
    "parse_fault",
    "read_file",
    "turtle_files",
    "unopened_fault",
]

"""Namespace of the modules: a module's IRI is this and the file's path without its suffix."""

FOLDERS = ("ontology", "data", "shapes")
"""The folders that make up the sources, in the order in which they are read."""

_RULES = "shapes/curation/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class TurtleError(ValueError):
    """Files that cannot be read; ``faults`` names each of them with its place and remedy."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class SourceFile:
    """One Turtle file: its path from the root (with ``/``), its module IRI and its triples."""

    path: str
    module: str
    triples: tuple[ox.Triple, ...] = field(repr=False)

    def graph(self) -> Graph:
        """Return the file's triples as an rdflib graph."""
        return _rdflib_graph(self.triples)


class Sources:
    """The parsed files below one root."""

    def __init__(self, root: Path, files: Iterable[SourceFile]) -> None:
        self.root = root
        self.files = tuple(files)
        self._homes: dict[str, str] | None = None
        self._around: dict[ox.BlankNode, ox.NamedNode | ox.BlankNode] | None = None

    def __len__(self) -> int:
        return sum(len(file.triples) for file in self.files)

    def folder(self, *prefixes: str) -> Iterator[SourceFile]:
        """Yield the files whose path begins with one of ``prefixes``, such as ``"data/"``."""
        return (file for file in self.files if file.path.startswith(prefixes))

    def graph(self, *prefixes: str) -> Graph:
        """Return one rdflib graph of all files, or of those whose path begins with one of ``prefixes``."""
        files = self.folder(*prefixes) if prefixes else self.files
        return _rdflib_graph(triple for file in files for triple in file.triples)

    def store(self) -> ox.Store:
        """Return an in-memory store that holds every triple twice: in its module's graph and in the default graph."""
        store = ox.Store()
        for file in self.files:
            name = ox.NamedNode(file.module)
            store.bulk_extend(ox.Quad(s, p, o, name) for s, p, o in file.triples)
            store.bulk_extend(ox.Quad(s, p, o) for s, p, o in file.triples)
        return store

    def file_of(self, iri: str) -> str | None:
        """Return the path of the file that introduces ``iri`` (gives it a type), else of one that describes it, else None."""
        return self._all_homes().get(iri)

    def named_around(self, node: ox.BlankNode) -> str:
        """Return the IRI of the named thing in whose description a blank node stands, empty where there is none."""
        if self._around is None:
            self._around = {o: s for file in self.files for s, _, o in file.triples if isinstance(o, ox.BlankNode)}
        above: ox.NamedNode | ox.BlankNode | None = node
        for _ in range(len(self._around)):
            if not isinstance(above, ox.BlankNode):
                break
            above = self._around.get(above)
        return above.value if isinstance(above, ox.NamedNode) else ""

    def described(self) -> list[str]:
        """Return the IRIs that some file introduces or describes, sorted."""
        return sorted(self._all_homes())

    def _all_homes(self) -> dict[str, str]:
        if self._homes is None:
            described: dict[str, str] = {}
            typed: dict[str, str] = {}
            for file in self.files:
                for subject, predicate, _ in file.triples:
                    if isinstance(subject, ox.NamedNode):
                        described.setdefault(subject.value, file.path)
                        if predicate.value == _TYPE:
                            typed.setdefault(subject.value, file.path)
            self._homes = described | typed
        return self._homes


def module_of(path: str) -> str:
    """Return the module IRI of the file at ``path`` (from the root): ``data/xx/act.ttl`` is ``…/comity/data/xx/act``."""
    return BASE + path.removesuffix(".ttl")


def turtle_files(root: Path, folders: Iterable[str] = FOLDERS) -> list[Path]:
    """Return the Turtle files below ``root`` in a fixed order, without the rules in ``shapes/curation/``."""
    found = (path for folder in folders for path in sorted((root / folder).rglob("*.ttl")))
    return [path for path in found if not path.relative_to(root).as_posix().startswith(_RULES)]


def load_sources(root: Path, folders: Iterable[str] = FOLDERS) -> Sources:
    """Read every Turtle file of ``folders`` below ``root``.

    Raises `TurtleError`, which lists every file that cannot be read, not only the first.
    """
    files: list[SourceFile] = []
    faults: list[Fault] = []
    for path in turtle_files(root, folders):
        try:
            files.append(read_file(path, root))
        except TurtleError as error:
            faults.extend(error.faults)
    if faults:
        raise TurtleError(faults)
    return Sources(root, files)


def read_file(path: Path, root: Path) -> SourceFile:
    """Read one Turtle file below ``root``. Raises `TurtleError` with the place of the first error in it."""
    name = path.relative_to(root).as_posix()
    try:
        triples = tuple(quad.triple for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise TurtleError([parse_fault(name, error)]) from None
    except OSError as error:
        raise TurtleError([unopened_fault(name, error)]) from None
    return SourceFile(name, module_of(name), triples)


def unopened_fault(name: str, error: OSError) -> Fault:
    """Return the fault of a file ``name`` that the system does not let us open."""
    return Fault(
        name,
        "",
        f"the file cannot be opened ({error.strerror})",
        "Check that it exists and may be read.",
        f"文件无法打开（{error.strerror}）",
        "确认该文件存在并可以读取。",
    )


#: What the parser says, and how to say it to a curator: pattern, reason and remedy, the same in Chinese.
_EXPLANATIONS = (
    (
        r"The prefix (\S*?):? has not been declared",
        "undefined prefix {0}:",
        "Add the line «@prefix {0}: <…> .» at the top of the file, or correct the prefix.",
        "前缀 {0}: 未定义",
        "在文件开头增加一行“@prefix {0}: <…> .”，或者更正前缀。",
    ),
    (
        r"Invalid UTF-8",
        "the text is not valid UTF-8",
        "Save the file in the encoding UTF-8.",
        "文本不是有效的 UTF-8",
        "以 UTF-8 编码保存该文件。",
    ),
    (
        r"^\ufeff",
        "the file begins with a byte order mark",
        "Run «comity fmt» on it, which removes the mark.",
        "文件以字节顺序标记开头",
        "对该文件运行 comity fmt，以删除该标记。",
    ),
    (
        r"No scheme found in an absolute IRI",
        "a relative IRI",
        "Write the whole IRI, such as <https://w3id.org/comity/id/…>, or a prefixed name.",
        "相对 IRI",
        "写出完整的 IRI，例如 <https://w3id.org/comity/id/…>，或者使用带前缀的名称。",
    ),
    (
        r"Unexpected end",
        "the file ends inside a statement",
        "Close the last string, bracket or statement.",
        "文件在一项陈述之中结束",
        "使最后的字符串、括号或者陈述完整。",
    ),
    (
        r"A dot is expected at the end of statements",
        "a statement is not closed",
        "End the statement before this place with «.», or go on with «;» or «,».",
        "陈述没有结束",
        "在此处之前以“.”结束陈述，或者以“;”或“,”继续。",
    ),
)


def parse_fault(name: str, error: SyntaxError) -> Fault:
    """Return what the parser says of the file ``name`` as a fault: a sentence with its line and a remedy."""
    text = re.sub(r"^Parser error .*?: ", "", error.msg or "")
    for pattern, *texts in _EXPLANATIONS:
        if found := re.search(pattern, text):
            reason, remedy, reason_zh, remedy_zh = (told.format(*found.groups()) for told in texts)
            return Fault(name, "", reason, remedy, reason_zh, remedy_zh, error.lineno)
    reason = text.rstrip(".")
    return Fault(
        name,
        "",
        f"not valid Turtle ({reason})",
        "Correct the statement at this place.",
        f"不是有效的 Turtle（{reason}）",
        "更正此处的陈述。",
        error.lineno,
    )


def _rdflib_graph(triples: Iterable[ox.Triple]) -> Graph:
    """Return an rdflib graph of pyoxigraph's triples; literals keep their spelling.

    It stands alone, so that its store keeps no account of the graphs that a triple is in, which would double the time.
    """
    store = SimpleMemory()
    known: dict[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, Object] = {}

    def term(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Object:
        found = known.get(node)
        if found is None:
            found = known[node] = rdflib_term(node)
        return found

    graph = Graph(store)
    for s, p, o in triples:
        store.add((term(s), term(p), term(o)), graph)
    return graph
