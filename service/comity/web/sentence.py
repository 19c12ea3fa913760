"""Demands in words: what a SHACL shape asks for as a sentence, in English or Chinese.

The labels of the graph are the nouns; this module brings the words that join them. A part that carries ``sh:name`` is
told by that name.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from comity.iris import OWL, SH, SKOS, XSD
from comity.web.terms import Terms
from comity.web.tree import Tree, Value
from comity.web.words import WORDS

_PHRASES: dict[str, dict[str, str]] = {
    "and": {"en": " and ", "zh": "，且"},
    "or": {"en": " or ", "zh": "，或者"},
    "xone": {"en": " or else ", "zh": "，或者（仅其一）"},
    "values": {"en": " or ", "zh": "或"},
    "group": {"en": "({})", "zh": "（{}）"},
    "not": {"en": "not ({})", "zh": "并非（{}）"},
    "of": {"en": "{key}: {what}", "zh": "{key}：{what}"},
    "with": {"en": "{key} with {what}", "zh": "{key}，其{what}"},
    "one_with": {"en": "among {key}, one with {what}", "zh": "{key}中有一项，其{what}"},
    "least": {"en": "at least {n} of {key}: {what}", "zh": "至少{n}项{key}：{what}"},
    "most": {"en": "at most {n} of {key}: {what}", "zh": "至多{n}项{key}：{what}"},
    "none": {"en": "no {key}: {what}", "zh": "没有{key}：{what}"},
    "only": {"en": "{key}: only {what}", "zh": "{key}：仅限{what}"},
    "stated": {"en": "{key}: stated", "zh": "{key}：已说明"},
    "absent": {"en": "no {key}", "zh": "没有{key}"},
    "several": {"en": "at least {n} of {key}", "zh": "至少{n}项{key}"},
    "few": {"en": "at most {n} of {key}", "zh": "至多{n}项{key}"},
    "minInclusive": {"en": "at least {}", "zh": "不少于{}"},
    "minExclusive": {"en": "more than {}", "zh": "多于{}"},
    "maxInclusive": {"en": "at most {}", "zh": "不超过{}"},
    "maxExclusive": {"en": "less than {}", "zh": "少于{}"},
    "anything": {"en": "anything", "zh": "任意"},
}
_BOUNDS = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")


class Sentences:
    """Tells shapes in words with the labels that ``terms`` gives."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def shape(self, shape: Tree, lang: str) -> str:
        """Return what ``shape`` asks for: its ``sh:name`` where it has one, else a sentence from its parts."""
        names = shape.texts(SH + "name") or (shape.texts(SKOS + "prefLabel") if shape.iri else {})
        if names:
            return names.get(lang) or names.get("en") or next(iter(names.values()))
        return _joined(self._parts(shape, lang), "and", lang) or _PHRASES["anything"][lang]

    def _parts(self, shape: Tree, lang: str) -> list[str]:
        """Return what each constraint of a node or value shape says."""
        get = shape.properties.get
        parts = [self._label(v, lang) for v in (*get(SH + "class", ()), *get(SH + "hasValue", ()))]
        parts += [self._values(members, lang) for members in get(SH + "in", ()) if isinstance(members, tuple)]
        parts += [_PHRASES[b][lang].format(self._label(v, lang)) for b in _BOUNDS for v in get(SH + b, ())]
        parts += [self._inner(v, lang) for v in get(SH + "node", ())]
        parts += [_PHRASES["not"][lang].format(self._inner(v, lang)) for v in get(SH + "not", ())]
        for prop in get(SH + "property", ()):
            parts += self._property(prop, lang) if isinstance(prop, Tree) and not prop.iri else [self._label(prop, lang)]
        joined = [
            (_joined([self._inner(member, lang) for member in members], word, lang), len(members))
            for word in ("and", "or", "xone") for members in get(SH + word, ()) if isinstance(members, tuple)
        ]  # fmt: skip
        alone = not parts and len(joined) == 1
        return parts + [text if alone or size == 1 else _PHRASES["group"][lang].format(text) for text, size in joined]

    def _property(self, prop: Tree, lang: str) -> list[str]:
        get = prop.properties.get
        key = self._key(get(SH + "path", ()), lang)
        parts: list[str] = []

        def say(phrase: str, what: str = "", n: int | None = None) -> None:
            parts.append(_PHRASES[phrase][lang].format(key=key, what=what, n=n))

        for value in get(SH + "hasValue", ()):
            say("of", self._label(value, lang))
        for members in get(SH + "in", ()):
            say("of", self._values(members if isinstance(members, tuple) else (), lang))
        for qualified in get(SH + "qualifiedValueShape", ()):
            least, most = _number(get(SH + "qualifiedMinCount")), _number(get(SH + "qualifiedMaxCount"))
            what = self._inner(qualified, lang)
            if least and least > 1:
                say("least", what, least)
            elif least:
                say(self._having(get(SH + "path", ()), qualified), what)
            if most == 0:
                say("none", what)
            elif most is not None:
                say("most", what, most)
        for bound in _BOUNDS:
            for value in get(SH + bound, ()):
                say("of", _PHRASES[bound][lang].format(self._label(value, lang)))
        for value in get(SH + "class", ()):
            say("only", self._label(value, lang))
        for value in get(SH + "node", ()):
            say("only", self._inner(value, lang))
        least, most = _number(get(SH + "minCount")), _number(get(SH + "maxCount"))
        if most == 0:
            say("absent")
        elif most is not None and most > 1:
            say("few", n=most)
        if least and least > 1:
            say("several", n=least)
        elif least and not parts:
            say("stated")
        return parts or [key]

    def _having(self, paths: Iterable[Value], qualified: Value) -> str:
        """Return which phrase joins a key to what one of its values has: a key with one value at most needs no choice."""
        if not (isinstance(qualified, Tree) and SH + "property" in qualified.properties):
            return "of"
        last = next(iter(paths), None)
        last = last[-1] if isinstance(last, tuple) and last else last
        single = isinstance(last, NamedNode) and self._terms.is_a(last.value, OWL + "FunctionalProperty")
        return "with" if single else "one_with"

    def _inner(self, value: Value, lang: str) -> str:
        return self.shape(value, lang) if isinstance(value, Tree) else self._label(value, lang)

    def _key(self, paths: Iterable[Value], lang: str) -> str:
        for path in paths:
            steps = path if isinstance(path, tuple) else (path,)
            return " › ".join(self._label(step, lang) for step in steps)
        return "…"

    def _values(self, values: Iterable[Value], lang: str) -> str:
        return _PHRASES["values"][lang].join(self._label(value, lang) for value in values)

    def _label(self, value: Value, lang: str) -> str:
        if isinstance(value, NamedNode):
            return self._terms.label(value.value, lang)
        if isinstance(value, Literal):
            return WORDS["yes" if value.value in ("true", "1") else "no"][lang] if _is_boolean(value) else value.value
        return self.shape(value, lang) if isinstance(value, Tree) else self._values(value, lang)


def _joined(parts: list[str], word: str, lang: str) -> str:
    return _PHRASES[word][lang].join(parts)


def _is_boolean(value: Value) -> bool:
    return isinstance(value, Literal) and value.datatype.value == XSD + "boolean"


def _number(values: list[Value] | None) -> int | None:
    if values and isinstance(values[0], Literal) and values[0].value.isdecimal():
        return int(values[0].value)
    return None
