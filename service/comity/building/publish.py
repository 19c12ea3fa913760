"""Putting a built dataset into its place: whole or not at all, and never in the place of anything else.

A build writes into a folder beside the target, which then changes places with it in one step of the file system. Where that step does not
exist, two renames do it, and what a build that was killed between them had set aside is put back. A lock keeps builds apart, so that
whatever folder of a build is found under the lock belongs to one that is dead. Nothing is deleted but files of a dataset.
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from types import FrameType, ModuleType
from typing import Any

from comity.manifest import FILES, MANIFEST, obstacle

__all__ = ["PublishError", "prepare", "publish", "restore"]

_WAIT_SECONDS = 120.0
"""How long a build waits for another one to have written; that takes seconds."""


class PublishError(ValueError):
    """The dataset cannot be put into its place; says why. What stood there is as it was."""


def prepare(target: Path) -> None:
    """Clear away what a dead build left beside *target*, and put back what it had set aside.

    Raises :class:`PublishError` where no dataset may be put there or none can be written, so that no build runs in vain.
    """
    target = _resolved(target)
    if target.parent.exists():
        _refuse(target)
        with _told(target), _stoppable(), _locked(target):
            _clear(target)


def restore(target: Path) -> None:
    """Put back the dataset that a build had set aside when it was killed before the new one stood in its place.

    Does nothing where there is none. Raises :class:`PublishError`.
    """
    target = _resolved(target)
    if _beside(target, "old").exists() and not target.exists():
        with _told(target), _stoppable(), _locked(target):
            _clear(target)


def publish(target: Path, write: Callable[[Path], None]) -> None:
    """Have *write* put the files of a dataset into an empty folder, then give that folder the place of *target*.

    Raises :class:`PublishError`, and what *write* raises. Whatever happens, *target* is then the old dataset or the new one.
    """
    target = _resolved(target)
    with _told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _stoppable(), _locked(target):
            fresh = _beside(target, "new")
            _clear(target)
            try:
                _refuse(target)
                fresh.mkdir()
                write(fresh)
                for path in (*fresh.iterdir(), fresh):
                    _to_disk(path)
                _refuse(target)  # what came while we wrote is not ours to delete either
                _replace(target, fresh)
            finally:
                with _undisturbed():
                    _clear(target)


def _resolved(target: Path) -> Path:
    """Return the folder itself, where *target* is a link to it: the link stays."""
    return Path(os.path.realpath(target))


def _beside(target: Path, what: str) -> Path:
    return target.parent / f".{target.name}.comity-{what}"


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Tell a fault of the file system, such as a full disk or a folder without the right to write, in a sentence."""
    try:
        yield
    except OSError as fault:
        at = f" ({fault.filename})" if fault.filename else ""
        raise PublishError(f"no dataset can be written to {target}: {fault.strerror or fault}{at}") from fault


def _refuse(target: Path) -> None:
    if (why := obstacle(target)) is not None:
        raise PublishError(
            f"{why}; a build only takes the place of a dataset or of an empty folder. Name another folder with --dataset, "
            "or move this one away"
        )


def _clear(target: Path) -> None:
    """Put back what a build had set aside and remove what it left; only under the lock."""
    old = _beside(target, "old")
    if old.is_dir() and not target.exists():
        old.rename(target)
    for left in (old, _beside(target, "new")):
        if left.is_dir():
            for name in (*FILES, MANIFEST):
                (left / name).unlink(missing_ok=True)
            left.rmdir()  # fails where anything else is inside: that is not ours to delete


def _replace(target: Path, fresh: Path) -> None:
    """Give *fresh* the place of *target*; what stood there is then beside it."""
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        target.rename(_beside(target, "old"))
        fresh.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; false where the system has no such step."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform in ("linux", "darwin") else None
    swap = getattr(libc, "renameat2" if sys.platform == "linux" else "renamex_np", None)
    if swap is None:
        return False
    here, flag = -100, 2  # AT_FDCWD; RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS
    names = os.fsencode(one), os.fsencode(other)
    done = swap(here, names[0], here, names[1], flag) if sys.platform == "linux" else swap(*names, flag)
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Hold the lock of *target*. The system frees it when its holder dies; a file that stays behind then locks nothing."""
    fcntl = _fcntl()
    if fcntl is None:  # no such locks on Windows: builds of one target must not run side by side there
        yield
        return
    path, deadline, held = _beside(target, "lock"), monotonic() + _WAIT_SECONDS, list[int]()
    try:
        while not held:
            with _undisturbed():
                held += _lock(fcntl, path)
            if not held and monotonic() > deadline:
                raise PublishError(f"another build has been writing to {target} for {_WAIT_SECONDS:.0f} s; try again when it has ended")
            if not held:
                sleep(0.05)
        yield
    finally:
        with _undisturbed():
            for descriptor in held:
                path.unlink(missing_ok=True)
                os.close(descriptor)


def _fcntl() -> ModuleType | None:
    try:
        import fcntl
    except ImportError:
        return None
    return fcntl


def _lock(fcntl: ModuleType, path: Path) -> list[int]:
    """Return the descriptor that holds the lock; none if another build has it, or has just removed the file that we opened."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return [descriptor]
    except (BlockingIOError, FileNotFoundError):
        pass  # the caller tries again
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return []


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end what runs inside by an exception, as Ctrl-C does, so that nothing half written stays."""
    before: dict[int, Any] = {}

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                before[number] = signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep signals that would end the build waiting until the block is through."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
