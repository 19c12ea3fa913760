"""``comity show``: finds what is asked for in the sources and prints it, as a report or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from comity.rdf.house_turtle import format_graph
from comity.rdf.turtle import read_text
from comity.scenarios.format import ScenarioError
from comity.show.instruments import instruments
from comity.show.lookup import find
from comity.show.plain import plain
from comity.show.report import Report, index_lines
from comity.show.scenarios import NormScenarios, scenarios_of
from comity.show.sources import open_sources
from comity.web import turtle
from comity.web.terms import Terms
from comity.web.thing import Pages
from comity.web.tree import Tree

__all__ = ["show_index", "show_thing"]


def show_thing(root: Path, name: str, lang: str, *, deep: bool, as_json: bool, console: Console, err: Console) -> None:
    """Print the norm, class or other thing called ``name``. Raises `TurtleError` and `UnknownName`."""
    store = open_sources(root)
    terms = Terms(store)
    thing = Pages(store, terms).thing(find(store, terms, name), lang, deep=deep)
    shape = house_turtle(thing.demand.shape) if thing.demand else ""
    scenarios = _scenarios(root, thing.identifier, err) if thing.norm else None
    if as_json:
        data = {**plain(thing), **({"shape": shape} if shape else {}), **({"scenarios": plain(scenarios)} if scenarios else {})}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        Report(console, lang).thing(thing, shape, scenarios)


def show_index(root: Path, place: str | None, lang: str, *, as_json: bool, console: Console) -> None:
    """Print the index of instruments, of one ``place`` or of all. Raises `TurtleError` and `UnknownPlace`."""
    store = open_sources(root)
    found = instruments(store, Terms(store), lang, place)
    if as_json:
        print(json.dumps([plain(instrument) for instrument in found], ensure_ascii=False, indent=2))
        return
    for line in index_lines(found, lang):
        console.print(line, soft_wrap=True, highlight=False)


def house_turtle(shape: Tree) -> str:
    """Return the statements of ``shape`` in the form of the source files, without the prefixes."""
    text = format_graph(read_text(turtle.write([shape])))
    return "\n".join(line for line in text.splitlines() if not line.startswith("@prefix ")).strip()


def _scenarios(root: Path, identifier: str, err: Console) -> NormScenarios | None:
    try:
        return scenarios_of(root, identifier)
    except ScenarioError as fault:  # the law can be read all the same
        err.print(f"[yellow]warning[/] the scenarios are left out: {escape(str(fault))}", highlight=False, soft_wrap=True)
        return None
