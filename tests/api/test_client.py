"""The Python client against the service that is shipped, on a real socket."""

import json
import os
import socket
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import get_args

import httpx
import pytest

import comity as comity_package
from comity.api import models
from comity.check import answer
from comity.client import Busy, Client, NotFound, Page, Refused, ServiceError, Unreachable, answers
from comity.client.faults import service_error
from comity.http import languages

DAY = date(2026, 1, 31)


@pytest.fixture
def comity(address):
    with Client(address) as client:
        yield client


def test_a_flow_is_checked(comity):
    found = comity.check({"give": "unmet"}, detail="findings", plan=False)
    assert found["verdict"] == "conditional"
    assert found["graph"]["digest"].startswith("sha256:")
    assert comity.check({"give": "met"}, lang="zh")["findings"][0]["reason"] == {"zh": "AA-38：met。"}
    assert comity.questions({"give": "met"}) == []


def test_several_flows_keep_their_order_and_their_faults(comity):
    first, wrong, last = comity.check_all([{"give": "met"}, {"giv": "met"}, {"give": "unmet"}])
    assert first["findings"][0]["status"] == "met"
    assert last["findings"][0]["status"] == "unmet"
    assert isinstance(wrong, Refused)
    assert wrong.errors[0]["pointer"] == "/giv"


def test_what_is_refused_carries_the_problem(comity):
    with pytest.raises(Refused) as raised:
        comity.check({"gave": 1})
    fault = raised.value
    assert (fault.status, fault.title) == (422, "Invalid description")
    assert fault.errors[0]["pointer"] == "/gave"
    assert fault.nearest == ["asOf"]
    assert fault.problem["status"] == 422
    assert "/gave" in str(fault)
    with pytest.raises(Refused) as raised:
        comity.check({"give": "met"}, detail="findngs")
    assert raised.value.nearest == ["findings"]
    with pytest.raises(NotFound) as raised:
        comity.item("norms", "AA-39")
    assert "AA-38" in raised.value.nearest
    with pytest.raises(Refused, match="no filter"):
        list(comity.norms(kin="Obligation"))
    with pytest.raises(ServiceError) as raised:
        comity.check({"give": "fault"})
    assert raised.value.status == 500
    assert "secret" not in str(raised.value)


def test_the_law_is_listed_whole(comity, address):
    everything = [norm["id"] for norm in comity.norms()]
    assert everything == [norm["id"] for norm in httpx.get(f"{address}/v1/norms").json()["items"]]
    assert [norm["id"] for norm in comity.norms(limit=1)] == everything  # page after page
    page = comity.page("norms", limit=1, offset=1)
    assert isinstance(page, Page)
    assert ([norm["id"] for norm in page], len(page), page.total) == ([everything[1]], 1, len(everything))
    assert comity.item("norms", "AA-38")["identifier"] == "AA-38"
    assert {norm["instrument"] for norm in comity.norms(instrument="aa/data-act", day=DAY)} == {"aa/data-act"}
    assert list(comity.instruments(jurisdiction="AA"))
    assert list(comity.jurisdictions())
    assert isinstance(list(comity.coverage()), list)


def test_recognitions_and_commitments(comity, address):
    pair = comity.recognition("XX", "YY", DAY, lang="en")
    assert pair == httpx.get(f"{address}/v1/recognitions/pairs/XX/YY?asOf={DAY}&lang=en").json()
    assert comity.recognition_matrix(DAY, ["XX", "YY"])["graph"] == pair["graph"]
    assert comity.recognition_paths("XX", "WW", "2026-01-31", 2)["paths"] is not None
    assert comity.recognition_changes("2019-01-01", "2026-01-31", ["XX"])["changes"] is not None
    assert isinstance(list(comity.recognitions(from_="AA")), list)
    assert comity.commitments("XX", "WW", DAY, restriction="localStorage")["commitments"]
    with pytest.raises(Refused) as raised:
        comity.recognition("XY", "YY", DAY)
    assert raised.value.errors[0]["pointer"] == "/path/one"


def test_conflicts(comity):
    listed = list(comity.conflicts(place="AA"))
    assert listed
    assert comity.conflict(listed[0]["id"])["why"]
    assert comity.conflict(listed[0]["id"].removeprefix("conflict/"))["id"] == listed[0]["id"]
    assert comity.conflict_matrix(on="2023-01-01")["total"] >= 1


def test_things_by_iri_and_by_path(comity):
    by_path = comity.thing("aa/data-act/norm-38")
    assert by_path == comity.thing("https://w3id.org/comity/id/aa/data-act/norm-38")
    assert "norm-38" in json.dumps(by_path)
    assert "@prefix" in comity.thing("aa/data-act/norm-38", "ttl")
    with pytest.raises(NotFound):
        comity.thing("aa/data-act/norm-39 ?&#%")
    with pytest.raises(ValueError, match="jsonld"):
        comity.thing("aa/data-act/norm-38", "xml")


def test_the_service_tells_of_itself(comity):
    assert comity.health()["status"] == "ok"
    assert comity.description_schema()["type"] == "object"


def test_threads_share_a_client(comity):
    found = []
    threads = [threading.Thread(target=lambda: found.append(comity.check({"give": "met"})["verdict"])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["conditional"] * 8


def test_what_is_no_service_is_told(address):
    with pytest.raises(ValueError, match="no address"):
        Client("127.0.0.1:8000")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with Client(f"http://127.0.0.1:{port}", timeout=0.2) as client, pytest.raises(Unreachable, match=r"within 0\.2 s"):
            client.health()
    with Client(f"http://127.0.0.1:{port}", timeout=1) as client, pytest.raises(Unreachable, match="cannot be reached"):
        client.health()
    with Client(address + "/static/comity.css") as client, pytest.raises((Unreachable, NotFound)):
        client.health()


def test_a_service_that_is_busy_says_when_to_come_again():
    fault = service_error({"status": 503, "title": "Too many checks", "detail": "Try again."}, "2")
    assert isinstance(fault, Busy)
    assert fault.retry_after == 2
    assert service_error({"status": 503}).retry_after is None


def test_the_words_are_those_of_the_service():
    for mine, theirs in (
        (answers.Verdict, get_args(models.Verdict)),
        (answers.AsDescribed, get_args(models.AsDescribed)),
        (answers.Detail, answer.DETAILS),
        (answers.Scope, answer.SCOPES),
        (answers.Language, languages.LANGUAGES),
    ):
        assert set(get_args(mine)) == set(theirs)
    known = {name for model in (models.FlowAnswer, models.RouteAnswer, models.VariantsAnswer) for name in model.model_fields}
    assert set(answers.Answer.__annotations__) <= known


def test_the_client_needs_nothing_but_python():
    code = (
        "import sys, comity.client; ours = {n.split('.')[0] for n in sys.modules} - set(sys.stdlib_module_names);"
        "print(sorted(n for n in ours if not n.startswith('_')))"
    )
    place = {**os.environ, "PYTHONPATH": str(Path(comity_package.__file__).parents[1])}
    found = subprocess.run([sys.executable, "-S", "-c", code], env=place, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "['comity']"
