"""A service started for a measurement: its processes, their memory, and how long its health takes to answer meanwhile."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Served", "served"]

_DESCRIPTORS = 1024  # what most systems allow a process


class Served:
    """A running service on loopback."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "application/json", seconds: float = 40) -> tuple[int, int, float]:
        """Send a request; return status, bytes of the answer and seconds. The status is 0 where there is no answer in time."""
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request(method, path, body, {"Content-Type": kind})
            answer = connection.getresponse()
            length = 0
            while piece := answer.read(1 << 20):
                length += len(piece)
            return answer.status, length, time.perf_counter() - began
        except (OSError, http.client.HTTPException):
            return 0, 0, time.perf_counter() - began
        finally:
            connection.close()

    def processes(self) -> list[int]:
        """The service's processes, itself first."""
        found = [self.process.pid]
        for pid in found:
            try:
                for task in Path(f"/proc/{pid}/task").iterdir():
                    found += map(int, (task / "children").read_text(encoding="ascii").split())
            except OSError:  # it ended meanwhile
                continue
        return found

    def megabytes(self) -> float:
        """Resident memory of the service and all of its processes, each shared page counted once (proportional set size)."""
        total = 0.0
        for pid in self.processes():
            try:
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
                total += int(rollup.split("\nPss:")[1].split()[0]) / 1024
            except (OSError, IndexError):
                continue
        return total

    @contextmanager
    def watched(self) -> Iterator[list[float]]:
        """Ask for the health again and again meanwhile; the list holds the slowest answer in milliseconds."""
        slowest, over = [0.0], threading.Event()

        def watch() -> None:
            while not over.is_set():
                slowest[0] = max(slowest[0], self.ask("GET", "/healthz", seconds=60)[2] * 1000)
                over.wait(0.01)

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield slowest
        finally:
            over.set()
            thread.join()


@contextmanager
def served(dataset: Path, *, sources: str | None = None, workers: int = 1, settings: dict[str, str] | None = None) -> Iterator[Served]:
    """Serve a dataset on a free port until the block ends; ``sources`` is a folder of another revision's package."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = {"PYTHONPATH": sources} if sources else {}
    environment = {**os.environ, **path, "COMITY_DATASET": str(dataset), "COMITY_WORKERS": str(workers), **(settings or {})}
    with tempfile.TemporaryFile() as log:
        serve = ["sh", "-c", f'ulimit -n {_DESCRIPTORS}; exec "$@"', "sh", sys.executable, "-m", "comity", "serve", "--port", str(port)]
        process = subprocess.Popen(serve, env=environment, stdout=log, stderr=log, start_new_session=True)
        service = Served(process, port)
        try:
            for _ in range(600):
                if service.ask("GET", "/healthz", seconds=2)[0] == 200:
                    break
                time.sleep(0.05)
            yield service
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
