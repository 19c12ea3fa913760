"""Descriptions judged in processes of their own: the same answers, within a time, a memory and a length, and nothing lost by a kill."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import orjson
import pytest
from fastapi.testclient import TestClient

from comity.api import Settings, create_app
from comity.check.checker import Checker
from comity.check.dataset import load_checker
from comity.judging.judges import JudgingPool, Wanted
from comity.paths import source_root
from comity.processes.failures import Failure, TooMany

PATH = "/v1/conflict-check"
FLOW = orjson.loads((source_root() / "examples" / "three-laws-one-flow.json").read_bytes())
SLOW = {"asOf": "2026-09-30", "legs": [{}] * 30}
"""A route that takes some tenths of a second: nothing is said, so everything is open."""


@pytest.fixture(scope="module")
def dataset(built: Path) -> Path:
    """The real graph, built."""
    return built


@pytest.fixture(scope="module")
def judge(dataset: Path) -> Checker:
    """The checker whose answers are wanted."""
    return load_checker(dataset, profile_bytes=0)


def service(dataset: Path, **more: object) -> TestClient:
    return TestClient(create_app(Settings(dataset=dataset, sparql_workers=0, check_workers=1, **more)), raise_server_exceptions=False)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def client(dataset: Path) -> Iterator[TestClient]:
    """A service with one process that judges."""
    with service(dataset) as client:
        yield client


def other_figures(flow: dict) -> dict:
    items = [{**item, "persons": item["persons"] + 1} if isinstance(item.get("persons"), int) else item for item in flow["dataItems"]]
    return {**flow, "dataItems": items}


def test_answers_are_those_of_the_checker_byte_for_byte(client: TestClient, judge: Checker) -> None:
    long = {**FLOW, "parties": [*FLOW.get("parties", []), *({"id": f"{number:0200}"} for number in range(160))]}
    assert len(orjson.dumps(long)) > 32 * 1024
    for flow in (FLOW, other_figures(FLOW), FLOW, long, {"asOf": "2026-09-30", "legs": [FLOW_LEG, {}]}):
        assert client.post(PATH, json=flow).content == judge.check_json(flow, "summary")


FLOW_LEG = {"act": "disclosure", "from": "CN", "to": "DE", "dataItems": [{"categories": ["EmailAddress"], "persons": 10}]}


def test_a_profile_that_was_seen_is_answered_without_a_process(client: TestClient, judge: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post(PATH, json=FLOW)
    monkeypatch.setattr(JudgingPool, "submit", lambda *_: pytest.fail("it was judged anew"))
    again = other_figures(FLOW)
    assert client.post(PATH, json=again).content == judge.check_json(again, "summary")


@pytest.mark.parametrize(("accept", "lang"), [("text/turtle", None), ("application/ld+json", "zh"), ("application/json", "en")])
def test_other_forms_come_from_the_process_too(client: TestClient, accept: str, lang: str | None) -> None:
    answer = client.post(PATH, json=FLOW, params={"lang": lang} if lang else {}, headers={"Accept": accept})
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(accept)
    assert FLOW["asOf"] in answer.text


def test_faults_are_told_as_in_process(client: TestClient) -> None:
    refused = client.post(PATH, json={**FLOW, "to": "Atlantis"})
    assert refused.status_code == 422 and refused.json()["errors"][0]["pointer"] == "/to"
    long = client.post(PATH, content=b'{"asOf": "2026-09-30", ' + b" " * 40_000 + b"tru}", headers={"Content-Type": "application/json"})
    assert long.status_code == 400 and long.json()["errors"][0]["column"] > 40_000


def test_a_killed_process_is_replaced(judge: Checker, dataset: Path) -> None:
    with service(dataset, profile_megabytes=0) as client:
        assert client.post(PATH, json=FLOW).status_code == 200
        for killed in ("worker", "loader"):
            pids = judging_processes()
            os.kill(pids[-1] if killed == "worker" else pids[0], signal.SIGKILL)
            answers = [client.post(PATH, json=FLOW) for _ in range(3)]
            assert {answer.status_code for answer in answers} <= {200, 503}
            assert answers[-1].content == judge.check_json(FLOW, "summary")


def judging_processes() -> list[int]:
    """The processes of this process that judge, the loader before its worker; the youngest pair."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                command, stat = (folder / "cmdline").read_bytes(), (folder / "stat").read_text()
            except OSError:
                continue
            if b"comity.judging.program" in command and stat.rpartition(")")[2].split()[0] != "Z":
                found.append((int(folder.name), int(stat.rpartition(")")[2].split()[1])))
    own = [pid for pid, parent in found if parent == os.getpid()][-1]
    return [own, *(pid for pid, parent in found if parent == own)]


def test_a_check_that_takes_too_long_is_stopped_and_the_next_is_answered(dataset: Path) -> None:
    with service(dataset, check_timeout_seconds=0.05) as client:
        for _ in range(200):  # until the process that judges has begun
            stopped = client.post(PATH, json=SLOW)
            assert stopped.status_code == 503 and stopped.headers["retry-after"]
            if "stopped" in stopped.json()["detail"]:
                return
            time.sleep(0.2)
        pytest.fail(f"nothing was stopped: {stopped.json()['detail']}")


def test_an_answer_that_is_too_long_is_refused_with_what_to_do(dataset: Path) -> None:
    with service(dataset, max_answer_bytes=20_000) as client:
        whole = f"{PATH}?detail=all"
        refused = client.post(whole, json={"asOf": "2026-09-30"})
        assert refused.status_code == 413 and refused.json()["limit"] == 20_000
        assert client.post(whole, json={"asOf": "2026-09-30"}, headers={"Accept": "text/turtle"}).status_code == 413


def test_a_full_queue_says_when_to_come_back(dataset: Path, judge: Checker) -> None:
    pool = JudgingPool(judge, dataset, size=1, wall_seconds=20, memory_mb=512, queue=0, most_bytes=1 << 26, depth=64, failed=told)
    try:
        pool.start()
        running = pool.judge(orjson.dumps(SLOW), Wanted())
        with pytest.raises(TooMany):
            pool.judge(orjson.dumps({**SLOW, "asOf": "2026-09-29"}), Wanted())
        assert not isinstance(running, bytes)
        assert running.future.result(30)
    finally:
        pool.close()


def told(failure: Failure) -> Exception:
    return failure


def test_ready_is_said_only_where_a_flow_can_be_checked(dataset: Path, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/readyz").json() == {"status": "ready"}
    monkeypatch.setattr(JudgingPool, "submit", lambda pool, *_: (_ for _ in ()).throw(pool._failed(TooMany(1))))
    answer: httpx.Response = client.get("/readyz")
    assert answer.status_code == 503 and answer.headers["content-type"] == "application/problem+json"
    assert client.get("/healthz").status_code == 200
