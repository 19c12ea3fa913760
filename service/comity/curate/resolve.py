"""Giving the names in an expression their meaning, position by position.

The same key can mean different things in different nodes (``status`` of a ground, of a certification), so the walk
carries the place where it stands: a key of `comity.curate.known_terms`, whose values the expression describes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rdflib import Literal, URIRef
from rdflib.namespace import OWL, XSD

from comity.curate import manchester as m
from comity.curate.fact_keys import Key
from comity.curate.known_terms import KnownTerms
from comity.curate.meaning import All, Class, ClassExpression, Complement, Facets, Has, IriOrLiteral, Number, OneOf, Quantified, Some
from comity.rdf.names import C, thing
from comity.spelling import did_you_mean

_LEXICAL = {
    XSD.integer: re.compile(r"[+-]?\d+$"),
    XSD.decimal: re.compile(r"[+-]?\d+(\.\d+)?$"),
    XSD.dateTime: re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"),
    XSD.boolean: re.compile(r"(true|false)$"),
}
_KINDS_IN_WORDS = {
    "code": "codes",
    "ref": "references",
    "node": "objects",
    "party": "parties",
    "partyOrPlace": "parties or places",
    "count": "whole numbers",
    "percent": "numbers",
    "boolean": "true or false",
}
#: What a faulty part stands for, so that the rest can be read on.
_UNKNOWN = Class(OWL.Thing)


def _ignore(message: str) -> None:
    pass


@dataclass
class Reports:
    """Where faults and warnings go, each as a sentence."""

    error: Callable[[str], None]
    warn: Callable[[str], None] = field(default=_ignore)


def resolve(text: str, node: URIRef, terms: KnownTerms, reports: Reports, modules: set[URIRef] | None = None) -> ClassExpression | None:
    """Return the meaning of ``text`` as said of things of class ``node``, or None after reporting a syntax fault.

    ``modules`` limits the law modules whose classes may be used.
    """
    try:
        tree = m.parse(text)
    except m.ExpressionError as fault:
        reports.error(f"{fault} — in `{_around(text, fault.at)}`")
        return None
    return _Resolver(text, terms, reports, modules).meaning(tree, Key("", "node", None, frozenset({node})))


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 25) : at + 25].split())


class _Resolver:
    def __init__(self, text: str, terms: KnownTerms, reports: Reports, modules: set[URIRef] | None) -> None:
        self.text, self.terms, self.reports, self.modules = text, terms, reports, modules

    def error(self, at: int, message: str) -> Class:
        self.reports.error(f"{m.ExpressionError(self.text, at, message)} — in `{_around(self.text, at)}`")
        return _UNKNOWN

    def meaning(self, tree: m.Node, space: Key) -> ClassExpression:
        """Return the meaning of ``tree`` as a description of values of ``space``."""
        if isinstance(tree, m.And):
            self._lonely_only(tree)
            return All(tuple(self._parts(All, tree.parts, space)))
        if isinstance(tree, m.Or):
            return Some(tuple(self._parts(Some, tree.parts, space)))
        if isinstance(tree, m.Not):
            return Complement(self.meaning(tree.part, space))
        if isinstance(tree, m.Name):
            return self._name(tree, space)
        if isinstance(tree, m.Values):
            return self._values(tree, space)
        if isinstance(tree, m.Range):
            return self._range(tree, space)
        return self._restriction(tree, space)

    def _parts(self, kind: type[All] | type[Some], parts: Iterable[m.Node], space: Key) -> dict[ClassExpression, None]:
        out: dict[ClassExpression, None] = {}
        for part in parts:
            meaning = self.meaning(part, space)
            out |= dict.fromkeys(meaning.parts if isinstance(meaning, All | Some) and isinstance(meaning, kind) else [meaning])
        return out

    def _lonely_only(self, tree: m.And) -> None:
        restrictions = [p for p in tree.parts if isinstance(p, m.Restriction)]
        held = {p.key for p in restrictions if p.form in ("some", "value") or (p.form in ("min", "exactly") and p.number)}
        for key in {p.key for p in restrictions if p.form == "only"} - held:
            if self.terms.one(C[key], C.derivedBy) is None:
                self.reports.warn(f"`{key} only …` also holds where `{key}` is stated as none: put a `{key} some …` beside it")

    def _name(self, tree: m.Name, space: Key) -> Class:
        iri, terms = C[tree.name], self.terms
        if iri not in terms.classes and iri not in terms.nodes and iri not in terms.codes:
            return self.error(tree.at, f"no class `{tree.name}`{did_you_mean(tree.name, (str(c)[len(C) :] for c in terms.classes))}")
        law = terms.law_of(iri)
        if law and self.modules is not None and terms.module[iri] not in self.modules:
            self.error(tree.at, f"`{tree.name}` is defined in {law}: add that to `uses`")
        if space.datatype is not None or space.kind == "ref":
            return self.error(tree.at, f"`{space.name}` holds {_in_words(space)}, not things of class `{tree.name}`")
        other: dict[str, set[URIRef | None]] = {"code": {space.vocabulary}, "place": {C.Place}, "taxonomy": {C.DataItem}}
        expected = other.get(space.kind, set(space.nodes))
        found = terms.positions(iri) | ({iri} & expected)
        if found and not found & expected:
            return self.error(tree.at, f"`{tree.name}` describes a {_names(found)}, but here stands a {_names(expected)}")
        return Class(iri)

    def _values(self, tree: m.Values, space: Key) -> ClassExpression:
        if space.kind == "taxonomy":
            classes = tuple(self._name(m.Name(v.text, v.at), space) for v in tree.members)
            return classes[0] if len(classes) == 1 else Some(classes)
        values = {v: None for v in (self._value(member, space) for member in tree.members) if v is not None}
        return OneOf(tuple(values), space.datatype is not None) if values else _UNKNOWN

    def _range(self, tree: m.Range, space: Key) -> ClassExpression:
        datatype = space.datatype
        if datatype is None or datatype not in _LEXICAL or datatype == XSD.boolean:
            hint = "; declare a derived fact with `op: dateTime`" if space.kind == "date" else ""
            return self.error(tree.at, f"`{space.name}` holds {_in_words(space)} and cannot be compared with `{tree.datatype}[…]`{hint}")
        if (tree.datatype == "dateTime") != (datatype == XSD.dateTime):
            return self.error(tree.at, f"`{space.name}` holds {_in_words(space)}, not `{tree.datatype}`")
        for _, lexical in tree.bounds:
            if not _LEXICAL[datatype].match(lexical):
                return self.error(tree.at, f"`{lexical}` is no {str(datatype).rsplit('#', maxsplit=1)[-1]}")
        return Facets(datatype, tuple((c, Literal(lexical, datatype=datatype, normalize=False)) for c, lexical in tree.bounds))

    def _restriction(self, tree: m.Restriction, space: Key) -> ClassExpression:
        key = self._key(tree, space)
        if key is None:
            return _UNKNOWN
        if tree.value is not None:
            if key.kind == "taxonomy":
                return Quantified(key.iri, "some", self._name(m.Name(tree.value.text, tree.value.at), key))
            value = self._value(tree.value, key)
            return _UNKNOWN if value is None else Has(key.iri, value)
        data = key.datatype is not None
        filler = None if tree.filler is None else self.meaning(tree.filler, key)
        if tree.number is not None:
            return Number(key.iri, tree.form, tree.number, filler, data)
        assert filler is not None
        if tree.form == "some" and isinstance(filler, OneOf) and len(filler.values) == 1:
            return Has(key.iri, filler.values[0])
        return Quantified(key.iri, tree.form, filler, data)

    def _key(self, tree: m.Restriction, space: Key) -> Key | None:
        if space.datatype is not None or not space.nodes:
            self.error(tree.at, f"`{space.name}` holds {_in_words(space)}, which have no key `{tree.key}`")
            return None
        key = self.terms.key(space.nodes, tree.key)
        if key is None:
            elsewhere = {n for n, keys in self.terms.keys.items() if tree.key in keys}
            known = {k for n in space.nodes for k in self.terms.keys.get(n, ())}
            hint = f"; it is a key of {_names(elsewhere)}" if elsewhere else did_you_mean(tree.key, known)
            self.error(tree.at, f"{_names(space.nodes)} has no key `{tree.key}`{hint}")
        elif tree.key == "categories":
            self.error(tree.at, "categories are classes: write the name of the category itself, as in `dataItems some HealthData`")
            return None
        return key

    def _value(self, value: m.Value, space: Key) -> IriOrLiteral | None:
        """Return the term that a bare or quoted value means as a value of ``space``; None after reporting a fault."""
        if space.datatype is not None:
            return self._literal(value, space)
        if space.kind in ("place", "partyOrPlace"):
            return self._place(value, space)
        if space.kind == "ref":
            iri = thing(value.text)
            if not self.terms.has_subject(iri):
                self.reports.warn(f"`{space.name}`: no `{value.text}` in the graph yet")
            return iri
        if space.kind != "code":
            self.error(value.at, f"`{space.name}` holds {_in_words(space)}, which law cannot name one by one: use `{space.name} some (…)`")
            return None
        codes = self.terms.values_of(space.vocabulary)
        if value.text not in codes:
            hint = did_you_mean(value.text, codes) or f" (known: {', '.join(sorted(codes)[:40])})"
            self.error(value.at, f"`{space.name}` has no value `{value.text}`{hint}")
        return codes.get(value.text)

    def _literal(self, value: m.Value, space: Key) -> Literal | None:
        pattern = _LEXICAL.get(space.datatype) if space.datatype else None
        if space.kind == "date":
            self.error(value.at, f"`{space.name}` holds dates, which no class can test; declare a derived fact with `op: dateTime`")
        elif pattern and not pattern.match(value.text):
            self.error(value.at, f"`{space.name}` holds {_in_words(space)}, not `{value.text}`")
        else:
            return Literal(value.text, datatype=None if space.kind == "text" else space.datatype, normalize=False)
        return None

    def _place(self, value: m.Value, space: Key) -> URIRef | None:
        places = self.terms.places
        if value.text in self.terms.bodies:
            self.error(value.at, f"`{value.text}` is a body, not a place: use a class of its members, `{space.name} some …Place`")
        elif value.text not in places:
            self.error(value.at, f"no place `{value.text}`{did_you_mean(value.text, places)}")
        elif space.name:
            self.reports.warn(
                f"`{space.name}` … `{value.text}` names that place alone, not its parts, and answers read classes of places only: "
                f"write `{space.name} some …Place`"
            )
        return places.get(value.text)


def _in_words(key: Key) -> str:
    return _KINDS_IN_WORDS.get(key.kind, key.kind + "s")


def _names(iris: Iterable[URIRef | None]) -> str:
    return " or ".join(sorted(str(i).rsplit("#", maxsplit=1)[-1] for i in iris if i)) or "value"
