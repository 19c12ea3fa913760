"""A law's source file: YAML read with the place of every value, and the faults found in it.

Scalars stay text, but for ``null``, ``true`` and ``false``: the place code ``NO`` is never a boolean and an article
such as 5.10 never a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from comity.spelling import did_you_mean
from comity.yaml_text import TextLoader, line_of, scalar

KeyPath: TypeAlias = tuple[str | int, ...]
"""The keys that lead to a value, such as ``("norms", "ACT-39", "label")``."""


@dataclass(frozen=True, order=True)
class Problem:
    """A fault with its place; ``str()`` is one line for a terminal."""

    file: str
    line: int
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.where}: {self.message}"


class YamlSource:
    """One law source file.

    ``data`` is the content, ``problems`` collects faults, ``warnings`` what a curator should look at.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.data: dict[str, Any] = {}
        try:
            root = yaml.compose(self.path.read_text(encoding="utf-8"), Loader=TextLoader)
        except (OSError, UnicodeDecodeError) as fault:
            self.error((), f"cannot be read: {fault}")
            return
        except yaml.MarkedYAMLError as fault:
            self.lines[()] = line_of(fault)
            self.error((), f"not YAML: {fault.problem or fault}")
            return
        if not isinstance(root, yaml.MappingNode):
            self.error((), "expected a mapping with `instrument`, `type`, … at the top")
            return
        self.data = self._value(root, ())

    def _value(self, node: yaml.Node, path: KeyPath) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*path, i)) for i, item in enumerate(node.value)]
        out: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            here = (*path, name)
            if name in out:
                self.lines[here] = key.start_mark.line + 1
                self.error(here, "this key stands twice")
                continue
            self.lines[here] = key.start_mark.line + 1
            out[name] = self._value(value, here)
        return out

    def line(self, path: KeyPath) -> int:
        """Return the line of a value, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def _problem(self, path: KeyPath, message: str) -> Problem:
        return Problem(str(self.path), self.line(path), ".".join(map(str, path)) or "file", message)

    def error(self, path: KeyPath, message: str) -> None:
        """Note a fault that stops the writing."""
        self.problems.append(self._problem(path, message))

    def warn(self, path: KeyPath, message: str) -> None:
        """Note something that a curator should look at."""
        self.warnings.append(self._problem(path, message))

    def mapping(self, path: KeyPath, allowed: Iterable[str], required: Iterable[str] = ()) -> dict[str, Any]:
        """Return the mapping at ``path`` after checking its keys; an absent or wrong one is empty."""
        value = self.at(path)
        if value is None:
            value = {}
        if not isinstance(value, dict):
            self.error(path, f"expected a mapping, found {value!r}")
            return {}
        allowed = list(allowed)
        for key in value:
            if key not in allowed:
                self.error((*path, key), f"unknown key `{key}`{did_you_mean(key, allowed) or ' (known: ' + ', '.join(allowed) + ')'}")
        for key in required:
            if value.get(key) in (None, "", [], {}):
                self.error(path, f"`{key}` is missing")
        return value

    def section(self, name: str) -> dict[str, Any]:
        """Return a top-level section of named entries, empty where it is absent."""
        value = self.data.get(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.error((name,), "expected a mapping from names to entries")
            return {}
        return value

    def at(self, path: KeyPath) -> Any:
        """Return the value at ``path``, or None."""
        value: Any = self.data
        for key in path:
            if isinstance(value, dict):
                value = value.get(key)
            elif isinstance(value, list) and isinstance(key, int) and key < len(value):
                value = value[key]
            else:
                return None
        return value

    def items(self, path: KeyPath) -> list[tuple[KeyPath, str]]:
        """Return the texts of a list, or of a single text standing for a list of one, each with its path."""
        value = self.at(path)
        if value is None:
            return []
        entries = [((*path, i), v) for i, v in enumerate(value)] if isinstance(value, list) else [(path, value)]
        out = []
        for here, entry in entries:
            if isinstance(entry, str) and entry:
                out.append((here, entry))
            else:
                self.error(here, f"expected a text, found {entry!r}")
        return out
