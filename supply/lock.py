"""Writing the lock file anew: from pyproject.toml, for every platform and every Python that Comity supports."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from supply import lockfile
from supply.tools import ToolFault, environment, tool

__all__ = ["HEAD", "lock"]

HEAD = """\
# What an installation takes: versions, and the hashes of all files of each release, for every platform. Written by `make lock`.
# pip install --require-hashes -r requirements.txt && pip install --no-deps --no-build-isolation -e .
"""
_OLDEST_PYTHON = "3.11"


def lock(upgrade: bool = False) -> tuple[int, int]:
    """Write the lock file; give how many packages it names and how many of them are new or of another version.

    Versions that still fit are kept, unless ``upgrade``. Raises :class:`ToolFault`; the old file is then as it was.
    """
    old = lockfile.read() if lockfile.LOCK.exists() else []
    with TemporaryDirectory() as folder:
        draft = Path(folder) / lockfile.LOCK.name
        if old and not upgrade:
            draft.write_text(lockfile.LOCK.read_text(encoding="utf-8"), encoding="utf-8")
        _resolve(draft)
        draft.write_text(HEAD + draft.read_text(encoding="utf-8"), encoding="utf-8")
        if faults := lockfile.faults(draft):
            raise ToolFault("\n".join(["The new lock file is not as it should be, and was not kept:", *faults]))
        new = lockfile.read(draft)
        lockfile.LOCK.write_text(draft.read_text(encoding="utf-8"), encoding="utf-8")
    before = {(package.name, package.version) for package in old}
    return len(new), sum((package.name, package.version) not in before for package in new)


def _resolve(draft: Path) -> None:
    """Have uv write ``draft``; versions that it holds already are preferred."""
    command = [str(tool("uv")), "--no-config", "pip", "compile", "pyproject.toml", "--extra", "dev", "--group", "building", "--universal"]
    command += ["--python-version", _OLDEST_PYTHON, "--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    command += ["--quiet", "--output-file", str(draft)]
    run = subprocess.run(command, cwd=lockfile.ROOT, env=environment(), capture_output=True, text=True, check=False)
    if run.returncode:
        raise ToolFault(f"uv found no versions that fit together, or did not reach the package registry:\n{run.stderr.strip()}")
