"""A thing as a person reads it in a terminal: the same sections as its page, without links."""

from __future__ import annotations

import json
from collections.abc import Iterable
from textwrap import shorten

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from comity.show.instruments import Instrument
from comity.show.scenarios import NormScenarios, ScenarioLine
from comity.web.definition import Definition
from comity.web.expression import Token
from comity.web.history import Event
from comity.web.norm import NormParts, Provision, Question, Reference
from comity.web.reading import SecondReading
from comity.web.shown import Row, Shown
from comity.web.thing import Thing
from comity.web.words import words

__all__ = ["Report", "index_lines"]

_STEP = 2
_LONGEST_CHANGE = 160


class Report:
    """Prints things to ``console`` in one language (``en`` or ``zh``)."""

    def __init__(self, console: Console, lang: str) -> None:
        self._console, self._lang, self._words = console, lang, words(lang)

    def thing(self, thing: Thing, shape: str, scenarios: NormScenarios | None) -> None:
        """Print ``thing``, its ``shape`` as Turtle, and the ``scenarios`` that speak of it, where there are any."""
        kinds = " · ".join(kind.text for kind in thing.kinds)
        names = [name for name in ("" if thing.norm else thing.name, thing.identifier) if name]
        self._line(Text.assemble((" · ".join(names), "bold"), (f"  {kinds}" if kinds else "", "cyan")))
        self._prose(thing.title, 0, "bold")
        self._prose(thing.other_title, 0, "dim")
        self._prose(thing.definition, 0)
        if thing.norm:
            self._facts(thing, thing.norm)
        else:
            self._rows(thing.rows, 0)
        self._logic(thing)
        self._demand(thing, shape)
        if thing.norm:
            self._norm(thing.norm)
            self._history(thing.norm.history)
        self._provenance(thing)
        if scenarios:
            self._heading(self._words["scenarios"])
            self._scenarios(self._words["fired_by"], scenarios.firing)
            self._scenarios(self._words["silent_in"], scenarios.silent, changes=True)
        if thing.articles:
            self._heading(self._words["provisions_and_norms"])
            for article in thing.articles:
                self._line(Text(article.provision.text), 1)
                for stated in (*article.norms, *article.others):
                    self._line(Text.assemble(stated.link.text, (f"  {stated.name}", "dim")), 2)
        if thing.reversed:
            self._heading(self._words["where_named"])
            self._rows(thing.reversed, 1)

    def _facts(self, thing: Thing, norm: NormParts) -> None:
        stated, *others = thing.rows
        self._console.print()
        for provision in norm.provisions:
            self._line(Text.assemble((f"{stated.label}: ", "dim"), self._place(provision)))
            if provision.page:
                self._line(Text(provision.page, "dim underline"), 1)
        self._rows(others, 0)

    def _logic(self, thing: Thing) -> None:
        if thing.logic is None:
            if thing.norm:
                self._heading(self._words["applies_when"])
                self._prose(self._words["no_situation"], 1)
            return
        self._heading(self._words["applies_when" if thing.norm else "expression"])
        if thing.norm:
            self._definition(thing.logic, 1)
        else:
            self._expression(thing.logic.tokens, 1)
        self._names(thing.unfolded)
        if thing.nexus:
            self._sub(self._words["only_flows"])
            self._definition(thing.nexus, 2)

    def _demand(self, thing: Thing, shape: str) -> None:
        demand = thing.demand
        if demand is None:
            return
        self._heading(self._words["demands"])
        if len(demand.parts) > 1:
            self._prose(self._words["alternatives" if demand.any_of else "all_of"], 1)
        for part in demand.parts:
            self._prose(f"{'○' if demand.any_of else '•'} {part.words}", 1, "bold")
            self._expression(part.tokens, 3)
        self._left_out(demand.leaves_out, 1)
        self._names(thing.demand_names)
        self._sub(self._words["shape"])
        self._block(shape, 2)

    def _norm(self, norm: NormParts) -> None:
        self._references(self._words["lifted_by"], norm.lifted_by, always=True)
        self._references(self._words["lifts"], norm.lifts, always=True)
        self._references(self._words["sanctions"], norm.sanctions)
        self._references(self._words["reconciliations"], norm.reconciliations)
        self._reading(norm.reading)
        if norm.questions:
            self._heading(self._words["questions"])
            for question in norm.questions:
                self._question(question)

    def _history(self, events: list[Event]) -> None:
        if events:
            self._heading(self._words["history"])
        for event in events:
            version = f" – {event.version.text}" if event.version else ""
            self._line(Text(f"{event.on} {event.says}{version}"), 1)

    def _reading(self, reading: SecondReading | None) -> None:
        self._heading(self._words["second_reading"])
        if reading is None:
            self._prose(self._words["second_reading_absent"], 1, "yellow")
            return
        self._prose(reading.made, 1)
        for text in (reading.edition.text, reading.edition.href or "", reading.read_in):
            self._prose(text, 1, "dim")
        if reading.stale:
            self._prose(self._words["second_reading_stale"], 1, "yellow")
        for element in reading.elements:
            holders = ", ".join(shown.name or shown.text for shown in element.held)
            self._prose(f"• {element.says}", 1)
            self._prose(f"← {holders}" if holders else f"{self._words['left_out']}: {element.left}", 3, "dim" if holders else "yellow")

    def _provenance(self, thing: Thing) -> None:
        notes = thing.norm.notes if thing.norm else []
        if thing.verified or notes:
            self._heading(self._words["provenance"])
            for sentence in thing.verified:
                self._prose(sentence, 1)
            self._rows([*thing.sources, *notes], 1)

    def _names(self, definitions: list[Definition]) -> None:
        if definitions:
            self._sub(self._words["in_these_names"])
            for definition in definitions:
                self._definition(definition, 2)

    def _definition(self, shown: Definition, level: int) -> None:
        self._line(Text.assemble((shown.name, "bold"), " — ", shown.label), level)
        self._prose(shown.definition, level + 1, "dim")
        if shown.tokens:
            self._expression(shown.tokens, level + 2)
        for row in shown.sources:
            self._row(row, level + 1)
        self._left_out(shown.leaves_out, level + 1)

    def _left_out(self, text: str, level: int) -> None:
        if text:
            self._prose(f"{self._words['leaves_out']}: {text}", level, "yellow")

    def _references(self, heading: str, found: list[Reference], *, always: bool = False) -> None:
        if found or always:
            self._heading(heading)
            if not found:
                self._prose(self._words["nothing"], 1, "dim")
            for reference in found:
                self._reference(reference, 1)

    def _reference(self, reference: Reference, level: int) -> None:
        self._line(Text.assemble((reference.name, "bold"), "  ", reference.label), level)
        if reference.provisions:
            self._line(Text("; ".join(provision.label for provision in reference.provisions), "dim"), level + 1)

    def _question(self, question: Question) -> None:
        self._prose(question.label, 1, "bold magenta")
        self._prose(question.definition, 1)
        for position in question.positions:
            self._prose(f"§ {position.label}. {position.definition}".rstrip(". "), 2)
            if position.authority:
                self._prose(f"{self._words['held_by']}: {position.authority}", 3, "dim")
            for norm in position.norms:
                self._line(Text.assemble((f"{self._words['expressed_by']} ", "dim"), (norm.name, "bold"), "  ", norm.label), 3)

    def _scenarios(self, heading: str, lines: list[ScenarioLine], *, changes: bool = False) -> None:
        """The scenarios by file; with ``changes`` also the facts that tell each from the neighbour that it is like."""
        self._sub(heading)
        if not lines:
            self._prose(self._words["nothing"], 2, "dim")
        file = ""
        for line in lines:
            if line.file != file:
                file = line.file
                self._line(Text(file, "dim"), 2)
            self._line(Text.assemble((f"{line.status}  ", "cyan"), line.name), 3)
            if changes and line.like:
                changed = shorten(json.dumps(line.but, ensure_ascii=False), _LONGEST_CHANGE, placeholder=" …")
                self._line(Text(f"{self._words['differs'].format(name=line.like)} {changed}", "dim"), 5)

    def _rows(self, rows: Iterable[Row], level: int) -> None:
        for row in rows:
            self._row(row, level)

    def _row(self, row: Row, level: int) -> None:
        texts = [_text(value) for value in row.values]
        if row.hidden:
            texts.append(self._words["more"].format(n=row.hidden))
        if len(texts) == 1:
            self._line(Text.assemble((f"{row.label}: ", "dim"), texts[0]), level)
            return
        self._line(Text(f"{row.label}:", "dim"), level)
        for text in texts:
            self._line(Text(text), level + 1)

    def _heading(self, text: str) -> None:
        self._console.print()
        self._line(Text(text, "bold underline"))

    def _sub(self, text: str) -> None:
        self._line(Text(text, "bold"), 1)

    def _expression(self, tokens: list[Token], level: int) -> None:
        self._block("".join(token.text for token in tokens), level)

    def _block(self, text: str, level: int) -> None:
        for line in text.splitlines():
            self._line(Text(line), level)

    def _line(self, text: Text, level: int = 0) -> None:
        """A line that is never broken, so that expressions and addresses can be copied."""
        self._console.print(Text.assemble(" " * (_STEP * level), text), soft_wrap=True, highlight=False)

    def _prose(self, text: str, level: int, style: str = "") -> None:
        """A paragraph, broken at the width of the terminal."""
        for line in Text(text, style).wrap(self._console, max(20, self._console.width - _STEP * level)) if text else ():
            line.rstrip()
            self._line(line, level)

    def _place(self, provision: Provision) -> str:
        number = self._words["number"].format(n=provision.number) if provision.number and provision.number not in provision.label else ""
        instrument = f"{provision.instrument_label} ({provision.instrument})" if provision.instrument else ""
        return " · ".join(part for part in (provision.label, number, instrument) if part)


def index_lines(found: list[Instrument], lang: str) -> list[Text]:
    """Return the index of instruments as lines: a head, a line for each, how many there are."""
    w = words(lang)
    rows = [[w[key] for key in ("index_path", "index_since", "index_until", "index_articles", "index_norms", "index_title")]]
    rows += [[i.path, i.since or "?", i.until or "", str(i.articles), str(i.norms), i.title] for i in found]
    widths = [max(cell_len(row[column]) for row in rows) for column in range(5)]
    lines = [Text("  ".join([*(set_cell_size(cell, width) for cell, width in zip(row, widths)), row[-1]])) for row in rows]
    lines[0].stylize("bold")
    return [*lines, Text(w["index_total"].format(n=len(found)), "dim")]


def _text(shown: Shown) -> str:
    text = "".join(token.text for token in shown.tokens) or shown.text
    text = f"{shown.name}  {text}" if shown.name and shown.name != text else text
    return f"{text} ({shown.page})" if shown.page else text
