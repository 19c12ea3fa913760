"""The same graph and the same request give the same bytes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tiny import checker, flag, flow, norm

ROOT = Path(__file__).parents[2]
CLASSES = {
    "Secret": ["some", "dataItems", flag("secret")],
    "Playful": ["has", "purposes", ["play"]],
    "Child": ["some", "controlledBy", flag("listed")],
    "Many": ["num", "number", 10, False, None, False],
    "Inside": ["place", "to", ["body", "BODY"]],
    "Knowing": flag("knows"),
}
REPORTED = [
    {"name": name, "notation": f"xx/{name}", "domain": domain, "label": {"en": name, "zh": name}, "provisions": [], "instruments": []}
    for name, domain in (("Secret", "DataFlow"), ("Child", "Party"), ("Many", "DataFlow"))
]
NORMS = [
    norm("a", "A", demand=["or", flag("signed"), flag("filed")], exceptions=["e"]),
    norm("e", "Playful", "Exemption", perItem=True),
    norm("s", "Secret", "Prohibition", perItem=True, exceptions=["e"]),
    norm("m", "Many"),
    norm("i", "Inside", instrument="yy/act"),
    norm("k", "Knowing"),
    norm("o", "C", "Prohibition", instrument="yy/act"),
    norm("x", "B", "Prohibition", question="q", position="q/x"),
    norm("y", "B", "Permission", question="q", position="q/y"),
]
FLOW = flow(
    a=True,
    to={"outside": "XX"},
    number={"atLeast": 5, "atMost": 20},
    knows=True,
    b=True,
    signed=False,
    purposes={"yes": ["work"], "no": ["play"]},
    exporter={"id": "p", "kind": "organisation", "establishedIn": ["XX"], "controlledBy": [{"listed": True, "kind": "organisation"}]},
    importer={"kind": "individual", "establishedIn": [{"in": "BODY"}], "listed": False, "actsFor": "p"},
    dataItems=[{"secret": True, "persons": {"atMost": 9, "atLeast": 1}, "purposes": ["play"]}, {"secret": True, "purposes": []}, {}],
)


def answer_bytes() -> bytes:
    return json.dumps(checker(NORMS, CLASSES, reported=REPORTED).check(FLOW), ensure_ascii=False).encode()


def shuffled(value, chance):
    if isinstance(value, dict):
        pairs = [(key, shuffled(inner, chance)) for key, inner in value.items()]
        chance.shuffle(pairs)
        return dict(pairs)
    return [shuffled(inner, chance) for inner in value] if isinstance(value, list) else value


def test_the_flow_reaches_every_part_of_the_answer():
    answer = json.loads(answer_bytes())
    assert all(answer[part] for part in ("classes", "findings", "missing", "evaluations"))
    assert {"contested", "unknown", "due"} <= {finding["status"] for finding in answer["findings"]}


def test_twice_the_same():
    machine = checker(NORMS, CLASSES, reported=REPORTED)
    assert json.dumps(machine.check(FLOW)) == json.dumps(machine.check(FLOW))
    assert json.dumps(machine.check(FLOW), ensure_ascii=False).encode() == answer_bytes()


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_keys_does_not_matter(seed):
    machine = checker(NORMS, CLASSES, reported=REPORTED)
    assert json.dumps(machine.check(shuffled(FLOW, random.Random(seed)))) == json.dumps(machine.check(FLOW))


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_seed_of_hashes_does_not_matter(seed):
    code = "import sys; from tests.law.test_determinism import answer_bytes; sys.stdout.buffer.write(answer_bytes())"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
    )
    assert run.stdout == answer_bytes()
