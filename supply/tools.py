"""The programs that write and audit the lock file, in an environment of their own: what Comity runs on does not depend on them."""

from __future__ import annotations

import os
import subprocess
import tomllib
import venv
from pathlib import Path

from supply.lockfile import PYPROJECT, ROOT

__all__ = ["FOLDER", "ToolFault", "environment", "tool"]

FOLDER = ROOT / ".tools"


class ToolFault(Exception):
    """A program cannot be installed or run; the message says which, why and what to do."""


def tool(name: str) -> Path:
    """The program ``name`` of the group "supply" in pyproject.toml, installed first where need be. Raises :class:`ToolFault`."""
    wanted = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["dependency-groups"]["supply"]
    note = FOLDER / "installed.txt"
    if not note.exists() or note.read_text(encoding="utf-8").splitlines() != wanted:
        _install(wanted)
        note.write_text("\n".join(wanted) + "\n", encoding="utf-8")
    return FOLDER / "bin" / name


def _install(wanted: list[str]) -> None:
    venv.create(FOLDER, clear=True, with_pip=True)
    command = [str(FOLDER / "bin" / "python"), "-m", "pip", "install", "--quiet", *wanted]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        reason = next((line for line in reversed(run.stderr.splitlines()) if line.startswith("ERROR")), "pip gave no reason")
        raise ToolFault(f"{' and '.join(wanted)} cannot be installed into {FOLDER.name}/: {reason}. Is the package registry in reach?")


def environment() -> dict[str, str]:
    """The environment for those programs: certificates that pip was told to trust hold for them too."""
    trusted = os.environ.get("PIP_CERT")
    return {**({"SSL_CERT_FILE": trusted, "REQUESTS_CA_BUNDLE": trusted} if trusted else {}), **os.environ}
