"""A process that has no file descriptor left, for a while: nothing of the pool is lost by it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import os, resource, sys
from comity.sparql.refusals import Refused
from comity.sparql.workers import Job, WorkerPool

JSON = {"select": "application/sparql-results+json", "ask": "application/sparql-results+json"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) }"

def use_up():
    taken = []
    while True:
        try:
            taken.append(os.open(os.devnull, os.O_RDONLY))
        except OSError:
            return taken

def refused(job):
    try:
        return pool.ask(job).future.result(60).form
    except Refused as error:
        return error.status

resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
pool = WorkerPool(sys.argv[1], 1, wall_seconds=1)
taken = use_up()
try:
    pool.start()
except Refused as error:
    print("without any:", error.status)
print("a query:", refused(Job("ASK {}", JSON)))
for number in taken:
    os.close(number)
pool.start()
taken = use_up()
print("one that is killed:", refused(Job(ENDLESS, JSON)))
print("the next:", refused(Job("ASK {}", JSON)))
print("workers:", len(pool.pids()))
for number in taken:
    os.close(number)
print("afterwards:", refused(Job("ASK {}", JSON)))
kept = pool.pids()
print("workers:", len(kept), all(os.path.exists(f"/proc/{pid}") for pid in kept))
print("again:", refused(Job("ASK {}", JSON)), pool.pids() == kept)
pool.close()
"""


def test_descriptors_used_up_lose_no_worker(dataset: Path) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(dataset)], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.splitlines() == [
        "without any: 503",
        "a query: 503",
        "one that is killed: 504",
        "the next: 503",
        "workers: 0",
        "afterwards: ask",
        "workers: 1 True",
        "again: ask True",
    ], done.stderr
    assert done.stderr == ""
