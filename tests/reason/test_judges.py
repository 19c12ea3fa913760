"""HermiT in several processes, and what it said before: safe side by side, never older than what was asked."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from pathlib import Path

import pytest

from comity.reason import judgements as module
from comity.reason.judgements import Judgements
from comity.reason.judges import Judges
from comity.reason.jvm import ReasonerUnavailable
from tests.reason.hermit_world import PREFIXES

SOUND = PREFIXES + "c:A a owl:Class . c:B a owl:Class ; rdfs:subClassOf c:A ."
APART = SOUND + " c:A owl:disjointWith c:B ."
C = "https://w3id.org/comity/ns#"


def question(turtle: str, *ask: str, **more: object) -> dict[str, object]:
    return {"turtle": turtle, "ask": [[C + name] for name in ask], "seconds": 20, **more}


def test_each_question_gets_its_own_answer_from_whichever_process():
    questions = [question(SOUND, "A", "B"), question(APART, "A", "B"), question("no Turtle"), question(APART, whole=True)]
    with Judges(processes=2) as judges:
        found = dict(judges.answers(questions))
        assert dict(judges.answers(questions[:2])) == {0: found[0], 1: found[1]}
    assert [found[number].get("can") for number in range(3)] == [[True, True], [True, False], None]
    assert "not readable as Turtle" in found[2]["fault"] and found[3]["unsatisfiable"] == [C + "B"]
    assert found == dict(Judges(processes=1).answers(questions))


def test_a_process_that_dies_is_an_error_and_not_an_answer():
    with pytest.raises(ReasonerUnavailable, match="before it answered"), Judges(processes=2) as judges:
        list(judges.answers([question(SOUND, "A")] * 2))
        for process in judges._running:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        list(judges.answers([question(SOUND, "A")] * 2))


def test_no_process_outlives_the_block():
    with Judges(processes=2) as judges:
        list(judges.answers([question(SOUND, "A")] * 2))
        running = list(judges._running)
    assert len(running) == 2 and all(process.poll() is not None for process in running)


def test_who_stops_listening_waits_for_nothing_and_may_ask_again():
    with Judges(processes=2) as judges:
        answers = judges.answers([question(SOUND, "A")] * 6)
        next(answers)
        running = list(judges._running)
        answers.close()
        assert all(process.poll() is not None for process in running)
        assert dict(judges.answers([question(APART, "A"), question(APART, "B")])) == {
            0: {"consistent": True, "can": [True]},
            1: {"consistent": True, "can": [False]},
        }


def test_an_answer_is_kept_for_those_who_come_after(tmp_path: Path):
    with Judgements(tmp_path) as first:
        key = first.key("a", "b")
        assert first.known([key]) == {}
        first.keep({key: False})
    with Judgements(tmp_path) as second:
        assert second.known([key, second.key("ab", "")]) == {key: False}
    with Judgements(None) as other:
        assert other.known([key]) == {}


def test_another_reasoner_or_another_checker_has_said_nothing_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with Judgements(None) as now:
        key = now.key("a")
    monkeypatch.setattr(module, "version", lambda package: "next")
    with Judgements(None) as later:
        assert later.key("a") != key
    monkeypatch.undo()
    shutil.copytree(Path(module.__file__).parents[1], tmp_path / "comity")
    (tmp_path / "comity" / "compile" / "value_sets.py").write_text("changed")
    monkeypatch.setattr(module, "__file__", str(tmp_path / "comity" / "reason" / "judgements.py"))
    with Judgements(None) as edited:
        assert edited.key("a") != key


def test_builds_side_by_side_write_one_store(tmp_path: Path):
    def run(number: int) -> None:
        with Judgements(tmp_path) as store:
            for each in range(20):
                store.keep({store.key(str(number), str(each)): True})

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Judgements(tmp_path) as store:
        assert len(store.known(store.key(str(n), str(each)) for n in range(4) for each in range(20))) == 80


def test_a_damaged_store_is_begun_anew_and_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path):
    (tmp_path / "judgements.sqlite").write_bytes(b"this is no database" * 100)
    with Judgements(tmp_path) as store:
        store.keep({store.key("a"): True})
        assert store.known([store.key("a")])
    (tmp_path / "file").write_text("")
    with Judgements(tmp_path / "file") as store:
        store.keep({store.key("a"): True})
        assert store.known([store.key("a")])
