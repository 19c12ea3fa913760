"""Debian's Chromium, driven over its own debugging protocol: enough to look at a page as people do, without a further package."""

from __future__ import annotations

import base64
import json
import subprocess
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

__all__ = ["EXECUTABLE", "Chromium"]

EXECUTABLE = Path("/usr/bin/chromium")


class Chromium:
    """One tab of a browser without a screen. Use it in a ``with`` statement."""

    def __init__(self, executable: Path = EXECUTABLE) -> None:
        self._executable = executable
        self._sent = 0
        self.told: list[str] = []
        """What the browser has complained of: refused loads, faults of scripts."""

    def __enter__(self) -> Chromium:
        from websockets.sync.client import connect

        self._home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            [
                str(self._executable), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
                "--remote-debugging-port=0", "--remote-allow-origins=*", f"--user-data-dir={self._home.name}", "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        port = self._port()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
            (tab,) = [each for each in json.load(answer) if each["type"] == "page"]
        self._open = ExitStack()
        self._socket = self._open.enter_context(connect(tab["webSocketDebuggerUrl"], max_size=None))
        for domain in ("Page", "Runtime", "Log", "Accessibility"):
            self.ask(f"{domain}.enable")
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._open.close()
        self._process.terminate()
        self._process.wait(20)
        self._home.cleanup()

    def _port(self) -> str:
        told = Path(self._home.name) / "DevToolsActivePort"
        for _ in range(600):
            if told.exists() and told.read_text().strip():
                return told.read_text().split("\n")[0]
            time.sleep(0.1)
        raise TimeoutError("Chromium does not start")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and return its result."""
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(60))
            if message.get("id") == self._sent:
                assert "error" not in message, message
                return message["result"]
            self._note(message)

    def _note(self, message: dict[str, Any]) -> None:
        if message.get("method") == "Log.entryAdded":
            entry = message["params"]["entry"]
            self.told.append(f"{entry['level']}: {entry['text']}")
        elif message.get("method") == "Runtime.exceptionThrown":
            self.told.append(str(message["params"]["exceptionDetails"]["text"]))

    def open(self, address: str, *, width: int = 1200, scripts: bool = True) -> None:
        """Show a page at a width, with or without scripts."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.ask("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.ask("Page.navigate", url=address)
        for _ in range(300):
            state = self.value("document.readyState + ' ' + location.href")
            if state.startswith("complete") and not state.endswith("about:blank"):
                return
            time.sleep(0.1)
        raise TimeoutError(address)

    def value(self, expression: str) -> Any:
        """Return what an expression gives in the page."""
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def press(self, key: str) -> None:
        """Press and let go a key."""
        text = {"text": "\r"} if key == "Enter" else {}
        codes = {"Tab": 9, "Enter": 13}
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=codes[key], **text)

    def picture(self, path: Path) -> None:
        """Write a picture of the whole page."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 6000), "scale": 1}
        shot = self.ask("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        path.write_bytes(base64.b64decode(shot["data"]))
