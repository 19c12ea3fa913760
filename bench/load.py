"""A minute of ordinary flows on a service with one worker and with two, while processes of it are killed.

``python -m bench.load DATASET [--seconds N] [--sources FOLDER]`` prints requests a second, latency, memory, and what was not answered.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import threading
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles

from bench.hostile import CHECK, ordinary
from bench.served import Served, served

CLIENTS = 8


def load(service: Served, seconds: float) -> tuple[list[float], Counter[int]]:
    """Send flows by eight clients until the time is over; return the seconds of each answer, and how often each status came."""
    flows, end = ordinary(), time.perf_counter() + seconds
    taken: list[float] = []
    statuses: Counter[int] = Counter()

    def client(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
        number = first
        while (began := time.perf_counter()) < end:
            number += CLIENTS
            try:
                connection.request("POST", CHECK, flows[number % len(flows)], {"Content-Type": "application/json"})
                answer = connection.getresponse()
                answer.read()
                statuses[answer.status] += 1
                taken.append(time.perf_counter() - began)
            except (OSError, http.client.HTTPException):
                statuses[0] += 1
                connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, statuses


def kill_one(service: Served, program: str) -> int | None:
    """Kill -9 one process of the service whose command names ``program``; a child of it where there is one."""
    for pid in service.processes():
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        parent = int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])
        if program.encode() in command and program.encode() in Path(f"/proc/{parent}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)
            return pid
    return None


def main() -> None:
    """Print a row for each number of workers, undisturbed and with kills."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("dataset", type=Path, help="a folder that comity build wrote")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--sources", help="the service/ folder of another revision")
    asked = parser.parse_args()
    for workers in (1, 2):
        for killing in ((), ("comity.judging", "comity.sparql")):
            with served(asked.dataset, sources=asked.sources, workers=workers) as service:
                timers = [
                    threading.Timer(asked.seconds * share, kill_one, (service, program))
                    for share, program in zip((0.3, 0.6), killing, strict=False)
                ]
                for timer in timers:
                    timer.start()
                taken, statuses = load(service, asked.seconds)
                cuts = quantiles(taken, n=100)
                ready = service.ask("GET", "/readyz")[0], service.ask("POST", "/sparql", b"ASK {}", "application/sparql-query")[0]
                what = f"{workers} workers{', processes killed' if killing else ''}"
                speed = f"{len(taken) / asked.seconds:.0f}/s | p50 {cuts[49] * 1000:.1f} ms | p99 {cuts[98] * 1000:.1f} ms"
                print(f"| {what} | {speed} | {service.megabytes():.0f} MB | {dict(statuses)} | afterwards {ready} |", flush=True)


if __name__ == "__main__":
    main()
