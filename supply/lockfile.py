"""The lock file: every package that an installation takes, with its version and the hashes of its files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

__all__ = ["LOCK", "PARTS", "PYPROJECT", "ROOT", "LockFault", "Locked", "faults", "parts", "read", "requirements"]

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.txt"
PYPROJECT = ROOT / "pyproject.toml"
# The parts of an installation, from the one that needs least; a package belongs to the first part that needs it.
PARTS = ("service", "batch", "build", "curate", "mcp", "development")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


class LockFault(Exception):
    """The lock file cannot be read; the message says where and what to do."""


@dataclass(frozen=True)
class Locked:
    """A package of the lock file: canonical ``name``, ``version``, the ``requirement`` as written, its ``hashes``, and who wants it.

    ``wanted_by`` holds canonical names of packages; those that pyproject.toml itself asks for may have none.
    """

    name: str
    version: str
    requirement: Requirement
    hashes: tuple[str, ...]
    wanted_by: frozenset[str]


def read(path: Path = LOCK) -> list[Locked]:
    """The packages of the lock file at ``path``, in its order. Raises :class:`LockFault`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LockFault(f"{path.name} cannot be read ({error}); write it with `make lock`.") from None
    found: list[Locked] = []
    for start, end in _blocks(lines):
        found.append(_locked(lines[start:end], f"{path.name}, line {start + 1}"))
    return found


def _blocks(lines: list[str]) -> list[tuple[int, int]]:
    """Where the lines of each package begin and end: all that is indented or continued belongs to the line above."""
    starts = [number for number, line in enumerate(lines) if line.strip() and not line[0].isspace() and not line.startswith("#")]
    return list(zip(starts, [*starts[1:], len(lines)], strict=True))


def _locked(lines: list[str], where: str) -> Locked:
    written, _, _ = lines[0].partition(" --hash")
    written = written.rstrip("\\ ")
    try:
        requirement = Requirement(written)
    except InvalidRequirement:
        raise LockFault(f"{where}: {written!r} is not a package with a version; write the file with `make lock`.") from None
    pins = [pin for pin in requirement.specifier if pin.operator == "==" and not pin.version.endswith(".*")]
    if len(pins) != 1 or len(requirement.specifier) != 1 or requirement.url:
        raise LockFault(f"{where}: {written!r} does not name one version with '=='; write the file with `make lock`.")
    comments = " ".join(line.strip().lstrip("# ") for line in lines[1:] if line.strip().startswith("#")).removeprefix("via")
    names = [word for word in comments.split() if re.fullmatch(r"[\w.-]+", word)]
    wanted_by = frozenset(str(canonicalize_name(name)) for name in names)
    hashes = tuple(match.group() for line in lines for match in _HASH.finditer(line))
    return Locked(str(canonicalize_name(requirement.name)), pins[0].version, requirement, hashes, wanted_by)


def requirements(path: Path = PYPROJECT) -> dict[str, list[Requirement]]:
    """What pyproject.toml asks for, by part; what an extra takes over from another one is left to that one."""
    asked = tomllib.loads(path.read_text(encoding="utf-8"))
    project, extras = asked["project"], asked["project"]["optional-dependencies"]
    development = [*extras["dev"], *asked["dependency-groups"]["building"], *asked["build-system"]["requires"]]
    written = {"service": project["dependencies"], **{part: extras[part] for part in PARTS if part in extras}, "development": development}
    own = project["name"]
    return {part: [wish for line in written[part] if (wish := Requirement(line)).name != own] for part in PARTS}


def parts(locked: Iterable[Locked], asked: dict[str, list[Requirement]]) -> dict[str, str]:
    """The part that each package of the lock file belongs to, by canonical name; a package that nothing wants is left out."""
    wanted_by = {package.name: package.wanted_by for package in locked}
    found: dict[str, str] = {}
    for part in PARTS:
        waiting = [str(canonicalize_name(wish.name)) for wish in asked[part]]
        while waiting:
            name = waiting.pop()
            if name in wanted_by and name not in found:
                found[name] = part
                waiting += [other for other, by in wanted_by.items() if name in by]
    return found


def faults(path: Path = LOCK, pyproject: Path = PYPROJECT) -> list[str]:
    """What is wrong with the lock file: a sentence for each line without a hash, address, and wish of pyproject.toml that it fails."""
    locked = read(path)
    asked = requirements(pyproject)
    found = [f"{package.name} has no hash." for package in locked if not package.hashes]
    text = path.read_text(encoding="utf-8")
    found += [f"Line {n} names an address." for n, line in enumerate(text.splitlines(), 1) if "://" in line]
    for part, wishes in asked.items():
        for wish in wishes:
            versions = [package.version for package in locked if package.name == canonicalize_name(wish.name)]
            if not any(wish.specifier.contains(version, prereleases=True) for version in versions):
                has = " and ".join(versions) or "nothing"
                found.append(f"{wish} is wanted for {part}; the lock file has {has}.")
    belongs = parts(locked, asked)
    found += [f"{package.name} is wanted by nothing." for package in locked if package.name not in belongs]
    return [f"{path.name}: {fault} Run `make lock`." for fault in found]
