"""The page of the vocabulary of descriptions: ``python -m comity.show.vocabulary [ROOT] > docs/vocabulary.md``.

It is generated from the shape of a description, the words of its values and the compiled law, so that it says what there is.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from comity.compile.program import compile_program
from comity.iris import NS, RDF, SKOS
from comity.law.program_text import KeyEntry, NormText, ProgramText, Words
from comity.rdf.load import Sources, load_sources
from comity.rdf.memory import collector_paused
from comity.show.readers import Readers

__all__ = ["vocabulary_page"]

_HEAD = """\
# The vocabulary of a description

Generated from `shapes/flow.ttl`, the words in `ontology/` and the law by `make vocabulary`; edit those and not this page.
[flow-description.md](flow-description.md) has the rules of writing, [answers.md](answers.md) what comes back.

- **value**: what may stand under the key: a code of a [table below](#values), an object of a node class, or a plain value; `…` is a list.
- **marks**: *core* is asked first · *ours* the parties can change it, so that a plan may · *silence* reads as none where nothing is said ·
  *over* replaces, on a data item, that of the flow · *judged* is an evaluation, returned under `evaluations` · *tells* describes; no norm
  reads it.
- **read by**: the norms whose situation, reach or demand speaks of it, at once or through legal classes; where there are many, how many and
  of which instruments most. Blank: only legal classes that are reported, or the service itself, speak of it.
"""
_MARKS = {
    "core": "core",
    "controllable": "ours",
    "assumed": "silence",
    "overrides": "over",
    "evaluative": "judged",
    "informative": "tells",
}
_LISTS = {"codes": "", "taxonomy": "", "places": "place", "parties": "party", "partiesOrPlaces": "party or place", "nodes": "", "legs": ""}
_LISTS |= {"refs": "reference", "norms": "norm"}
_ONE = {"partyOrPlace": "party or place", "ref": "reference", "boolean": "yes or no"}
_FEW_NORMS = 5  # named by themselves
_MOST_INSTRUMENTS = 3
_MANY_CODES = 60  # of which no table is made, unless each is defined in words of its own

Entry = tuple[Words, Words]
"""The label and the definition of a value."""


def vocabulary_page(program: ProgramText, sources: Sources) -> str:
    """Return the page as Markdown."""
    readers = Readers(program)
    nodes = program["schema"]["nodes"]
    parts = [
        _HEAD,
        "## Keys",
        _contents(nodes),
    ]
    for node, keys in nodes.items():
        rows = [_key_row(node, key, entry, readers) for key, entry in keys.items()]
        parts += [f"### {node}", _table(("key", "中文", "value", "marks", "what it says", "read by"), rows)]
    parts += ["## Values", "A code and no other text stands for a value; `none` and its like state that there is none."]
    parts += list(_values(program, _words_of_values(sources)))
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _contents(nodes: Iterable[str]) -> str:
    outermost = "The outermost object is a `Description`: a leg (`DataFlow`) with `asOf`, or a route (`legs`). Node classes: "
    return outermost + " · ".join(f"[{name}](#{name.lower()})" for name in nodes) + "."


def _key_row(node: str, key: str, entry: KeyEntry, readers: Readers) -> tuple[str, ...]:
    marks = [word for name, word in _MARKS.items() if entry.get(name)]
    label, said = entry.get("label", {}), entry.get("description", {})
    return f"`{key}`", label.get("zh", ""), _value(entry), ", ".join(marks), said.get("en", ""), _read_by(readers.of(node, key))


def _value(entry: KeyEntry) -> str:
    kind, node, vocabulary = entry["kind"], entry.get("node"), entry.get("vocabulary")
    named = f"[{node}](#{node.lower()})" if node else f"[{vocabulary}](#{vocabulary.lower()})" if vocabulary else ""
    if kind in _LISTS:
        return f"{named or _LISTS[kind]} …"
    unit = entry.get("unit", {}).get("en", "").strip()
    return named or _ONE.get(kind, kind) + (f" ({unit})" if unit else "")


def _read_by(norms: list[NormText]) -> str:
    if len(norms) <= _FEW_NORMS:
        return ", ".join(norm["id"] for norm in norms)
    counts = sorted(Counter(norm["instrument"] for norm in norms).items(), key=lambda pair: (-pair[1], pair[0]))
    told = ", ".join(f"{instrument} {count}" for instrument, count in counts[:_MOST_INSTRUMENTS])
    return f"{len(norms)}: {told}{', …' if len(counts) > _MOST_INSTRUMENTS else ''}"


def _values(program: ProgramText, words: dict[tuple[str, str], Entry]) -> Iterator[str]:
    schema = program["schema"]
    used: dict[str, dict[str, None]] = {}
    for keys in schema["nodes"].values():
        for entry in keys.values():
            if vocabulary := entry.get("vocabulary"):
                used.setdefault(vocabulary, {}).update(dict.fromkeys(entry["codes"]))
    for vocabulary, codes in sorted(used.items()):
        yield f"### {vocabulary}"
        told = {code: words[vocabulary, code] for code in codes if (vocabulary, code) in words}
        if len(told) > _MANY_CODES and vocabulary != "taxonomy":
            yield " · ".join(f"`{code}` {label['en']}" for code, (label, _) in told.items())
            continue
        under = {code: schema["ancestors"].get(code, []) for code in told} if vocabulary == "taxonomy" else {}
        rows = [(f"`{code}`", label["en"], label["zh"], said.get("en", ""), *_above(code, under)) for code, (label, said) in told.items()]
        yield _table(("code", "label", "中文", "definition", *(("also",) if under else ())), rows)
        if legal := sorted(codes.keys() - told.keys()):
            yield "What counts is stated in these words or in legal classes: " + ", ".join(f"`{code}`" for code in legal) + "."


def _above(code: str, under: dict[str, list[str]]) -> tuple[str, ...]:
    return (", ".join(f"`{name}`" for name in under[code]),) if under else ()


def _words_of_values(sources: Sources) -> dict[tuple[str, str], Entry]:
    """Return label and definition of each value, by its vocabulary and code; those of categories under ``taxonomy``."""
    words: dict[str, dict[str, Words]] = {}
    codes: dict[str, str] = {}
    kinds: dict[str, set[str]] = {}
    taxonomy: set[str] = set()
    for file in sources.folder("ontology/"):
        for subject, predicate, value in file.triples:
            if not isinstance(subject, ox.NamedNode):
                continue
            name, about = predicate.value, subject.value
            if isinstance(value, ox.Literal):
                if name == SKOS + "notation":
                    codes[about] = value.value
                elif name in (SKOS + "prefLabel", SKOS + "definition"):
                    words.setdefault(about, {}).setdefault(name, {})[value.language or ""] = value.value
                elif name == NS + "taxonomy":
                    taxonomy.add(about)
            elif isinstance(value, ox.NamedNode) and name == RDF + "type":
                kinds.setdefault(about, set()).add(value.value.removeprefix(NS))
    found: dict[tuple[str, str], Entry] = {}
    for about, code in codes.items():
        entry = words.get(about, {}).get(SKOS + "prefLabel", {}), words.get(about, {}).get(SKOS + "definition", {})
        for kind in {"taxonomy"} if about in taxonomy else kinds.get(about, set()):
            found[kind, code] = entry
    return found


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [" | ".join(head), "|".join("---" for _ in head), *(" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows)]
    return "\n".join(f"|{line}|" if line.startswith("---") else f"| {line} |" for line in lines)


def main(arguments: list[str]) -> int:
    """Print the page of the sources in a folder (default: here)."""
    with collector_paused():
        sources = load_sources(Path(arguments[0] if arguments else "."))
        program = compile_program(sources.graph())
    sys.stdout.write(vocabulary_page(program, sources))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
