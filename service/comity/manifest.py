"""The manifest of a built dataset, and the proof that its files are the ones that were built.

A dataset is a folder with three files: ``dataset.nq``, ``program.json`` and ``manifest.json``, which states the format, the version of
Comity, the digest of the law, and the size and SHA-256 of the other two. Whoever opens a dataset has all of it checked first: a changed
word in the program would give wrong answers under the digest of the right ones.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from comity import __version__

__all__ = [
    "FILES",
    "FORMAT",
    "MANIFEST",
    "DatasetError",
    "FileState",
    "Manifest",
    "is_vacant",
    "obstacle",
    "read_dataset",
    "remedy",
    "write_manifest",
]

FORMAT = 1
"""The format of the files; it rises whenever a Comity of the same version could not read what was written before."""
FILES = ("dataset.nq", "program.json")
MANIFEST = "manifest.json"

_SHA256 = re.compile(r"[0-9a-f]{64}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
# A build that ends just while we read puts other files in the place; the next try reads those.
_TRIES = 3


class DatasetError(ValueError):
    """The dataset is absent, damaged or of another version; says what to do."""


@dataclass(frozen=True)
class FileState:
    """The size of a file in bytes and its SHA-256 in hexadecimal digits."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a dataset says of itself.

    ``version`` is the Comity that built it, ``digest`` that of the law (equal digests mean equal answers), ``witnesses`` that of the
    scenarios which bear witness to conflicts, ``reasoner`` whether HermiT judged it, ``counts`` how many norms, instruments and the like it
    holds, ``files`` the state of each file.
    """

    version: str
    digest: str
    witnesses: str
    reasoner: bool
    counts: dict[str, int]
    files: dict[str, FileState]


def write_manifest(folder: Path, *, version: str, digest: str, witnesses: str, reasoner: bool, counts: Mapping[str, int]) -> Manifest:
    """Write the manifest for the files that stand in *folder* and return it."""
    files = {}
    for name in FILES:
        with (folder / name).open("rb") as file:
            files[name] = FileState(os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest())
    manifest = Manifest(version, digest, witnesses, reasoner, dict(counts), files)
    entries = {"format": FORMAT, **asdict(manifest)}
    text = orjson.dumps({**entries, "seal": _seal(entries)}, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    (folder / MANIFEST).write_bytes(text)
    return manifest


def read_dataset(folder: Path, *wanted: str) -> tuple[Manifest, dict[str, bytes]]:
    """Check every file of the dataset in *folder*; return its manifest and the content of the files *wanted*.

    Each file is read once. Raises :class:`DatasetError`.
    """
    for _ in range(_TRIES):
        text = _manifest_text(folder)
        try:
            manifest = _manifest(folder, text)
            content = {name: _checked(folder, name, state, name in wanted) for name, state in manifest.files.items()}
        except DatasetError:
            if _manifest_text(folder) == text:
                raise
        else:
            return manifest, {name: content[name] for name in wanted}
    raise DatasetError(f"the dataset in {folder} changes while it is read; try again when no build is running")


def obstacle(folder: Path) -> str | None:
    """Return why a build may not take the place of *folder*; ``None`` where it is absent, empty or a dataset and nothing else."""
    if not os.path.lexists(folder):
        return None
    try:
        names = sorted(os.listdir(folder))
    except NotADirectoryError:
        return f"{folder} is no folder"
    except OSError as fault:
        return f"{folder} cannot be read: {fault.strerror}"
    if names and not _is_of_comity(folder):
        return f"{folder} holds other files ({names[0]}) and no dataset"
    others = [name for name in names if name not in (*FILES, MANIFEST)]
    return f"{folder} holds {others[0]}, which is no part of a dataset" if others else None


def is_vacant(folder: Path) -> bool:
    """Return whether nothing is there: no folder, or one without any file."""
    return obstacle(folder) is None and not (folder / MANIFEST).exists()


def remedy(folder: Path) -> str:
    """Return the command that puts a dataset into *folder*, and what must happen before it."""
    command = f"comity build --dataset {shlex.quote(str(folder))}"
    return f"run: {command}" if obstacle(folder) is None else f"name another folder, or move this one away and run: {command}"


def _is_of_comity(folder: Path) -> bool:
    """Return whether the manifest, of whatever format, is one that a build of Comity wrote: it states a version and a digest of law."""
    try:
        entries = orjson.loads((folder / MANIFEST).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return False
    return isinstance(entries, dict) and isinstance(entries.get("version"), str) and _is(_DIGEST, entries.get("digest"))


def _manifest_text(folder: Path) -> bytes:
    try:
        return (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise _fault(folder, obstacle(folder) or f"there is no dataset in {folder}") from None
    except OSError as fault:
        raise _fault(folder, f"{folder / MANIFEST} cannot be read: {fault.strerror}") from None


def _manifest(folder: Path, text: bytes) -> Manifest:
    path = folder / MANIFEST
    try:
        entries = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _fault(folder, f"{path} is damaged: it is no JSON") from None
    if not isinstance(entries, dict):
        raise _fault(folder, f"{path} is damaged: it is no JSON object")
    found = entries.pop("format", None)
    if type(found) is not int:
        raise _fault(folder, f"{path} states no format of a dataset; this Comity reads format {FORMAT}")
    if found != FORMAT:
        raise _fault(folder, f"the dataset in {folder} is of format {found}; this Comity reads format {FORMAT}")
    if entries.pop("seal", None) != _seal({"format": found, **entries}):
        raise _fault(folder, f"{path} is damaged: it is not as it was built")
    if wrong := _wrong_entry(entries):
        raise _fault(folder, f"{path} is damaged: {wrong}")
    if entries["version"] != __version__:
        raise _fault(folder, f"the dataset in {folder} was built by Comity {entries['version']}; this is {__version__}")
    return Manifest(**{**entries, "files": {name: FileState(**state) for name, state in entries["files"].items()}})


def _wrong_entry(entries: dict[str, Any]) -> str | None:
    """Return which entry is missing, unknown or of another kind than it should be."""
    expected = Manifest.__dataclass_fields__.keys()
    if missing := sorted(expected - entries.keys()):
        return f"it lacks {missing[0]!r}"
    if unknown := sorted(entries.keys() - expected):
        return f"it has an entry {unknown[0]!r} that no dataset of format {FORMAT} has"
    counts, files = entries["counts"], entries["files"]
    right = {
        "version": isinstance(entries["version"], str),
        "digest": _is(_DIGEST, entries["digest"]),
        "witnesses": _is(_DIGEST, entries["witnesses"]),
        "reasoner": isinstance(entries["reasoner"], bool),
        "counts": isinstance(counts, dict) and all(map(_is_number, counts.values())),
        "files": isinstance(files, dict) and files.keys() == set(FILES) and all(map(_is_file_state, files.values())),
    }
    return next((f"its entry {name!r} is none of a dataset" for name, fits in right.items() if not fits), None)


def _is_file_state(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"bytes", "sha256"} and _is_number(value["bytes"]) and _is(_SHA256, value["sha256"])


def _is_number(value: object) -> bool:
    return type(value) is int and value >= 0


def _is(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _checked(folder: Path, name: str, state: FileState, wanted: bool) -> bytes:
    """Check one file against its state; return its content where it is *wanted*, else nothing."""
    path = folder / name
    content = b""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size != state.bytes:
                raise _fault(folder, f"{path} is damaged: it has {size:,} bytes and was built with {state.bytes:,}")
            if wanted:
                content = file.read()
                found = hashlib.sha256(content).hexdigest()
            else:
                found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as fault:
        raise _fault(folder, f"{path} cannot be read: {fault.strerror}") from None
    if found != state.sha256:
        raise _fault(folder, f"{path} is damaged: its content is not what was built")
    return content


def _seal(entries: dict[str, Any]) -> str:
    """Return the SHA-256 of all other entries: the manifest is checked as the files are that it tells of."""
    return hashlib.sha256(orjson.dumps(entries, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _fault(folder: Path, what: str) -> DatasetError:
    return DatasetError(f"{what}; {remedy(folder)}")
