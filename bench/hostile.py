"""What hostile or unlucky requests cost a service: one row each, bounded in time, on loopback only.

``python -m bench.hostile DATASET [--sources FOLDER]`` serves a built dataset, with the package of another revision if asked
(its ``service/`` folder), and prints a table: what was sent, what came of it, and how long ``/healthz`` took meanwhile.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from os import environ
from pathlib import Path
from typing import Any

import orjson

from bench.served import Served, served
from comity.paths import source_root
from comity.scenarios.format import read_scenarios

CHECK = "/v1/conflict-check"
DAY = {"asOf": "2026-09-30"}
QUERY = "application/sparql-query"


def bodies() -> dict[str, bytes]:
    """Return short descriptions that ask for much, by what they are."""
    items: list[dict[str, Any]] = [{}] * 200
    parties = [{"id": f"p{number}"} for number in range(500)]
    return {
        name: orjson.dumps({**DAY, **facts})
        for name, facts in {
            "50 legs of {}": {"legs": [{}] * 50},
            "500 parties on 50 legs": {"parties": parties, "legs": [{}] * 50},
            "10,000 items in 50 legs": {"legs": [{"dataItems": items}] * 50},
            "200 different items": {"dataItems": [{"persons": number} for number in range(200)]},
            "1,500 unknown party ids (33 kB)": {
                "parties": [{"id": f"p{n}", "controlledBy": [f"q{n}", f"r{n}", f"s{n}"]} for n in range(500)]
            },
            "unknown places (1 MB)": {"dataItems": [{"collectedIn": ["Atlantis number so and so"] * 170} for _ in range(190)]},
            "the most legs that are read": {"legs": [{}] * 32},
            "the most items that are read": {"dataItems": [{"persons": number} for number in range(93)]},
        }.items()
    }


def ordinary() -> list[bytes]:
    """Return flows as people send them: every ninth scenario."""
    return [orjson.dumps(s.description) for s in read_scenarios(source_root() / "tests" / "scenarios")][::9][:201]


def race(service: Served) -> str:
    """Eight flows of 33 kB at once on a fresh server, then ordinary ones."""
    flow = orjson.loads((source_root() / "examples" / "three-laws-one-flow.json").read_bytes())
    others = [{"id": f"{number:0200}"} for number in range(160)]
    flows = [orjson.dumps({**flow, "asOf": f"202{n}-06-01", "parties": [*flow.get("parties", []), *others]}) for n in range(8)]
    with ThreadPoolExecutor(8) as threads:
        at_once = Counter(threads.map(lambda body: service.ask("POST", CHECK, body)[0], flows))
    later = Counter(service.ask("POST", CHECK, body)[0] for body in ordinary())
    return f"at once {dict(at_once)}, then 201 ordinary flows {dict(later)}"


def heavy(body: bytes, path: str = CHECK, kind: str = "application/json") -> Callable[[Served], str]:
    """Return what sends one body and tells status, time, size, memory and the slowest health meanwhile."""

    def send(service: Served) -> str:
        with service.watched() as slowest:
            status, length, seconds = service.ask("POST", path, body, kind)
        return (
            f"{len(body):,} bytes in: {status or 'no answer in 40 s'}, {seconds:.2f} s, {length / 1e6:.1f} MB out, "
            f"{service.megabytes():.0f} MB resident, healthz {slowest[0]:.0f} ms"
        )

    return send


def addresses(service: Served) -> str:
    """Addresses that no thing can have, and a number that no page can have."""
    paths = ("/ns/%5B", "/ns/%25", "/id/%C2%85", "/id/%FF%FE", "/v1/norms?offset=18446744073709551616")
    return ", ".join(f"{path} {service.ask('GET', path)[0]}" for path in paths)


def idle(service: Served) -> str:
    """A thousand connections that say nothing; a newcomer asks for the health."""
    held = []
    for _ in range(1009):
        try:
            held.append(socket.create_connection(("127.0.0.1", service.port), timeout=2))
        except OSError:
            break
    status, _, seconds = service.ask("GET", "/healthz", seconds=5)
    for connection in held:
        connection.close()
    return f"{len(held)} held; healthz answers {status or 'nothing in 5 s'} after {seconds * 1000:.0f} ms"


def unread(service: Served) -> str:
    """Forty clients that ask for a long result and never read it."""
    query = b"SELECT * { { ?a ?b ?c } UNION { ?d ?e ?f } } LIMIT 70000"
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\nContent-Type: {QUERY}\r\nContent-Length: {len(query)}\r\n\r\n".encode()
    before, held = service.megabytes(), []
    for _ in range(40):
        connection = socket.create_connection(("127.0.0.1", service.port), timeout=2)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(head + query)
        held.append(connection)
        time.sleep(0.3)
    time.sleep(2)
    after = service.megabytes()
    for connection in held:
        connection.close()
    return f"{after - before:+.0f} MB while they wait"


def headers(service: Served) -> str:
    """Header lines without end."""
    sent, line = 0, b"X-A: " + b"a" * 60_000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        try:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
            while sent < 300_000_000:
                connection.sendall(line)
                sent += len(line)
        except OSError:
            pass
    return f"{sent / 1e6:.1f} MB taken in, {service.megabytes():.0f} MB resident"


def data_loss(dataset: Path, sources: str | None) -> str:
    """``comity check --dataset`` with a folder that holds other files; ``serve`` with a plain file."""
    environment = {**environ, **({"PYTHONPATH": sources} if sources else {})}
    flow = str(source_root() / "examples" / "three-laws-one-flow.json")
    with tempfile.TemporaryDirectory() as folder:
        kept, plain = Path(folder) / "papers", Path(folder) / "plain"
        kept.mkdir()
        (kept / "thesis.txt").write_text("years of work", encoding="utf-8")
        plain.write_text("a file", encoding="utf-8")
        run = [sys.executable, "-m", "comity"]
        code = subprocess.run(
            [*run, "check", flow, "--dataset", str(kept)], env=environment, capture_output=True, timeout=120, check=False
        ).returncode
        try:
            served_code: object = subprocess.run(
                [*run, "serve", "--port", "0", "--dataset", str(plain)], env=environment, capture_output=True, timeout=20, check=False
            ).returncode
        except subprocess.TimeoutExpired:
            served_code = "served"
        return (
            f"other files {'kept' if (kept / 'thesis.txt').exists() else 'LOST'} (check: exit {code}); "
            f"plain file {'kept' if plain.is_file() else 'LOST'} (serve: {served_code})"
        )


def damaged(dataset: Path, sources: str | None) -> str:
    """Exit codes of ``comity check`` for datasets that are not what was built."""
    environment = {**environ, **({"PYTHONPATH": sources} if sources else {})}
    flow = str(source_root() / "examples" / "three-laws-one-flow.json")
    told = []
    for name, file, damage in (
        ("one word of the program", "program.json", lambda text: text.replace('"Prohibition"', '"Obligation"', 1)),
        ("half the graph", "dataset.nq", lambda text: text[: len(text) // 2]),
        ("an empty manifest", "manifest.json", lambda text: "{}"),
    ):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "dataset"
            shutil.copytree(dataset, copy)
            (copy / file).write_text(damage((copy / file).read_text(encoding="utf-8")), encoding="utf-8")
            ended = subprocess.run(
                [sys.executable, "-m", "comity", "check", flow, "--dataset", str(copy)],
                env=environment,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            told.append(f"{name}: exit {ended.returncode}{' with a traceback' if 'Traceback' in ended.stderr else ''}")
    return "; ".join(told)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile", description=__doc__)
    parser.add_argument("dataset", type=Path, help="a folder that comity build wrote")
    parser.add_argument("--sources", help="the service/ folder of another revision")
    asked = parser.parse_args()
    rows: list[tuple[str, Callable[[Served], str]]] = [
        ("race", race),
        *((name, heavy(body)) for name, body in bodies().items()),
        ("a query of 64 kB of a.a.a", heavy(b"SELECT * { " + b"a." * 32_000 + b" }", "/sparql", QUERY)),
        ("addresses", addresses),
        ("1,009 idle connections", idle),
        ("40 clients that never read", unread),
        ("300 MB of headers", headers),
    ]
    for name, row in rows:
        with served(asked.dataset, sources=asked.sources, warm=row is not race) as service:
            print(f"| {name} | {row(service)} |", flush=True)
    for name, command in (("data loss", data_loss), ("a damaged dataset", damaged)):
        print(f"| {name} | {command(asked.dataset, asked.sources)} |", flush=True)


if __name__ == "__main__":
    main()
