"""A dataset comes into its place whole or not at all, whenever the build is cut off, and takes the place of nothing else."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import comity
from comity.building import publish as module
from comity.building.publish import PublishError, prepare, publish, restore
from comity.manifest import FILES, MANIFEST, DatasetError, read_dataset, write_manifest

STEPS = 200
"""More steps of the file system than a publication has."""


def dataset(content: str) -> Callable[[Path], None]:
    """Write a dataset that says *content*."""

    def write(folder: Path) -> None:
        for name in FILES:
            (folder / name).write_text(content)
        write_manifest(
            folder, version=comity.__version__, digest="sha256:" + "ab" * 32, witnesses="sha256:" + "cd" * 32, reasoner=False, counts={}
        )

    return write


def said(folder: Path) -> str:
    """What the dataset says; all of it is checked."""
    return read_dataset(folder, "dataset.nq")[1]["dataset.nq"].decode()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A dataset that says "old", alone in its folder."""
    publish(tmp_path / "ds", dataset("old"))
    assert names(tmp_path) == ["ds"]
    return tmp_path / "ds"


@pytest.fixture(params=["one step", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways in which folders change places."""
    if request.param == "two renames":
        monkeypatch.setattr(module, "_exchange", lambda one, other: False)
    return request.param


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def signalled(number: int, step: int, act: Callable[[], None]) -> int:
    """Do *act* in a process that gets the signal just before its *step*-th step in the file system; its end as `os.waitpid` tells it."""
    pid = os.fork()
    if pid == 0:
        left = step

        def count(event: str, _: object) -> None:
            nonlocal left
            if event == "open" or event.startswith(("os.", "fcntl.", "ctypes.")):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), number)

        code = 0
        sys.addaudithook(count)
        try:
            act()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            code = 99
        os._exit(code)
    return os.waitpid(pid, 0)[1]


def test_a_build_that_is_killed_at_any_step_leaves_the_old_dataset_or_the_new(target, way):
    for step in range(1, STEPS):
        status = signalled(signal.SIGKILL, step, lambda: publish(target, dataset("new")))
        restore(target)
        assert said(target) in {"old", "new"}, step
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        publish(target, dataset("old"))
        assert names(target.parent) == ["ds"], step
    assert 20 < step < STEPS - 1 and said(target) == "new"


def test_a_build_that_is_told_to_end_leaves_nothing_behind(target, way):
    for step in range(1, STEPS):
        status = signalled(signal.SIGTERM, step, lambda: publish(target, dataset("new")))
        assert names(target.parent) == ["ds"], step
        if status == 0:
            break
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 128 + signal.SIGTERM, step
        if said(target) == "new":
            publish(target, dataset("old"))
    assert 20 < step < STEPS - 1 and said(target) == "new"


def test_a_dataset_is_never_absent_while_it_is_replaced(target):
    absent, over = [], threading.Event()

    def look() -> None:
        while not over.is_set():
            absent.extend([1] * (not (target / MANIFEST).exists()))

    watch = threading.Thread(target=look)
    watch.start()
    for number in range(30):
        publish(target, dataset(str(number)))
    over.set()
    watch.join()
    assert absent == []


def test_a_reader_never_sees_two_datasets_mixed(target):
    pid = os.fork()
    if pid == 0:
        for number in range(60):
            publish(target, dataset(str(number)))
        os._exit(0)
    seen = 0
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        try:
            _, content = read_dataset(target, *FILES)
        except DatasetError as fault:  # datasets that change places faster than they can be read are refused, never mixed
            assert "changes while it is read" in str(fault)
        else:
            assert len(set(content.values())) == 1
            seen += 1
    assert seen


def test_builds_side_by_side_all_end_well(tmp_path):
    code = (
        "import sys, pathlib, tests.building.test_publish as t\n"
        "for _ in range(20): t.publish(pathlib.Path(sys.argv[1]), t.dataset(sys.argv[2]))"
    )
    builds = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "ds"), str(number)], stderr=subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        for number in range(4)
    ]
    assert [build.communicate()[1] for build in builds] == [b""] * 4
    assert [build.returncode for build in builds] == [0] * 4
    assert names(tmp_path) == ["ds"] and said(tmp_path / "ds") in set("0123")


def test_a_lock_that_does_not_come_free_is_told(target, monkeypatch):
    monkeypatch.setattr(module, "_WAIT_SECONDS", 0.2)
    with module._locked(target), pytest.raises(PublishError, match="another build"):
        publish(target, dataset("new"))
    assert said(target) == "old"


def test_a_full_disk_is_a_sentence_and_the_old_dataset_stays(target):
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        with pytest.raises(PublishError, match=r"no dataset can be written to .*ds: File too large"):
            publish(target, dataset("new" * 4096))

    assert signalled(signal.SIGKILL, 10**9, limited) == 0
    assert said(target) == "old" and names(target.parent) == ["ds"]


@pytest.mark.parametrize("step", ["open", "mkdir"])
def test_a_folder_without_the_right_to_write_is_a_sentence(target, step, monkeypatch):
    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied", str(target.parent))

    monkeypatch.setattr(module.os, step, refuse)
    with pytest.raises(PublishError, match=r"no dataset can be written to .*: Permission denied"):
        publish(target, dataset("new"))
    monkeypatch.undo()
    assert said(target) == "old" and names(target.parent) == ["ds"]


def test_a_build_that_fails_leaves_the_old_dataset(target):
    with pytest.raises(ZeroDivisionError):
        publish(target, lambda folder: dataset("new")(folder) or 1 / 0)
    assert said(target) == "old" and names(target.parent) == ["ds"]


def _file(target: Path) -> None:
    target.write_text("thesis")


def _folder(target: Path) -> None:
    target.mkdir()
    (target / "thesis.txt").write_text("thesis")


def _manifest_of_another_program(target: Path) -> None:
    target.mkdir()
    (target / MANIFEST).write_text('{"name": "an app", "version": "1.0", "digest": "none"}')


def _dataset_with_company(target: Path) -> None:
    publish(target, dataset("old"))
    (target / "thesis.txt").write_text("thesis")


@pytest.mark.parametrize("make", [_file, _folder, _manifest_of_another_program, _dataset_with_company])
@pytest.mark.parametrize("act", [prepare, lambda target: publish(target, dataset("new"))], ids=["before", "after"])
def test_nothing_but_a_dataset_is_replaced(tmp_path, make, act):
    make(tmp_path / "ds")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(PublishError, match="only takes the place of a dataset or of an empty folder"):
        act(tmp_path / "ds")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_comes_while_a_build_writes_is_not_deleted(target):
    def write(folder: Path) -> None:
        dataset("new")(folder)
        (target / "thesis.txt").write_text("thesis")

    with pytest.raises(PublishError, match=r"thesis\.txt"):
        publish(target, write)
    assert (target / "thesis.txt").read_text() == "thesis" and names(target.parent) == ["ds"]


def test_an_absent_an_empty_and_a_linked_folder_are_built_into(tmp_path, way):
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    for name in ("absent", "empty", "link"):
        publish(tmp_path / name, dataset(name))
        assert said(tmp_path / name) == name
    assert names(tmp_path) == ["absent", "empty", "link"] and (tmp_path / "link").is_symlink()


def test_a_dataset_of_an_older_format_is_replaced(tmp_path):
    target = tmp_path / "ds"
    target.mkdir()
    (target / MANIFEST).write_text(f'{{"version": "0.0.9", "digest": "sha256:{"ab" * 32}", "quads": 3}}')
    publish(target, dataset("new"))
    assert said(target) == "new"
