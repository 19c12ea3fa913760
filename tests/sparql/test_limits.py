"""Hostile and heavy queries: what they may use, and that stopping one really stops it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import comity
from comity.processes import wire
from comity.processes.loading import Loader, LoaderError
from comity.sparql.refusals import Refused
from comity.sparql.workers import Job, WorkerPool

pytestmark = pytest.mark.xdist_group("sparql-limits")

JSON = {"select": "application/sparql-results+json", "ask": "application/sparql-results+json"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) }"


@pytest.fixture
def small(dataset: Path) -> Iterator[WorkerPool]:
    """One worker, one second, and room for one query to wait."""
    with WorkerPool(dataset, 1, wall_seconds=1, memory_mb=64, max_results_bytes=200_000, queue=1) as pool:
        pool.start()
        yield pool


def started(pid: int) -> str | None:
    """When the process began, in ticks since the machine did: with the number it is one process for good, since numbers come again.

    ``None`` for one that cannot use a core any more: it is gone, or only waits to be noted as ended by its parent.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else fields[19]


def alive(pid: int) -> bool:
    """Whether the process can still use a core."""
    return started(pid) is not None


def until(condition: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


def ask(client: TestClient, query: str) -> Any:
    return client.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"})


def cpu_seconds(pids: list[int]) -> float:
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def test_a_timeout_frees_the_core(small: WorkerPool, client_of: Callable[[WorkerPool], TestClient]) -> None:
    client = client_of(small)
    (worker,) = small.pids()
    began = time.monotonic()
    answer = ask(client, ENDLESS)
    taken = time.monotonic() - began
    assert not alive(worker)
    assert answer.status_code == 504
    assert answer.json()["limit"] == 1
    assert 1 <= taken < 3
    (fresh,) = small.pids()
    used = cpu_seconds([fresh])
    time.sleep(0.3)
    assert cpu_seconds([fresh]) - used < 0.1
    assert ask(client, "ASK {}").json()["boolean"] is True


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f } }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f",
        "SELECT (STRLEN(?h) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?a) "
        + " ".join(f"BIND(CONCAT({','.join([f'?{name}'] * 8)}) AS ?{chr(ord(name) + 1)})" for name in "abcdefghij")
        + "}",
    ],
    ids=["distinct", "sort", "concat"],
)
def test_a_memory_bomb_is_defused(dataset: Path, client_of: Callable[[WorkerPool], TestClient], query: str) -> None:
    with WorkerPool(dataset, 1, wall_seconds=20, memory_mb=64) as pool:
        client = client_of(pool)
        answer = ask(client, query)
        assert answer.status_code == 422, answer.text
        assert "memory" in answer.json()["detail"]
        assert ask(client, "ASK {}").json()["boolean"] is True


def test_a_long_result_is_refused_whole(small: WorkerPool, client_of: Callable[[WorkerPool], TestClient]) -> None:
    answer = ask(client_of(small), "SELECT * { ?s ?p ?o }")
    assert answer.status_code == 422
    assert answer.json()["limit"] == 200_000
    assert "bindings" not in answer.text


def test_a_query_that_nobody_waits_for_is_stopped(dataset: Path, serve: Callable[[WorkerPool], tuple[str, int]]) -> None:
    with WorkerPool(dataset, 1, wall_seconds=60) as pool:
        pool.start()
        (worker,) = pool.pids()
        address = serve(pool)
        with socket.create_connection(address) as caller:
            head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(ENDLESS)}\r\n\r\n"
            caller.sendall((head + ENDLESS).encode())
            assert until(lambda: cpu_seconds([worker]) > 0.1)
        assert until(lambda: not alive(worker)), "the query still runs although its caller hung up"
        assert until(lambda: len(pool.pids()) == 1)


def test_a_cancelled_query_leaves_the_queue_or_its_process(dataset: Path) -> None:
    with WorkerPool(dataset, 1, wall_seconds=60, queue=1) as pool:
        pool.start()
        (worker,) = pool.pids()
        running, waiting = pool.ask(Job(ENDLESS, JSON)), pool.ask(Job(ENDLESS, JSON))
        assert until(lambda: cpu_seconds([worker]) > 0.1)
        waiting.cancel()
        assert waiting.future.cancelled()
        running.cancel()
        with pytest.raises(Refused, match="went away"):
            running.future.result(5)
        assert not alive(worker)
        assert b"true" in (pool.ask(Job("ASK {}", JSON)).future.result(5).body or b"")


