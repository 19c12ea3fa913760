"""The files of a job: what is done so far, written so that a job that was ended at any moment goes on where it was.

All is written into a folder beside the output until the job is done. After each block the journal says how long each file was; what
stands behind that when a job goes on was written by a block that was not finished, and is cut off.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import orjson

from comity.batch.blocks import BatchStopped, Place

__all__ = ["FORMATS", "Job", "Names"]

FORMATS = {".ndjson": "ndjson", ".jsonl": "ndjson", ".csv": "csv", ".parquet": "parquet"}
"""Endings of the output and what is written."""

_FINAL = "final"  # the finished rows on their way to the output
_PARTS = ("rows", "answers", "profiles")
_ADVICE = "go on with it by --resume, begin anew with --force, or name another output"


class Names:
    """How the files of an output are called."""

    def __init__(self, out: Path) -> None:
        """Raises :class:`BatchStopped` for an ending that is not known."""
        if out.suffix not in FORMATS:
            raise BatchStopped(f"the output is called {out.name!r}; it ends with {', '.join(FORMATS)}")
        self.out = out
        self.form = FORMATS[out.suffix]
        self.answers = out.with_suffix(".answers.ndjson")
        self.summary = out.with_suffix(".summary.json")
        self.folder = out.with_name(out.name + ".part")

    def check(self, files: Iterable[Path]) -> None:
        """Raise :class:`BatchStopped` where one of the files to be read would be written."""
        written = {path.resolve() for path in (self.out, self.answers, self.summary)}
        for path in files:
            if path.resolve() in written:
                raise BatchStopped(f"{path} would be read and overwritten; name another output")


class Job:
    """A job on an output, which no other process may have at the same time. To be used with ``with``."""

    def __init__(self, names: Names, settings: dict[str, Any], resume: bool, force: bool) -> None:
        """``settings`` are what a job that goes on must share with the one that began: files, day, law and the like.

        Raises :class:`BatchStopped` where something stands in the way.
        """
        self.names = names
        self._settings = settings
        self.is_done = False
        self.place = Place()
        self.kept: dict[str, Any] = {}
        if names.out.exists() and not names.folder.exists() and not force:
            if not resume:
                raise BatchStopped(f"{names.out} is there already; overwrite it with --force, or name another output")
            self.is_done = True
            return
        self._lock = self._locked()
        journal = self._journal()
        if journal is not None and self._all_in_place():
            self._lock.close()
            shutil.rmtree(names.folder)
            self.is_done = True
            return
        if journal is not None and not (resume or force):
            raise BatchStopped(f"a job on {names.out} was not finished; {_ADVICE}")
        if journal is not None and not force:
            self._go_on(journal)
        else:
            for part in _PARTS:
                (names.folder / part).write_bytes(b"")
            (names.folder / "journal.json").unlink(missing_ok=True)
        self._files: dict[str, BinaryIO] = {part: (names.folder / part).open("ab") for part in _PARTS}
        self.began_anew = journal is None or force

    def __enter__(self) -> Job:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        if not self.is_done or hasattr(self, "_files"):
            for file in self._files.values():
                file.close()
            self._lock.close()

    def write(self, part: str, text: bytes) -> None:
        """Add to the rows, the answers or the profiles; nothing counts until :meth:`reached` is called."""
        self._files[part].write(text)

    def reached(self, place: Place, kept: dict[str, Any]) -> None:
        """Note that all is written up to a place, and what else has to be known to go on."""
        self.place, self.kept = place, kept
        lengths = {}
        for part, file in self._files.items():
            file.flush()
            os.fsync(file.fileno())
            lengths[part] = file.tell()
        path = self.names.folder / "journal.json"
        written = path.with_suffix(".new")
        with written.open("wb") as journal:
            journal.write(orjson.dumps({"settings": self._settings, "place": [*place], "lengths": lengths, "kept": kept}))
            journal.flush()
            os.fsync(journal.fileno())
        written.replace(path)

    def profiles(self) -> Iterator[dict[str, Any]]:
        """Yield what was noted of each profile, in order."""
        self._files["profiles"].flush()
        with (self.names.folder / "profiles").open("rb") as lines:
            for line in lines:
                yield orjson.loads(line)

    def part(self, name: str) -> Path:
        """Return the path of a file of the job, all of which is written."""
        if name in self._files:
            self._files[name].flush()
        return self.names.folder / name

    def finish(self, rows: Path, summary: bytes) -> None:
        """Put the finished files in their places: the output last, since it says that the job is done."""
        names, final = self.names, self.names.folder / _FINAL
        answers = self.part("answers")
        rows.replace(final)
        answers.replace(names.answers)
        names.summary.write_bytes(summary)
        final.replace(names.out)
        shutil.rmtree(names.folder)
        self.is_done = True

    def _locked(self) -> BinaryIO:
        self.names.folder.mkdir(parents=True, exist_ok=True)
        lock = (self.names.folder / "lock").open("ab")
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass  # a system without such locks has to be trusted
        except OSError:
            lock.close()
            raise BatchStopped(f"another job is writing {self.names.out}; wait for it, or name another output") from None
        return lock

    def _all_in_place(self) -> bool:
        """Say whether the job was ended when all that was left to do was to remove its folder."""
        folder = self.names.folder
        return self.names.out.exists() and not (folder / "answers").exists() and not (folder / _FINAL).exists()

    def _journal(self) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = orjson.loads((self.names.folder / "journal.json").read_bytes())
        except FileNotFoundError:
            return None
        except orjson.JSONDecodeError:
            raise BatchStopped(f"the journal in {self.names.folder} is damaged; begin anew with --force") from None
        return found

    def _go_on(self, journal: dict[str, Any]) -> None:
        before, now = journal["settings"], orjson.loads(orjson.dumps(self._settings))
        differing = [name for name in {**before, **now} if before.get(name) != now.get(name)]
        if differing:
            raise BatchStopped(
                f"the job on {self.names.out} began with other {' and '.join(differing)}, so that it cannot go on; begin anew with --force"
            )
        moved = {"answers": self.names.answers, "rows": self.names.folder / _FINAL}  # where the end of a job puts them
        for part, length in journal["lengths"].items():
            path = self.names.folder / part
            if not path.exists() and part in moved and moved[part].exists():
                moved[part].replace(path)
            if not path.exists() or path.stat().st_size < length:
                raise BatchStopped(f"{path} is shorter than the journal says; begin anew with --force")
            os.truncate(path, length)
        self.place, self.kept = Place(*journal["place"]), journal["kept"]
