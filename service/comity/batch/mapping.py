"""A mapping: which column of a table says which fact of a flow, and what its words are called in a description. Read from YAML."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from comity.batch.blocks import BatchStopped
from comity.flow.pointers import NoKey, key_at
from comity.flow.schema import Schema
from comity.spelling import did_you_mean, nearest
from comity.yaml_text import ERRORS, NumberLoader

__all__ = ["ColumnRule", "Mapping", "same"]

_KEYS = ("set", "columns", "ignore", "separator")
_COLUMN_KEYS = ("to", "values", "split", "complete", "needed")


@dataclass(frozen=True)
class ColumnRule:
    """What a column says: the pointer of the fact, words with what they mean, how several are parted, whether a list is complete."""

    to: str
    values: dict[str, Any] = field(default_factory=dict)
    split: str = ";"
    complete: bool = False
    needed: bool = False


@dataclass(frozen=True)
class Mapping:
    """The rules of the columns by name, facts that hold of every row, columns that say nothing of a flow, what parts the columns."""

    columns: dict[str, ColumnRule]
    always: dict[str, Any]
    ignored: frozenset[str]
    separator: str | None
    digest: str

    @classmethod
    def read(cls, path: Path) -> Mapping:
        """Read a mapping. Raises :class:`BatchStopped` for a text that is none."""
        try:
            text = path.read_bytes()
            data = yaml.load(text, NumberLoader)
        except OSError as fault:
            raise BatchStopped(f"{path}: {fault.strerror}") from None
        except ERRORS as fault:
            raise BatchStopped(f"{path} is no YAML: {str(fault).splitlines()[0]}") from None
        if not isinstance(data, dict) or not isinstance(data.get("columns"), dict):
            raise BatchStopped(f"{path} is no mapping: under 'columns' it names the columns of the table")
        _known(path, "a mapping", data, _KEYS)
        rules = {}
        for name, told in data["columns"].items():
            rule = {"to": told} if isinstance(told, str) else told
            if not isinstance(rule, dict) or not isinstance(rule.get("to"), str):
                raise BatchStopped(f"{path}: column {name!r} says with 'to' which fact it is, as a pointer such as /dataItems/0/categories")
            _known(path, f"column {name!r}", rule, _COLUMN_KEYS)
            words = {same(str(word)): meant for word, meant in (rule.get("values") or {}).items()}
            rules[str(name)] = ColumnRule(**{**rule, "values": words})
        ignored = frozenset(same(str(name)) for name in data.get("ignore") or ())
        return cls(rules, data.get("set") or {}, ignored, data.get("separator"), hashlib.sha256(text).hexdigest())

    @classmethod
    def of_header(cls, header: Sequence[str]) -> Mapping:
        """Return the mapping of a table whose columns are called as the facts are, or by their pointers."""
        return cls({name: ColumnRule(name if name.startswith("/") else f"/{name}") for name in header}, {}, frozenset(), None, "")

    def check(self, schema: Schema, needs_day: bool) -> None:
        """Raise :class:`BatchStopped` where a pointer leads to no fact, or the day of the flows is said nowhere."""
        pointers = [*((name, rule.to) for name, rule in self.columns.items()), *(("set", pointer) for pointer in self.always)]
        for name, pointer in pointers:
            try:
                key_at(schema, pointer)
            except NoKey as astray:
                meant = did_you_mean(astray.step, astray.known)
                raise BatchStopped(f"column {name!r}: {pointer} leads to no fact of a flow{meant}") from None
        if needs_day and "/asOf" not in {pointer for _, pointer in pointers}:
            near = nearest("asOf", list(self.columns), most=1)
            raise BatchStopped(
                f"no column says for which day the verdict is wanted (/asOf){f'; the nearest is {near[0]!r}' if near else ''}: "
                "name the day with --on, or under 'set' in the mapping"
            )


def _known(path: Path, what: str, told: dict[str, Any], keys: Sequence[str]) -> None:
    for key in told:
        if key not in keys:
            raise BatchStopped(f"{path}: {what} has no {key!r}{did_you_mean(str(key), keys)}")


def same(text: str) -> str:
    """Return a word as it is compared: without case, and with single spaces."""
    return " ".join(text.split()).casefold()