def test_a_full_queue_says_when_to_come_back(dataset: Path, client_of: Callable[[WorkerPool], TestClient]) -> None:
    with WorkerPool(dataset, 1, wall_seconds=60, queue=1) as pool:
        runs = [pool.ask(Job(ENDLESS, JSON)) for _ in range(2)]
        began = time.monotonic()
        answer = ask(client_of(pool), "ASK {}")
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) >= 1
        assert time.monotonic() - began < 10, "it was queued first"
        for run in runs:
            run.cancel()
        assert until(lambda: ask(client_of(pool), "ASK {}").status_code == 200)


def test_a_query_does_not_wait_for_ever(small: WorkerPool) -> None:
    """The one that waits is told so after its own time, although a process is free by then."""
    first, second = small.ask(Job(ENDLESS, JSON)), small.ask(Job("ASK {}", JSON))
    with pytest.raises(Refused) as timed_out:
        first.future.result(10)
    assert timed_out.value.status == 504
    with pytest.raises(Refused) as waited:
        second.future.result(10)
    assert waited.value.status == 503


def test_a_lost_worker_and_a_lost_loader_are_replaced(dataset: Path) -> None:
    with WorkerPool(dataset, 1) as pool:
        pool.start()
        (worker,) = pool.pids()
        os.kill(worker, signal.SIGKILL)
        time.sleep(0.1)
        assert pool.ask(Job("ASK {}", JSON)).future.result(10).form == "ask"
        loader = int(Path(f"/proc/{pool.pids()[0]}/stat").read_text().rpartition(")")[2].split()[1])
        orphan = pool.pids()[0]
        os.kill(loader, signal.SIGKILL)
        assert until(lambda: not alive(orphan)), "a worker outlived its loader"
        assert pool.ask(Job("ASK {}", JSON)).future.result(10).form == "ask"


def test_closing_ends_every_process(dataset: Path) -> None:
    pool = WorkerPool(dataset, 2, wall_seconds=60)
    pool.start()
    workers = pool.pids()
    began = {pid: started(pid) for pid in workers}
    assert None not in began.values()
    run = pool.ask(Job(ENDLESS, JSON))
    assert until(lambda: cpu_seconds(workers) > 0.1)
    pool.close()
    assert [pid for pid in workers if started(pid) == began[pid]] == []
    with pytest.raises(Refused):
        run.future.result(5)
    with pytest.raises(Refused, match="shutting down"):
        pool.ask(Job("ASK {}", JSON))


def test_a_loader_that_closes_is_left_to_end_its_workers(dataset: Path) -> None:
    """A thread whose query breaks off asks for the end of its worker just then; that must not cut the ending short."""
    limits = {"cpu_seconds": 60, "memory_mb": 64, "max_result_bytes": 1000}
    loader = Loader("comity.sparql.loader", {"path": str(dataset / "dataset.nq"), "base_iri": "http://x/", **limits})
    worker, other = loader.fork(), loader.fork()

    def ask() -> None:
        with pytest.raises(wire.Closed):
            worker.ask(Job(ENDLESS, JSON).header(), ENDLESS.encode(), 60)
        with pytest.raises(LoaderError):
            worker.end()

    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(ask)
        assert until(lambda: cpu_seconds([worker.pid]) > 0.1)
        assert loader.close() == 0
        asked.result(20)
    assert not alive(worker.pid) and not alive(other.pid)


