"""YAML as the project reads it: a date stays text and ``NO`` is Norway, since only true, false, null and numbers mean anything else."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import yaml

__all__ = ["ERRORS", "Loader", "NumberLoader", "TextLoader", "line_of", "plain", "scalar"]

ERRORS = (yaml.MarkedYAMLError, UnicodeDecodeError)
"""What reading a text raises that is no YAML."""

# The reader in C takes a sixth of the time; not every installation of PyYAML has it.
_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TextLoader(_Base):  # type: ignore[misc,valid-type]  # which of the two is known only when it runs
    """Reads plain scalars as text, but for ``true``, ``false`` and ``null``: an article 5.10 is no number."""


class NumberLoader(_Base):  # type: ignore[misc,valid-type]  # as above
    """Reads plain scalars as text, but for ``true``, ``false``, ``null`` and numbers: the values of JSON."""


Loader: TypeAlias = type[TextLoader] | type[NumberLoader]


def _resolve(loader: Loader, *kinds: str) -> None:
    loader.yaml_implicit_resolvers = {
        letter: [(tag, rule) for tag, rule in rules if tag.rpartition(":")[2] in kinds]
        for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


_resolve(TextLoader, "null", "merge")
_resolve(NumberLoader, "null", "merge", "int", "float")


def scalar(node: yaml.ScalarNode) -> str | bool | None:
    """Return what a scalar says that `TextLoader` has read."""
    kind = node.tag.rpartition(":")[2]
    return None if kind == "null" else node.value == "true" if kind == "bool" else str(node.value)


def plain(node: yaml.Node) -> Any:
    """Return what a node says, as lists, mappings and scalars. Raises one of :data:`ERRORS` for a tag that is not YAML's own."""
    return yaml.constructor.SafeConstructor().construct_document(node)


def line_of(fault: Exception) -> int:
    """Return the line, from 1, at which a text turned out to be no YAML."""
    mark = getattr(fault, "problem_mark", None)
    return mark.line + 1 if mark else 1
