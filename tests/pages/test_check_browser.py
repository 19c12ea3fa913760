"""The check page in a real browser: without JavaScript, by keyboard alone, at 320 pixels, on paper."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from comity.api import Settings, create_app
from comity.api.serve import server_options
from tests.pages.browser import Tab, browser

_STARTS = ("support-access-from-abroad", "telemetry")
# What is read of the page: elements that reach beyond its right edge, and the ratio of a text's colour to what is behind it.
_BEYOND = """[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
  && getComputedStyle(e).position !== 'absolute' && !e.closest('.unseen')).map(e => e.tagName + '.' + e.className).slice(0, 5).join(' ')"""
_PALE = """(() => {
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = e => {
    for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; }
    return [255, 255, 255]; };
  return [...document.querySelectorAll('main *, header *, footer *')].filter(e => e.checkVisibility()
    && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.closest('svg')).map(e => {
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    return [(a + .05) / (b + .05), e.tagName + '.' + e.className]; }).filter(([ratio]) => ratio < 4.5).slice(0, 5).join(' '); })()"""


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """The address of a service over the law of the sources."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = Settings(dataset=built, sparql_workers=0, check_workers=0, port=port)
    server = uvicorn.Server(uvicorn.Config(create_app(settings), **server_options(settings), log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """A page of a browser."""
    with browser(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", ["/check?", *(f"/check?start={name}&" for name in _STARTS)])
def test_nothing_reaches_beyond_a_narrow_page(address, tab, path, lang):
    tab.open(f"{address}{path}lang={lang}", width=320)
    assert tab.ask("document.documentElement.scrollWidth") <= 320
    assert tab.ask(_BEYOND) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/check", *(f"/check?start={name}" for name in _STARTS)])
def test_every_text_stands_out_from_what_is_behind_it(address, tab, path, scheme):
    tab("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    tab.open(f"{address}{path}")
    pale = tab.ask(_PALE)
    tab("Emulation.setEmulatedMedia", features=[])
    assert pale == ""


@pytest.mark.parametrize("script", [True, False])
def test_a_flow_is_told_asked_about_and_changed_by_a_step(address, tab, script):
    tab.open(f"{address}/check?lang=en", script=script)
    tab.ask("document.querySelector('input[value=HealthData]').click()")
    for name, value in (
        ("/from", "Germany"),
        ("/to", "India"),
        ("/dataItems/0/subjectsIn", "Germany"),
        ("/exporter/establishedIn", "Germany"),
    ):
        tab.ask(f"document.querySelector('input[name=\"answer:{name}\"]').value = {value!r}")
    tab.ask("document.querySelector('select[name=\"answer:/act\"]').value = 'disclosure'")
    tab.click("form.five button")
    assert tab.ask("document.querySelector('h1.verdict') !== null")
    before = tab.ask("document.querySelector('#description').value")
    assert '"DE"' in before and '"IN"' in before
    tab.ask("document.querySelector('.asked input[type=radio], .asked input[type=checkbox]').click()")
    tab.click("button[value=answers]")
    assert tab.ask("document.querySelector('h1.verdict') !== null")
    assert tab.ask("document.querySelector('#description').value") != before
    tab.open(f"{address}/check?start=hr-to-headquarters&lang=en", script=script)
    before = tab.ask("document.querySelector('#description').value")
    tab.click(".step button[name=patch]")
    assert tab.ask("document.querySelector('h1.verdict') !== null")
    assert tab.ask("document.querySelector('#description').value") != before


def test_the_language_can_be_changed_and_the_description_is_kept(address, tab):
    tab.open(f"{address}/check?start=telemetry&lang=en")
    before = tab.ask("document.querySelector('#description').value")
    tab.click("button.language")
    assert tab.ask("document.documentElement.lang") == "zh-Hans"
    assert tab.ask("document.querySelector('#description').value") == before
    assert tab.ask("document.querySelector('h1.verdict') !== null")


def test_the_form_is_filled_by_keyboard_alone_and_the_focus_is_seen(address, tab):
    tab.open(f"{address}/check?lang=en")
    seen: list[str] = []
    for _ in range(60):
        tab.key("Tab")
        name = tab.ask("document.activeElement.name || document.activeElement.tagName")
        seen.append(name)
        assert tab.ask("getComputedStyle(document.activeElement).outlineStyle") != "none", name
        if name == "answer:/to":
            break
    assert seen[-1] == "answer:/to"
    assert seen.index("answer:/dataItems/0/identifiability") < seen.index("answer:/from") < seen.index("answer:/exporter/kind")
    tab.type("India")
    tab.leave()
    tab.key("Enter")
    tab.ready()
    assert tab.ask("document.querySelector('#description').value.includes('\"IN\"')")
    assert tab.ask("document.querySelector('h1.verdict') !== null")


def test_enter_in_an_answer_takes_no_step(address, tab):
    tab.open(f"{address}/check?start=hr-to-headquarters&lang=en")
    tab.ask("document.querySelector('input[name=\"answer:/exporter/personsHandled\"]').focus()")
    tab.type("900")
    tab.leave()
    tab.key("Enter")
    tab.ready()
    told = tab.ask("JSON.parse(document.querySelector('#description').value)")
    assert told["exporter"]["personsHandled"] == 900
    assert "assessments" not in told and "contract" not in told


def test_on_paper_there_are_the_facts_the_norms_and_no_buttons(address, tab):
    tab.open(f"{address}/check?start=prompts-to-model-api&lang=en")
    tab("Emulation.setEmulatedMedia", media="print")
    shown = tab.ask("[...document.querySelectorAll('button, input, textarea, header')].filter(e => e.checkVisibility()).length")
    kept = tab.ask(
        "['.facts', '.cited', '.steps', 'svg.flow', '.data-note', '.printonly'].filter(s => document.querySelector(s).checkVisibility())"
    )
    tab("Emulation.setEmulatedMedia", media="")
    assert shown == 0
    assert len(kept) == 6
    assert tab("Page.printToPDF")["data"]


def test_nothing_stands_in_the_page_that_its_policy_refuses(address, tab):
    tab.open(f"{address}/check?start=telemetry")
    assert tab.ask("[...document.styleSheets].length") == 2
    assert tab.ask("[...document.querySelectorAll('script')].map(e => e.getAttribute('src'))") == ["/static/check.js"]
    assert tab.ask("document.querySelectorAll('style, [style]').length") == 0


def test_a_link_holds_the_description_behind_its_sign(address, tab):
    tab.open(f"{address}/check?start=clinical-trial&lang=zh")
    told = tab.ask("JSON.parse(document.querySelector('#description').value)")
    link = tab.until("document.querySelector('#link').value")
    assert link.startswith(f"{address}/check#flow=") and len(link) < 1000
    tab.open("about:blank")
    tab.open(link)
    tab.until("document.querySelector('h1.verdict') !== null")
    assert tab.ask("JSON.parse(document.querySelector('#description').value)") == told
    assert tab.ask("location.hash") == ""
    tab.open(f"{address}/check?start=clinical-trial", script=False)
    assert not tab.ask("document.querySelector('#share').checkVisibility()")


def test_a_broken_link_leaves_the_form_as_it_is(address, tab):
    tab.open("about:blank")
    tab.open(f"{address}/check#flow=%%%")
    assert tab.ask("document.querySelector('form.five') !== null")
