"""Texts of 64 kB, made to cost much: reading each takes a bounded amount of processor time, however busy the machine is."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from comity.sparql.guard import inspect
from comity.sparql.refusals import Refused

SIZE = 65536
CPU_SECONDS = 8  # ten times what the slowest takes; what grew with the square of the length took from 50 s to minutes

READ = """
import sys
from comity.sparql.guard import inspect
from comity.sparql.refusals import Refused
try:
    inspect(sys.stdin.read(), ["http://g"], base_iri="http://x/")
except Refused as refused:
    assert refused.status == 400
print("read")
"""
WRITE = """
import sys
from comity.sparql.execution import LoadedDataset, run
from comity.sparql.guard import inspect
import pyoxigraph as ox
store = ox.Store()
for number in range(2):
    store.add(ox.Quad(ox.NamedNode(f"http://s{number}"), ox.NamedNode("http://p"), ox.Literal("o")))
try:
    run(LoadedDataset(store, {}, 2, "http://x/"), inspect(sys.stdin.read(), [], base_iri="http://x/"), "application/rdf+xml", 1 << 24)
except Exception as refused:
    assert refused.status == 406
print("read")
"""


def _read(program: str, text: str) -> subprocess.CompletedProcess[str]:
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_CPU, ({CPU_SECONDS}, {CPU_SECONDS}))\n" + program
    return subprocess.run([sys.executable, "-c", limited], input=text, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "unit",
    ["a.", "a..", "1a.", "é·.-", "a-.b_", "a:b.", ":a........", "_:a.", "<a", "'''x''x", "'''x' :\\~ ", "1.", "(   ", "BASE <x/>"],
)
@pytest.mark.parametrize("before", ["", "SELECT * { ?s ?p "])
def test_a_repeated_piece_is_read_in_linear_time(unit: str, before: str) -> None:
    text = (before + unit * SIZE)[:SIZE]
    done = _read(READ, text)
    assert done.returncode != -signal.SIGXCPU, "it took too much processor time"
    assert done.stdout.strip() == "read", done.stderr


def test_a_chain_of_relative_bases_ends() -> None:
    """Each relative BASE lengthens the base that all after it are joined to: 63 kB would make 100 MB of IRIs."""
    with pytest.raises(Refused, match="longer than 4096 characters"):
        inspect("BASE <x/>" * 4000 + "PREFIX a:<y>" * 2000 + "ASK {}", [], base_iri="http://x/")


@pytest.mark.parametrize("end", ["a", "1", ""])
def test_a_long_predicate_is_written_as_xml_in_linear_time(end: str) -> None:
    done = _read(WRITE, "CONSTRUCT { ?s <http://x/" + "é" * 60_000 + f"!{end}> ?o" + " } WHERE { ?s ?p ?o }")
    assert done.stdout.strip() == "read", (done.returncode, done.stderr)
