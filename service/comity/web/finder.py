"""Search: a law and an article, a place, a word, in English or Chinese, found by every name that the graph gives them.

What is searched are names (labels, other labels, titles, codes, identifiers), those of the law to which an article or a norm belongs, and
those of the classes of a thing; synonyms are therefore added to the graph and not here. This module knows only how words and numbers are
written: that 第三十八条 is 38, that words may be begun, that a number is never part of another.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Store

from comity.iris import DCTERMS, ELI, NS, RDF, SKOS, WIDE_KINDS
from comity.web.index import Entry, Index
from comity.web.shown import natural

__all__ = ["Finder", "fold"]

_NAMES = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel", SKOS + "notation", DCTERMS + "title", DCTERMS + "identifier")
_LAST = {"coverage": 4, "recognition": 3, "conflict": 5, "scenario": 6, "membership": 7, "reading": 8}
"""Things that are about other things, by the folder of their key: they come after what they are about."""
_DIGITS = {letter: number for number, letter in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {letter: 10**place for place, letter in enumerate("十百千", 1)}
_NUMERAL = re.compile("第([零〇一二三四五六七八九十百千两]+)(?=[条款项章节编])")
_COUNTED = re.compile(r"第?\s*(\d+)\s*[条款项章节编]")
_TOKEN = re.compile(r"\d+|[a-z]+|[\u2e80-\u9fff\uac00-\ud7af]+|[^\W\d_a-z]+")


def fold(text: str) -> str:
    """Return ``text`` as it is compared: one case and width, numbers in figures, and nothing but words and numbers.

    >>> fold("《网络安全法》第三十八条"), fold("Act art. 4(2)")
    ('网络安全法 38', 'act art 4 2')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _NUMERAL.sub(lambda found: f"第{_number(found[1])}", plain)
    return " ".join(_TOKEN.findall(_COUNTED.sub(r" \1 ", plain)))


def _number(text: str) -> int:
    total, figure = 0, 0
    for letter in text:
        if letter in _UNITS:
            total, figure = total + (figure or 1) * _UNITS[letter], 0
        else:
            figure = figure * 10 + _DIGITS[letter] if figure or not total else _DIGITS[letter]
    return total + figure


@dataclass(frozen=True, slots=True)
class _Document:
    """What a thing is found by: its own names, its own words, the number of its article, and all text that belongs to it."""

    iri: str
    names: frozenset[str]
    own: frozenset[str]
    head: str
    text: str


