"""A real Chromium, driven over its DevTools protocol: opens pages, asks them, clicks, types keys, prints."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.request import Request, urlopen

import pytest
from websockets.sync.client import connect

_KEYS = {"Tab": 9, "Enter": 13, " ": 32}


def chromium() -> str:
    """The browser of the machine; a test that needs it is skipped loudly where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("NO CHROMIUM: pages are not tested in a browser; install Debian's package chromium")
    return found


class Tab:
    """One page of the browser."""

    def __init__(self, address: str) -> None:
        self._socket = connect(address, max_size=1 << 26, legacy=True)
        self._number = 0
        for domain in ("Page", "Runtime"):
            self(f"{domain}.enable")

    def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            told = json.loads(self._socket.recv(timeout=30))
            if told.get("id") == self._number:
                assert "error" not in told, told
                result: dict[str, Any] = told["result"]
                return result

    def open(self, url: str, width: int = 1200, script: bool = True) -> Tab:
        """Open an address in a window of a width, with or without JavaScript of the page."""
        self("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self("Emulation.setScriptExecutionDisabled", value=not script)
        self.leave()
        self("Page.navigate", url=url)
        return self.ready()

    def ready(self) -> Tab:
        """Wait until a page stands that was not left."""
        end = monotonic() + 20
        while monotonic() < end:
            try:
                if self.ask("document.readyState === 'complete' && !document.documentElement.dataset.left"):
                    return self
            except (AssertionError, KeyError):
                pass
            sleep(0.05)
        raise TimeoutError("the page does not stand")

    def leave(self) -> None:
        """Mark the page as one that is left, so that :meth:`ready` waits for another."""
        self.ask("document.documentElement.dataset.left = 'yes'")

    def ask(self, expression: str) -> Any:
        """Return the value of an expression in the page."""
        return self("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def until(self, expression: str) -> Any:
        """Return the value of an expression as soon as it is something."""
        end = monotonic() + 20
        while monotonic() < end:
            if found := self.ask(expression):
                return found
            sleep(0.05)
        raise TimeoutError(expression)

    def click(self, selector: str) -> Tab:
        """Click on an element, and wait for the page that follows."""
        assert self.ask(f"document.querySelector({selector!r}) !== null"), selector
        self.leave()
        self.ask(f"document.querySelector({selector!r}).click()")
        return self.ready()

    def key(self, name: str) -> None:
        """Press a key."""
        code = _KEYS[name]
        text = {"text": "\r"} if name == "Enter" else {"text": " "} if name == " " else {}
        for kind in ("keyDown", "keyUp"):
            self("Input.dispatchKeyEvent", type=kind, key=name, windowsVirtualKeyCode=code, **(text if kind == "keyDown" else {}))

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self("Input.insertText", text=text)

    def picture(self, path: Path, width: int) -> None:
        """Write a picture of the whole page."""
        height = min(int(self.ask("document.documentElement.scrollHeight")), 8000)
        self("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        path.write_bytes(base64.b64decode(self("Page.captureScreenshot")["data"]))


@contextmanager
def browser(profile: Path) -> Iterator[Tab]:
    """A browser with a fresh profile, and one page of it."""
    command = [chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0"]
    process = subprocess.Popen([*command, f"--user-data-dir={profile}", "about:blank"], stderr=subprocess.DEVNULL)
    try:
        told = profile / "DevToolsActivePort"
        end = monotonic() + 30
        while not told.exists() or not told.read_text(encoding="ascii").strip():
            assert monotonic() < end, "the browser does not start"
            sleep(0.05)
        port = told.read_text(encoding="ascii").split()[0]
        with urlopen(Request(f"http://127.0.0.1:{port}/json/new?about:blank", method="PUT")) as answer:
            yield Tab(json.load(answer)["webSocketDebuggerUrl"])
    finally:
        process.terminate()
        process.wait(10)
