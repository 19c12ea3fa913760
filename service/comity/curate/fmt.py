"""House Turtle: one spelling for every graph, so that a change of three facts is a diff of three lines.

``python -m comity.curate.fmt PATH... [--check]`` rewrites files and folders. One statement a line, fixed order, no
comments, blank nodes nested. Members of OWL's set lists are sorted; every other list keeps its order.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD

from comity.curate import house
from comity.curate.triples import SET_LISTS, Forest, NotATree, normalised, read_text

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$")
_BARE = {XSD.integer: re.compile(r"[+-]?\d+$"), XSD.decimal: re.compile(r"[+-]?\d*\.\d+$"), XSD.boolean: re.compile("(true|false)$")}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})


def format_graph(graph: Graph | Iterable[tuple], base_prefixes: dict[str, str] | None = None) -> str:
    """Return the graph as house Turtle.

    ``base_prefixes`` (prefix → namespace) are the prefixes that may be used; the default knows the project's. Prefixes
    of the instruments named in the graph are added, and only used ones are written. Raises `triples.NotATree`.
    """
    return _Writer(normalised(graph), base_prefixes).text()


class _Writer:
    def __init__(self, triples: Iterable[tuple], base_prefixes: dict[str, str] | None) -> None:
        self.forest = Forest(triples)
        terms = (t for s, pairs in self.forest.by_subject.items() for t in (s, *(x for pair in pairs for x in pair)))
        iris = {str(t) for t in terms if isinstance(t, URIRef)}
        self.prefixes = house.prefixes_for(iris, base_prefixes)
        self.by_length = sorted(((ns, p) for p, ns in self.prefixes.items()), key=lambda pair: -len(pair[0]))
        self.used: set[str] = set()
        self.names: dict = {}

    def text(self) -> str:
        by_subject = self.forest.by_subject
        named = [s for s in self.forest.roots if isinstance(s, URIRef)]
        named.sort(key=lambda s: house.subject_key(str(s), by_subject[s]))
        blocks = [f"{self.name(s)}\n{self.statements(s, 1)} ." for s in named]
        blocks += sorted(f"{self.node(s, 0)} ." for s in self.forest.roots if isinstance(s, BNode))
        head = "".join(f"@prefix {p}: <{self.prefixes[p]}> .\n" for p in sorted(self.used))
        return "\n".join(filter(None, [head, "\n\n".join(blocks) + "\n" if blocks else ""]))

    def statements(self, subject, depth: int) -> str:
        indent = "    " * depth
        rows = []
        for predicate, obj in self.forest.by_subject.get(subject, ()):
            spelled = self.object(predicate, obj, depth)
            rows.append((house.predicate_key(predicate), *self.order(obj, spelled), self.verb(predicate), spelled))
        rows.sort()
        return " ;\n".join(f"{indent}{row[-2]} {row[-1]}" for row in rows)

    @staticmethod
    def order(term, spelled: str) -> tuple:
        """Return the place of an object among its like: by language, names before literals before nested nodes."""
        if isinstance(term, Literal):
            return 1, house.LANGUAGES.get(term.language, 2) if term.language else -1, house.natural(spelled)
        return (2 if isinstance(term, BNode) else 0), 0, house.natural(spelled)

    def verb(self, predicate) -> str:
        return "a" if predicate == RDF.type else self.name(predicate)

    def object(self, predicate, obj, depth: int) -> str:
        if isinstance(obj, Literal):
            return self.literal(obj)
        if obj == RDF.nil:
            return "()"
        if isinstance(obj, URIRef):
            return self.name(obj)
        members = self.forest.members(obj)
        if members is None:
            return self.node(obj, depth)
        lines = [(self.order(m, text := self.object(None, m, depth + 1)), text) for m in members]
        if predicate in SET_LISTS:
            lines.sort()
        indent = "    " * depth
        return "(\n" + "".join(f"{indent}    {text}\n" for _, text in lines) + f"{indent})"

    def node(self, node, depth: int) -> str:
        inner = self.statements(node, depth + 1)
        return f"[\n{inner}\n{'    ' * depth}]" if inner else "[]"

    def name(self, iri) -> str:
        if iri not in self.names:
            self.names[iri] = self._name(str(iri))
        return self.names[iri]

    def _name(self, iri: str) -> str:
        for space, prefix in self.by_length:
            if iri.startswith(space) and (_LOCAL.match(local := iri[len(space):])):
                self.used.add(prefix)
                return f"{prefix}:{local}"
        return URIRef(iri).n3()

    def literal(self, literal: Literal) -> str:
        lexical = str(literal)
        bare = _BARE.get(literal.datatype) if literal.datatype else None
        if bare and bare.match(lexical):
            return lexical
        quoted = f'"{lexical.translate(_ESCAPES)}"'
        if literal.language:
            return f"{quoted}@{literal.language}"
        return f"{quoted}^^{self.name(literal.datatype)}" if literal.datatype else quoted


def turtle_files(paths: Iterable[Path]) -> list[Path]:
    """Return the Turtle files among ``paths``, folders searched."""
    out: list[Path] = []
    for path in map(Path, paths):
        out += sorted(path.rglob("*.ttl")) if path.is_dir() else [path]
    return out


def write_turtle(path: Path, text: str, triples: Iterable[tuple]) -> bool:
    """Replace ``path`` by ``text`` once ``text``, read back, says the same as ``triples``; tell whether it changed.

    Raises RuntimeError, and leaves the file alone, if it does not.
    """
    path = Path(path)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    if Forest(read_text(text)).meaning() != Forest(normalised(triples)).meaning():
        raise RuntimeError(f"{path}: the rewritten file would not say the same; it was left as it is")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def fmt(paths: Iterable[Path], check: bool = False) -> list[Path]:
    """Rewrite the files as house Turtle and return those that changed; with ``check`` only say which would."""
    changed = []
    for path in turtle_files(paths):
        try:
            own: dict[str, str] = {}
            triples = read_text(path.read_bytes(), own)
            text = format_graph(triples, house.with_own(own))
        except (SyntaxError, NotATree) as fault:
            raise ValueError(f"{path}: {fault}") from fault
        if text != path.read_text(encoding="utf-8"):
            changed.append(path)
            if not check:
                write_turtle(path, text, triples)
    return changed


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns 1 where ``--check`` finds files to change or a file cannot be read."""
    parser = argparse.ArgumentParser(prog="comity fmt", description="Rewrite Turtle files in the house spelling.")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true", help="list the files that would change, change none")
    options = parser.parse_args(arguments)
    try:
        changed = fmt(options.paths, options.check)
    except (ValueError, RuntimeError) as fault:
        print(fault, file=sys.stderr)
        return 1
    for path in changed:
        print(f"{'would change' if options.check else 'changed'} {path}")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