def test_the_processes_end_with_the_service(dataset: Path) -> None:
    """Even where it is killed in the middle of a query."""
    program = (
        "import sys; from comity.sparql.workers import Job, WorkerPool\n"
        f"pool = WorkerPool({str(dataset)!r}, 1, wall_seconds=60); pool.start()\n"
        f"pool.ask(Job({ENDLESS!r}, {JSON!r})); print(*pool.pids(), flush=True); sys.stdin.read()"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(comity.__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as service:
        assert service.stdout is not None
        worker = int(service.stdout.readline())
        assert until(lambda: cpu_seconds([worker]) > 0.1)
        service.kill()
    assert until(lambda: not alive(worker))


def test_the_kernel_ends_a_query_that_nobody_is_left_to_stop(dataset: Path) -> None:
    program = (
        "import socket; from comity.processes import wire, worker; from comity.sparql.loader import trade\n"
        f"answer, _ = trade(dict(path={str(dataset / 'dataset.nq')!r}, base_iri='http://x/', max_result_bytes=1000))\n"
        "ours, theirs = socket.socketpair()\n"
        f"header = dict(formats={JSON!r}, default_graphs=[], named_graphs=[])\n"
        f"wire.send(ours, header, {ENDLESS!r}.encode())\n"
        "worker.serve(theirs, answer, worker.Limits(0.5, 256))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(comity.__file__).parents[1])}
    ended = subprocess.run([sys.executable, "-c", program], env=environment, timeout=30, check=False)
    assert ended.returncode == -signal.SIGXCPU


def test_a_dataset_that_is_not_there(tmp_path: Path, client_of: Callable[[WorkerPool], TestClient]) -> None:
    (tmp_path / "dataset.nq").write_text("<a> this is no N-Quads\n")
    for path in (tmp_path / "none", tmp_path):
        with WorkerPool(path, 1) as pool:
            client = client_of(pool)
            for answer in (client.get("/sparql"), ask(client, "ASK {}")):
                assert answer.status_code == 503
                assert "comity build" in answer.json()["detail"]
                assert answer.headers["retry-after"]


@pytest.fixture
def listener() -> Iterator[tuple[int, list[Any]]]:
    """A server on loopback that only notes who calls."""
    calls: list[Any] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, caller = server.accept()
            except OSError:
                return
            calls.append(caller)
            connection.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield server.getsockname()[1], calls
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ {{ SELECT * {{ VALUES ?where {{ <{address}> }} SERVICE ?where {{ ?s ?p ?o }} }} }} }}",
        "SELECT * FROM <{address}> {{ ?s ?p ?o }}",
        "LOAD <{address}>",
    ],
)
def test_no_query_calls_anybody(client: TestClient, listener: tuple[int, list[Any]], query: str) -> None:
    port, calls = listener
    answer = ask(client, query.format(address=f"http://127.0.0.1:{port}/"))
    assert answer.status_code == 400
    time.sleep(0.1)
    assert calls == []


def test_a_query_that_outwits_the_guard_calls_nobody_either(dataset: Path, listener: tuple[int, list[Any]]) -> None:
    """The store follows SERVICE; a process that is locked in cannot. The same program without the lock shows that the test can fail."""
    port, calls = listener
    program = (
        "import sys; from comity.processes import worker; from comity.sparql import execution; from comity.sparql.guard import Query\n"
        f"source = execution.open_source({str(dataset / 'dataset.nq')!r}, 'http://x/')\n"
        "if sys.argv[1] == 'locked': worker.lock_in(worker.Limits(10, 256))\n"
        f"text = 'SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}'\n"
        "try: execution.run(source, Query(text, 'select', None, None, {}), 'text/csv', 1000)\n"
        "except execution.refusals.Refused as refused: print(refused.status)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(comity.__file__).parents[1])}
    for state, called in (("locked", False), ("open", True)):
        ended = subprocess.run(
            [sys.executable, "-c", program, state], capture_output=True, text=True, env=environment, timeout=20, check=True
        )
        assert ended.stdout.strip() == "500"
        assert until(lambda: bool(calls), 1 if called else 0.2) is called


def test_a_worker_holds_nothing_but_its_line_to_the_service(pool: WorkerPool) -> None:
    for pid in pool.pids():
        held = [os.readlink(f"/proc/{pid}/fd/{number}") for number in os.listdir(f"/proc/{pid}/fd")]
        assert sorted(held)[:3] == ["/dev/null"] * 3
        assert len(held) == 4
        assert held[-1].startswith("socket:") or any(name.startswith("socket:") for name in held)
        limits = Path(f"/proc/{pid}/limits").read_text()
        assert [line.split()[3:5] for line in limits.splitlines() if line.startswith("Max open files")] == [["0", "0"]]


def test_a_worker_stays_small(pool: WorkerPool) -> None:
    """It imports neither the web framework nor rdflib."""
    for pid in pool.pids():
        resident = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
        assert int(resident.split()[1]) < 60_000
        maps = Path(f"/proc/{pid}/maps").read_text()
        assert "pydantic_core" not in maps
