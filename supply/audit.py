"""The audit of the lock file: known vulnerabilities of the versions that it names, as pip-audit learns them.

pip-audit calls a package that its source does not know "skipped" and still ends well. Here that is no audit.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from supply.lockfile import Locked
from supply.tools import environment, tool

__all__ = ["EXIT_FOUND", "EXIT_NOT_AUDITED", "audit", "judge"]

EXIT_FOUND = 1
EXIT_NOT_AUDITED = 2
# Up to so many packages that were not audited are named.
_FEW = 10


def audit(locked: list[Locked]) -> tuple[int, list[str]]:
    """Ask about every package of the lock file, also those for other platforms; the exit code and the sentences to print.

    0: all were audited and nothing is known against them; 1: something is; 2: not all could be audited. Raises ``ToolFault``.
    """
    with TemporaryDirectory() as folder:
        asked = Path(folder) / "requirements.txt"
        asked.write_text("".join(f"{package.name}=={package.version} {' '.join(package.hashes)}\n" for package in locked), encoding="utf-8")
        command = [str(tool("pip-audit")), "--require-hashes", "--disable-pip", "--requirement", str(asked), "--format", "json"]
        run = subprocess.run([*command, "--progress-spinner", "off"], env=environment(), capture_output=True, text=True, check=False)
    try:
        answers = json.loads(run.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        why = (run.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
        return EXIT_NOT_AUDITED, [f"NOT AUDITED: pip-audit gave no result ({why}). Run `make audit` where it reaches its source."]
    return judge(locked, answers)


def judge(locked: Iterable[Locked], answers: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """What pip-audit's ``answers`` (the list "dependencies" of its JSON) mean for the packages of the lock file."""
    by_name = {answer["name"]: answer for answer in answers}
    names = sorted({package.name for package in locked})
    known = [
        f"{name} {by_name[name]['version']}: {fault['id']}, mended in {' or '.join(fault['fix_versions']) or 'no version yet'}."
        for name in names
        for fault in by_name.get(name, {}).get("vulns", [])
    ]
    unaudited = [name for name in names if "vulns" not in by_name.get(name, {})]
    if not unaudited:
        return (EXIT_FOUND, known) if known else (0, [f"{len(names)} packages audited; nothing is known against them."])
    which = f"the packages {', '.join(unaudited)}" if len(unaudited) <= _FEW else f"{len(unaudited)} of {len(names)} packages"
    told = f"NOT AUDITED: {which}. The source of advisories does not know them, or pip-audit did not reach it from here."
    return (EXIT_FOUND if known else EXIT_NOT_AUDITED), [*known, told]
