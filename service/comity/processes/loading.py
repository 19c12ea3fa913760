"""The service's side of the loader process and of its workers: starting, forking, asking and ending them."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import comity
from comity.processes import wire

_LOAD_SECONDS = 120.0
_ANSWER_SECONDS = 10.0


class LoaderError(Exception):
    """The loader does not start or does not answer; the message says what to do."""


class Worker:
    """One worker process, child of ``loader``."""

    def __init__(self, loader: Loader, pid: int, channel: socket.socket) -> None:
        self.loader = loader
        self.pid = pid
        self._channel = channel
        self._ending = threading.Lock()
        self._signal: int | None = None

    def ask(self, header: dict[str, Any], text: bytes, timeout: float) -> tuple[dict[str, Any], bytes]:
        """Have it answer one request. Raises ``TimeoutError``, or :class:`wire.Closed` if the process ends first."""
        wire.send(self._channel, header, text, timeout)
        return wire.receive(self._channel, timeout)

    def waiting(self) -> bool:
        """Return whether it is alive and silent, as one that has nothing to do should be."""
        watch = select.poll()
        watch.register(self._channel, select.POLLIN)
        return not watch.poll(0)

    def hang_up(self) -> None:
        """Make :meth:`ask` return at once, from another thread; the process has yet to be ended."""
        with suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)

    def end(self) -> int:
        """Kill it and wait until it is gone; the number of the signal that ended it. Harmless when repeated."""
        with self._ending:
            if self._signal is None:
                self._channel.close()
                self._signal = self.loader.end(self.pid)
            return self._signal


class Loader:
    """A running loader process: ``program`` is the module that it runs, ``loaded`` what that says of what it holds.

    Raises :class:`LoaderError` where what ``settings["path"]`` names cannot be loaded, or no process started.
    """

    def __init__(self, program: str, settings: dict[str, Any]) -> None:
        self._lock = threading.Lock()
        self._closing = False
        self._control, theirs = _channel()
        with theirs:
            arguments = [sys.executable, "-P", "-m", program, str(theirs.fileno()), json.dumps(settings)]
            try:
                self._process = subprocess.Popen(
                    arguments,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env=_environment(),
                    # A session of its own: the terminal's Ctrl-C is for the service, which then ends the loader.
                    start_new_session=True,
                )
            except OSError as error:
                self._control.close()
                raise _out_of(error) from error
        try:
            answer, _ = wire.receive(self._control, _LOAD_SECONDS)
        except (wire.Closed, TimeoutError):
            answer = {"error": "the loading process stopped before it was done"}
        if "error" in answer:
            self.close()
            raise LoaderError(f"The dataset {settings['path']} cannot be loaded: {answer['error']}. Run `comity build`.")
        self.loaded = answer

    @property
    def pid(self) -> int:
        """Return the process id of the loader."""
        return self._process.pid

    def alive(self) -> bool:
        """Return whether the process runs."""
        return self._process.poll() is None

    def fork(self) -> Worker:
        """Return a new worker. Raises :class:`LoaderError`, with or without the loss of the loader (:meth:`alive`)."""
        ours, theirs = _channel()
        try:
            with theirs:
                answer = self._exchange({"do": "fork"}, theirs)
            if "error" in answer:
                raise LoaderError(f"No process can be started to do the work: {answer['error']}.")
        except LoaderError:
            ours.close()
            raise
        return Worker(self, answer["pid"], ours)

    def end(self, pid: int) -> int:
        """End the worker ``pid``, wait until it is gone, and give the signal that ended it. Raises :class:`LoaderError`."""
        signal: int = self._exchange({"do": "end", "pid": pid})["signal"]
        return signal

    def close(self) -> int:
        """End the loader, and by that all of its workers; its exit code, 0 where it saw each of them gone before it ended."""
        self._closing = True
        # Wakes a thread that waits for an answer; closing alone would not.
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._control.close()
        try:
            self._process.wait(_ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        return self._process.wait()

    def _exchange(self, header: dict[str, Any], passed: socket.socket | None = None) -> dict[str, Any]:
        with self._lock:
            try:
                wire.send(self._control, header, timeout=_ANSWER_SECONDS)
                if passed is not None:
                    socket.send_fds(self._control, [b"."], [passed.fileno()])
                return wire.receive(self._control, _ANSWER_SECONDS)[0]
            except (wire.Closed, TimeoutError, OSError) as error:
                # A loader that does not answer is of no use; its workers go with it. One that is closing is busy ending them:
                # killed, it would leave the last of them running for a while.
                if not self._closing:
                    self._process.kill()
                raise LoaderError("The process that holds the dataset was lost.") from error


def _channel() -> tuple[socket.socket, socket.socket]:
    try:
        return socket.socketpair()
    except OSError as error:
        raise _out_of(error) from error


def _out_of(error: OSError) -> LoaderError:
    return LoaderError(f"No process can be started to do the work: {error.strerror}.")


def _environment() -> dict[str, str]:
    """Return the little that the loader needs of our environment: no credentials of the service are there to be found."""
    root = str(Path(comity.__file__).parents[1])
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT")}
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return {**kept, "PYTHONPATH": path, "RUST_BACKTRACE": "0"}
