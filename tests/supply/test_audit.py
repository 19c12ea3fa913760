"""An audit that did not take place never looks like one that found nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from supply import audit, lockfile

LOCKED = [package for package in lockfile.read() if package.name in ("fastapi", "rdflib")]
CLEAN: dict[str, Any] = {"name": "fastapi", "version": "1.0", "vulns": []}
FOUND = {"name": "rdflib", "version": "1.0", "vulns": [{"id": "CVE-2000-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "rdflib", "skip_reason": "not found"}


@pytest.mark.parametrize(("answers", "code", "told"), [
    ([CLEAN, {**CLEAN, "name": "rdflib"}], 0, ["2 packages audited"]),
    ([CLEAN, FOUND], 1, ["rdflib 1.0: CVE-2000-1, mended in 1.1."]),
    ([CLEAN, UNKNOWN], 2, ["NOT AUDITED: the packages rdflib."]),
    ([FOUND], 1, ["CVE-2000-1", "NOT AUDITED: the packages fastapi."]),
    ([], 2, ["NOT AUDITED"]),
])  # fmt: skip
def test_what_the_answers_mean(answers: list[dict[str, Any]], code: int, told: list[str]):
    got, sentences = audit.judge(LOCKED, answers)
    assert got == code
    assert len(sentences) == len(told)
    assert all(part in sentence for part, sentence in zip(told, sentences, strict=True))


def test_a_source_out_of_reach_is_no_audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    broken = tmp_path / "pip-audit"
    broken.write_text("#!/bin/sh\necho 'ConnectionError: no route' >&2\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setattr(audit, "tool", lambda _: broken)
    code, (sentence,) = audit.audit(LOCKED)
    assert code == audit.EXIT_NOT_AUDITED
    assert sentence.startswith("NOT AUDITED") and "no route" in sentence
