"""Giving the names in an expression their meaning, position by position.

The same key can mean different things in different nodes (``status`` of a ground, of a certification), so the walk
carries the node it stands in. The result holds IRIs and literals only and is what OWL and SHACL are written from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, Union

from rdflib import Literal, URIRef
from rdflib.namespace import OWL, XSD

from comity.curate import manchester as m
from comity.curate.names import C, thing
from comity.curate.world import Key, World

Expression = Union["Class", "OneOf", "Facets", "Restrict", "All", "Any_", "Complement"]
_LEXICAL = {
    XSD.integer: re.compile(r"[+-]?\d+$"),
    XSD.decimal: re.compile(r"[+-]?\d+(\.\d+)?$"),
    XSD.dateTime: re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"),
    XSD.boolean: re.compile(r"(true|false)$"),
}


@dataclass(frozen=True)
class Class:
    iri: URIRef


@dataclass(frozen=True)
class OneOf:
    values: tuple
    data: bool = False


@dataclass(frozen=True)
class Facets:
    datatype: URIRef
    bounds: tuple[tuple[str, Literal], ...]


@dataclass(frozen=True)
class Restrict:
    """``form`` is some, only, value, min, max or exactly; ``value`` is set for value, else ``filler`` (may be None)."""

    prop: URIRef
    form: str
    filler: Expression | None = None
    value: URIRef | Literal | None = None
    number: int | None = None
    data: bool = False


@dataclass(frozen=True)
class All:
    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Any_:
    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Complement:
    part: Expression
    data: bool = False


def resolve(text: str, node: URIRef, world: World, error: Callable[[str], None], modules: set | None = None, warn: Callable[[str], None] | None = None) -> Expression | None:
    """Return the meaning of ``text`` at a position of class ``node``, or None after reporting a syntax fault.

    Every fault goes to ``error`` as a sentence; ``modules`` limits the law modules whose classes may be used.
    """
    try:
        tree = m.parse(text)
    except m.ExpressionError as fault:
        error(f"{fault} — in `{_around(text, fault.at)}`")
        return None
    return _Resolver(text, world, error, warn or (lambda _: None), modules).at(tree, Key("", "node", None, frozenset({node})))


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 25): at + 25].split())


class _Resolver:
    def __init__(self, text: str, world: World, error, warn, modules) -> None:
        self.text, self.world, self._error, self._warn, self.modules = text, world, error, warn, modules

    def error(self, at: int, message: str) -> Expression:
        self._error(f"{m.ExpressionError(self.text, at, message)} — in `{_around(self.text, at)}`")
        return Class(OWL.Thing)

    def at(self, tree: m.Node, space: Key) -> Expression:
        """Return the meaning of ``tree`` as a description of values of ``space``."""
        if isinstance(tree, m.And):
            self._lonely_only(tree)
            return All(self._flat(All, tree.parts, space))
        if isinstance(tree, m.Or):
            return Any_(self._flat(Any_, tree.parts, space))
        if isinstance(tree, m.Not):
            return Complement(self.at(tree.part, space), space.datatype is not None)
        if isinstance(tree, m.Name):
            return self._name(tree, space)
        if isinstance(tree, m.Values):
            return self._values(tree, space)
        if isinstance(tree, m.Range):
            return self._range(tree, space)
        return self._restriction(tree, space)

    def _flat(self, kind, parts, space) -> tuple:
        out: list[Expression] = []
        for part in (self.at(p, space) for p in parts):
            out += part.parts if isinstance(part, kind) else (part,)
        return tuple(dict.fromkeys(out))

    def _lonely_only(self, tree: m.And) -> None:
        held = {p.key for p in tree.parts if isinstance(p, m.Restriction) and (p.form in ("some", "value") or p.form in ("min", "exactly") and p.number)}
        for part in tree.parts:
            lone = isinstance(part, m.Restriction) and part.form == "only" and part.key not in held
            if lone and self.world.one(C[part.key], C.derivedBy) is None:
                self._warn(f"`{part.key} only …` also holds where nothing is stated as `{part.key}`: put a `{part.key} some …` beside it")

    def _name(self, tree: m.Name, space: Key) -> Expression:
        iri = C[tree.name]
        if iri not in self.world.classes and iri not in self.world.nodes and iri not in self.world.codes:
            return self.error(tree.at, f"no class `{tree.name}`{m.nearest(tree.name, (str(c)[len(C):] for c in self.world.classes))}")
        module = self.world.module.get(iri)
        if module and self.modules is not None and "/ontology/law/" in module and module not in self.modules:
            self.error(tree.at, f"`{tree.name}` is defined in {module.split('/ontology/law/')[1]}: add that to `uses`")
        expected = {space.vocabulary} if space.kind == "code" else {C.Place} if space.kind == "place" else set(space.nodes)
        if space.kind == "taxonomy":
            expected = {C.DataItem}
        if space.datatype is not None or space.kind == "ref":
            return self.error(tree.at, f"`{space.name}` holds {_said(space)}, not things of class `{tree.name}`")
        found = self.world.positions(iri) | ({iri} if iri in expected else set())
        if found and not found & expected:
            return self.error(tree.at, f"`{tree.name}` describes a {_names(found)}, but here stands a {_names(expected)}")
        return Class(iri)

    def _values(self, tree: m.Values, space: Key) -> Expression:
        values = tuple(dict.fromkeys(v for v in (self.value(member, space) for member in tree.members) if v is not None))
        if not values:
            return Class(OWL.Thing)
        if space.kind == "taxonomy":
            parts = tuple(Class(v) for v in values)
            return parts[0] if len(parts) == 1 else Any_(parts)
        return OneOf(values, space.datatype is not None)

    def _range(self, tree: m.Range, space: Key) -> Expression:
        datatype = space.datatype
        if datatype is None or datatype not in _LEXICAL or datatype == XSD.boolean:
            hint = "; declare a derived fact with `op: dateTime`" if space.kind == "date" else ""
            return self.error(tree.at, f"`{space.name}` holds {_said(space)} and cannot be compared with `{tree.datatype}[…]`{hint}")
        if (tree.datatype == "dateTime") != (datatype == XSD.dateTime):
            return self.error(tree.at, f"`{space.name}` holds {_said(space)}, not `{tree.datatype}`")
        bounds = []
        for comparison, lexical in tree.bounds:
            if not _LEXICAL[datatype].match(lexical):
                return self.error(tree.at, f"`{lexical}` is no {str(datatype).rsplit('#')[-1]}")
            bounds.append((comparison, Literal(lexical, datatype=datatype, normalize=False)))
        return Facets(datatype, tuple(bounds))

    def _restriction(self, tree: m.Restriction, space: Key) -> Expression:
        key = self._key(tree, space)
        if key is None:
            return Class(OWL.Thing)
        data = key.datatype is not None
        if tree.form == "value":
            value = self.value(tree.filler, key)
            if key.kind == "taxonomy" and value is not None:
                return Restrict(key.iri, "some", Class(value))
            return Class(OWL.Thing) if value is None else Restrict(key.iri, "value", value=value, data=data)
        filler = None if tree.filler is None else self.at(tree.filler, key)
        one = isinstance(filler, OneOf) and len(filler.values) == 1
        if tree.form == "some" and one:
            return Restrict(key.iri, "value", value=filler.values[0], data=data)
        return Restrict(key.iri, tree.form, filler, None, tree.number, data)

    def _key(self, tree: m.Restriction, space: Key) -> Key | None:
        if space.datatype is not None or not space.nodes:
            self.error(tree.at, f"`{space.name}` holds {_said(space)}, which have no key `{tree.key}`")
            return None
        key = self.world.key(space.nodes, tree.key)
        if key is None:
            elsewhere = [n for n, keys in self.world.keys.items() if tree.key in keys]
            known = {k for n in space.nodes for k in self.world.keys.get(n, ())}
            hint = f"; it is a key of {_names(set(elsewhere))}" if elsewhere else m.nearest(tree.key, known)
            self.error(tree.at, f"{_names(set(space.nodes))} has no key `{tree.key}`{hint}")
        elif space.nodes and tree.key == "categories":
            self.error(tree.at, "categories are classes: write `HealthData`, not `categories some {HealthData}`")
            return None
        return key

    def value(self, value: m.Value, space: Key) -> URIRef | Literal | None:
        """Return the term that a bare or quoted value means as a value of ``space``; None after reporting a fault."""
        text = value.text
        if space.datatype is not None:
            pattern = _LEXICAL.get(space.datatype)
            if space.kind == "date":
                self.error(value.at, f"`{space.name}` holds dates, which no class can test; declare a derived fact with `op: dateTime`")
            elif pattern and not pattern.match(text):
                self.error(value.at, f"`{space.name}` holds {_said(space)}, not `{text}`")
            else:
                return Literal(text, datatype=None if space.kind == "text" else space.datatype, normalize=False)
            return None
        if space.kind in ("place", "partyOrPlace"):
            return self._place(value, space)
        if space.kind == "ref":
            if not self.world.has_subject(thing(text)):
                self._warn(f"`{space.name}`: no `{text}` in the graph yet")
            return thing(text)
        if space.kind == "taxonomy":
            found = self._name(m.Name(text, value.at), space)
            return found.iri if isinstance(found, Class) and found.iri != OWL.Thing else None
        if space.kind == "code":
            codes = self.world.codes.get(space.vocabulary, {})
            if text in codes:
                return codes[text]
            self.error(value.at, f"`{space.name}` has no value `{text}`{m.nearest(text, codes) or ' (known: ' + ', '.join(sorted(codes)[:40]) + ')'}")
            return None
        self.error(value.at, f"`{space.name}` holds {_said(space)}, which law cannot name one by one: use `{space.name} some (…)`")
        return None

    def _place(self, value: m.Value, space: Key) -> URIRef | None:
        places = self.world.places
        if value.text in places:
            if space.name:
                self._warn(f"`{space.name}` … `{value.text}` names that place alone, not its parts, and answers read classes of places only: write `{space.name} some …Place`")
            return places[value.text]
        if value.text in self.world.bodies:
            self.error(value.at, f"`{value.text}` is a body, not a place: use a class of its members, `{space.name} some …Place`")
        else:
            self.error(value.at, f"no place `{value.text}`{m.nearest(value.text, places)}")
        return None


def _said(key: Key) -> str:
    return {"code": "codes", "ref": "references", "node": "objects", "party": "parties", "partyOrPlace": "parties or places", "count": "whole numbers", "percent": "numbers", "boolean": "true or false"}.get(key.kind, key.kind + "s")


def _names(iris: set) -> str:
    return " or ".join(sorted(str(i).rsplit("#")[-1] for i in iris if i)) or "value"