class Finder:
    """Finds things of ``store`` by words. The documents are read once, on first use."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store, self._index = store, index

    def find(self, text: str, most: int) -> tuple[int, list[Entry]]:
        """Return how many things fit ``text``, and the first ``most`` of them, the best first."""
        wanted = fold(text).split()
        found = self._fitting(wanted) or self._alike(wanted)
        if not found:
            return self._index.find(text, most)
        whole = " ".join(wanted)
        ranked = sorted(found, key=lambda number: self._rank(self._documents[number], whole, wanted))
        return len(ranked), [self._index.entries[self._documents[number].iri] for number in ranked[:most]]

    def prepare(self) -> None:
        """Read the documents before anybody searches."""
        _ = self._words

    def _fitting(self, wanted: list[str]) -> set[int]:
        """Return the documents that have every word: a number as it is, a word as it is or begun, Chinese anywhere."""
        found: set[int] | None = None
        for word in sorted(wanted, key=_is_wide):
            if _is_wide(word):
                among = range(len(self._documents)) if found is None else found
                having = {number for number in among if word in self._documents[number].text}
            else:
                having = set().union(*(self._by_word[known] for known in self._begun(word)))
            found = having if found is None else found & having
            if not found:
                return set()
        return found or set()

    def _alike(self, wanted: list[str]) -> set[int]:
        """Return the documents that have every two letters that stand together in the Chinese words, wherever they stand."""
        if not any(_is_wide(word) and len(word) > 2 for word in wanted):
            return set()
        parts = [word[at : at + 2] for word in wanted if _is_wide(word) for at in range(max(1, len(word) - 1))]
        least = -(-len(parts) * 2 // 3)
        among = self._fitting([word for word in wanted if not _is_wide(word)]) or range(len(self._documents))
        return {number for number in among if sum(part in self._documents[number].text for part in parts) >= least}

    def _begun(self, word: str) -> Iterator[str]:
        if word.isdecimal() or len(word) < 2:
            if word in self._by_word:
                yield word
            return
        at = bisect_left(self._words, word)
        while at < len(self._words) and self._words[at].startswith(word):
            yield self._words[at]
            at += 1

    def _rank(self, document: _Document, whole: str, wanted: list[str]) -> tuple[object, ...]:
        entry = self._index.entries[document.iri]
        named = sum(word in document.own or any(_is_wide(word) and word in name for name in document.names) for word in wanted)
        headed = document.head in wanted if document.head else False
        about = _LAST.get(entry.key.partition("/")[0], 0)
        return whole not in document.names, about, not headed, -named, not entry.path.startswith("/id/"), len(entry.key), natural(entry.key)

    @cached_property
    def _words(self) -> list[str]:
        return sorted(word for word in self._by_word if not word.isdecimal())

    @cached_property
    def _by_word(self) -> dict[str, set[int]]:
        words: dict[str, set[int]] = defaultdict(set)
        for number, document in enumerate(self._documents):
            for word in set(document.text.split()):
                if not _is_wide(word):
                    words[word].add(number)
        return dict(words)

    @cached_property
    def _documents(self) -> list[_Document]:
        names = self._values(*_NAMES)
        numbers = {iri: values[0] for iri, values in self._values(ELI + "number").items()}
        above, stated, types = (self._values(prop) for prop in (ELI + "is_part_of", NS + "statedIn", RDF + "type"))
        classes = {iri: " ".join(names[iri]) for kinds in types.values() for iri in kinds if iri not in WIDE_KINDS}

        def law(provision: str) -> str | None:
            """Return the instrument of which a provision is a part."""
            seen = {provision}
            while (whole := next(iter(above.get(provision, ())), None)) and whole not in seen:
                seen.add(whole)
                provision = whole
            return provision if len(seen) > 1 else None

        documents = []
        for iri, entry in self._index.entries.items():
            own, provisions = [*names[iri], entry.key], [iri, *stated.get(iri, ())]
            other: list[str] = []
            for provision in provisions:
                if instrument := law(provision):
                    number = numbers.get(provision, "")
                    cited = [f"{name} {number}" for name in names[instrument]]
                    (own if provision == iri else other).extend(cited)
                    other += [*cited, *names[provision], *(classes.get(kind, "") for kind in types.get(provision, ()))]
            other += [classes.get(kind, "") for kind in types.get(iri, ())]
            documents.append(_document(iri, own, other, next((numbers[p] for p in provisions if p in numbers), "")))
        return documents

    def _values(self, *props: str) -> dict[str, list[str]]:
        """Return what named things have under properties: the texts of literals, the IRIs of things."""
        found: dict[str, list[str]] = defaultdict(list)
        for prop in props:
            for quad in self._store.quads_for_pattern(None, NamedNode(prop), None, None):
                if isinstance(quad.object, Literal | NamedNode) and isinstance(quad.subject, NamedNode):
                    found[quad.subject.value].append(quad.object.value)
        return found


def _document(iri: str, own: Iterable[str], other: Iterable[str], number: str) -> _Document:
    names = frozenset(map(fold, own))
    text = " ".join(names | set(map(fold, other)))
    head = next((word for word in fold(number).split() if word.isdecimal()), "")
    return _Document(iri, names, frozenset(word for name in names for word in name.split()), head, text)


def _is_wide(word: str) -> bool:
    return ord(word[0]) >= 0x2E80
