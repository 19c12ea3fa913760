"""A job that is ended at any moment goes on where it was: no line lost, none doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import orjson
import pytest

from comity.batch.blocks import BatchStopped, Place
from comity.batch.job import Job, Names
from tests.batch.conftest import with_figures, write_lines


def started(dataset, lines, out, *more):
    command = [sys.executable, "-m", "comity", "batch", str(lines), "-o", str(out), "--workers", "2", *more]
    return subprocess.Popen(command, env={**os.environ, "COMITY_DATASET": str(dataset)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def children(process: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False).stdout
    return [int(number) for number in found.split()]


@pytest.fixture(scope="module")
def lines(tmp_path_factory, flows):
    """A file that takes some seconds: nearly every flow is a profile of its own, since each has another identifier."""
    dice = random.Random(3)
    many = [
        {**with_figures(flow, lambda value: value + dice.randint(0, 9)), "startedOn": f"20{n // 300:02}-0{n % 9 + 1}-11"}
        for n in range(3)
        for flow in flows
    ]
    return write_lines(tmp_path_factory.mktemp("resume") / "flows.ndjson", many)


def test_a_job_that_was_killed_goes_on_without_a_line_lost_or_doubled(built, lines, tmp_path):
    whole = started(built, lines, tmp_path / "whole.ndjson")
    whole.communicate()
    expected = (tmp_path / "whole.ndjson").read_bytes()
    out, journal = tmp_path / "out.ndjson", tmp_path / "out.ndjson.part" / "journal.json"
    for is_first in (True, False):
        job = started(built, lines, out, "--resume")
        while not (journal.exists() if is_first else children(job.pid)):
            assert job.poll() is None, "it ended before it could be killed; give it more lines"
            time.sleep(0.01)
        forks = children(job.pid)
        job.send_signal(signal.SIGKILL)
        assert job.wait() == -signal.SIGKILL
        assert not out.exists()
        deadline = time.monotonic() + 30
        while any(os.path.exists(f"/proc/{fork}") for fork in forks):
            assert time.monotonic() < deadline, "processes that judge outlive the job"
            time.sleep(0.05)
    assert started(built, lines, out, "--resume").communicate()[1] == b""
    assert out.read_bytes() == expected
    answers = (tmp_path / "out.answers.ndjson").read_bytes()
    assert answers == (tmp_path / "whole.answers.ndjson").read_bytes()
    assert not journal.parent.exists()
    assert [orjson.loads(line)["line"] for line in expected.splitlines()] == list(range(1, lines.read_bytes().count(b"\n") + 1))


def test_what_was_written_after_the_journal_is_cut_off(tmp_path):
    names = Names(tmp_path / "out.ndjson")
    with Job(names, {"day": None}, resume=False, force=False) as job:
        job.write("rows", b"one\n")
        job.reached(Place(0, 2, 4), {"records": 1})
        job.write("rows", b"two\nhal")
    with Job(names, {"day": None}, resume=True, force=False) as job:
        assert job.place == Place(0, 2, 4)
        assert job.kept == {"records": 1}
        assert job.part("rows").read_bytes() == b"one\n"


def test_two_jobs_on_one_output_do_not_meet(tmp_path):
    names = Names(tmp_path / "out.ndjson")
    with Job(names, {}, resume=False, force=False) as job:
        job.write("rows", b"one\n")
        for resume, force in ((False, False), (True, False), (False, True)):
            with pytest.raises(BatchStopped, match="another job is writing"):
                Job(names, {}, resume, force)
        job.reached(Place(), {})
        assert job.part("rows").read_bytes() == b"one\n"


def test_a_job_goes_on_only_as_it_began(tmp_path):
    names = Names(tmp_path / "out.ndjson")
    with Job(names, {"law": "a", "day": None}, resume=False, force=False) as job:
        job.reached(Place(), {})
    with pytest.raises(BatchStopped, match="was not finished"):
        Job(names, {"law": "a", "day": None}, resume=False, force=False)
    with pytest.raises(BatchStopped, match="began with other law"):
        Job(names, {"law": "b", "day": None}, resume=True, force=False)
    with Job(names, {"law": "b", "day": None}, resume=False, force=True) as job:
        assert job.began_anew


def test_an_output_that_is_there_is_not_overwritten(run, tmp_path, flows):
    lines = write_lines(tmp_path / "flows.ndjson", flows[:3])
    _, summary = run(tmp_path / "out.ndjson", lines)
    with pytest.raises(BatchStopped, match="is there already"):
        run(tmp_path / "out.ndjson", lines)
    assert run(tmp_path / "out.ndjson", lines, resume=True)[1] == summary
    assert run(tmp_path / "out.ndjson", lines, force=True)[1]["records"] == 3


@pytest.mark.parametrize("step", ["answers", "summary", "final", "rmtree"])
def test_an_end_while_the_finished_files_are_put_in_place_loses_nothing(tmp_path, monkeypatch, step):
    import shutil
    from pathlib import Path

    class Ended(BaseException):
        pass

    names = Names(tmp_path / "out.ndjson")
    before = {"answers": names.answers, "final": names.out}
    replace, write, remove = Path.replace, Path.write_bytes, shutil.rmtree

    def ending(real, matches):
        def done(self, *given, **more):
            if matches(self, *given):
                raise Ended
            return real(self, *given, **more)

        return done

    with monkeypatch.context() as patched, pytest.raises(Ended), Job(names, {}, resume=False, force=False) as job:
        job.write("rows", b"one\n")
        job.write("answers", b"{}\n")
        job.reached(Place(1, 1, 0), {"records": 1})
        if step in before:
            patched.setattr(Path, "replace", ending(replace, lambda _, target: target == before[step]))
        if step == "summary":
            patched.setattr(Path, "write_bytes", ending(write, lambda path, _: path == names.summary))
        if step == "rmtree":
            patched.setattr(shutil, "rmtree", ending(remove, lambda _: True))
        job.finish(job.part("rows"), b"{}")
    again = Job(names, {}, resume=True, force=False)
    if step == "rmtree":
        assert again.is_done
    else:
        with again as job:
            assert job.part("rows").read_bytes() == b"one\n"
            job.finish(job.part("rows"), b"{}")
    assert names.out.read_bytes() == b"one\n"
    assert names.answers.read_bytes() == b"{}\n"
    assert not names.folder.exists()
