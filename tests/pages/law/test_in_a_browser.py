"""The pages in a real browser: on a narrow screen, by keyboard, without scripts, printed; contrast of what is written."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from comity.api import Settings, create_app
from tests.api.conftest import FixedEngine
from tests.pages.law.chromium import EXECUTABLE, Chromium

pytest.importorskip("websockets", reason="websockets is not installed: the pages are not looked at in a browser")
if not EXECUTABLE.exists():
    pytest.skip(f"{EXECUTABLE} is not installed: the pages are not looked at in a browser", allow_module_level=True)

PAGES = [
    "/law",
    "/conflicts",
    "/conflicts?place=CN&against=US",
    "/recognition",
    "/recognition/EU/US",
    "/changes",
    "/queries",
    "/queries/norms-of",
    "/freshness?place=EU",
    "/search?q=GDPR+48",
    "/id/cn/pipl",
    "/id/us/fisa-702/norm-702-a",
    "/conflicts?place=Chnia",
]


@pytest.fixture(scope="module")
def address(law_dataset) -> Iterator[str]:
    """Where the pages are served."""
    app = create_app(Settings(dataset=law_dataset, sparql_workers=0), engine=FixedEngine())
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield "http://{}:{}".format(*bound.getsockname())
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    """The browser."""
    with Chromium() as browser:
        yield browser


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_a_narrow_screen_need_not_be_scrolled_sideways(browser, address, path, lang):
    browser.told.clear()
    browser.open(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}", width=320)
    assert browser.value("document.documentElement.scrollWidth") <= 320
    # What is wider than the screen stands in a part that is scrolled by itself and can be reached by keyboard.
    loose = browser.value(
        """[...document.querySelectorAll("main *")]
           .filter(e => e.getBoundingClientRect().right > 321 && !e.closest(".wide[tabindex], .unseen, pre"))
           .map(e => e.outerHTML.slice(0, 90)).slice(0, 3)"""
    )
    assert loose == []
    assert [text for text in browser.told if "favicon" not in text and "422" not in text] == []


@pytest.mark.parametrize("path", PAGES)
def test_everything_can_be_touched(browser, address, path):
    """Fields and buttons are at least 24 pixels high and wide (WCAG 2.2, 2.5.8), as are the numbers of a matrix."""
    browser.open(address + path, width=320)
    small = browser.value(
        """[...document.querySelectorAll(
             "main button, main select, main input:not([type=hidden]):not([type=checkbox]), .matrix td a, .slider a")]
           .map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])
           .filter(([_, r]) => r.width && (r.height < 24 || r.width < 24)).map(([t, r]) => `${t} ${r.width}x${r.height}`).slice(0, 3)"""
    )
    assert small == []


@pytest.mark.parametrize("path", PAGES)
def test_the_first_key_leads_past_the_head_and_focus_is_seen(browser, address, path):
    browser.open(address + path)
    browser.press("Tab")
    assert browser.value("document.activeElement.className") == "skip"
    browser.press("Enter")
    browser.press("Tab")
    assert browser.value("!!document.activeElement.closest('main, footer') || document.activeElement === document.body")
    assert browser.value("getComputedStyle(document.activeElement).outlineStyle") in ("solid", "auto") or browser.value(
        "document.activeElement === document.body"
    )


_CONTRAST = """
(() => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [.2126, .7152, .0722][at], 0);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const found = new Map();
  for (const e of document.querySelectorAll("body *")) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !e.getClientRects().length) continue;
    const style = getComputedStyle(e), inside = e.namespaceURI.endsWith("svg");
    const ink = rgb(inside ? style.fill : style.color);
    const back = inside ? behind(e.closest("svg")) : behind(e);
    const [one, other] = [light(ink), light(back)].sort((a, b) => b - a);
    const ratio = (one + .05) / (other + .05);
    if (ratio < 4.5) found.set(e.tagName, ratio.toFixed(2) + " " + e.textContent.trim().slice(0, 30));
  }
  return [...found].map(pair => pair.join(" "));
})()
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_what_is_written_stands_out(browser, address, path, scheme):
    browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.open(address + path)
    assert browser.value(_CONTRAST) == []
    browser.ask("Emulation.setEmulatedMedia", features=[])


@pytest.mark.parametrize("path", PAGES)
def test_on_paper_there_are_no_forms(browser, address, path):
    browser.open(address + path)
    browser.ask("Emulation.setEmulatedMedia", media="print")
    assert browser.value("[...document.querySelectorAll('.top, .ask, .pager, .slider')].filter(e => e.getClientRects().length).length") == 0
    browser.ask("Emulation.setEmulatedMedia", media="")


def test_a_form_is_filled_in_and_sent_by_keyboard_without_scripts(browser, address):
    browser.open(f"{address}/recognition", scripts=False)
    for _ in range(40):
        browser.press("Tab")
        if browser.value("document.activeElement.id") == "ask-places":
            break
    browser.ask("Input.insertText", text="EU, Japan")
    browser.press("Enter")
    for _ in range(100):
        if "places=" in browser.value("location.search"):
            break
        time.sleep(0.1)
    time.sleep(0.3)
    assert browser.value("document.querySelectorAll('.matrix tbody tr').length") == 2
    assert browser.value("document.getElementById('ask-places').value") == "EU, Japan"
