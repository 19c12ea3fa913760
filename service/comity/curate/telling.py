"""What ``comity validate``, ``comity fmt`` and ``comity try`` print, in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import set_cell_size
from rich.console import Console
from rich.markup import escape

from comity.curate.fmt import Outcome
from comity.curate.trial import Trial
from comity.rdf.fault import Fault

__all__ = ["tell_catalogue", "tell_faults", "tell_formatted", "tell_trial"]

_WORDS = {
    "en": {
        "warning": "warning",
        "fault": "fault",
        "graph": "the graph",
        "full_stop": ".",
        "counted": "{faults} faults, {warnings} warnings",
        "none": "the sources keep every rule",
        "written": "written: {path}",
        "would_change": "would change: {path}",
        "catalogue_written": "written: the catalogue and the imports of ontology/comity.ttl",
        "catalogue_stale": "out of date: the catalogue and the imports of ontology/comity.ttl",
        "differs": "differs",
        "owed": "owed",
        "owes": "{lack}: {norms}",
        "comma": ", ",
        "fires": "a scenario in which it fires",
        "silent": "a scenario in which it is silent, one fact away from one in which it fires",
        "tried": "{number} scenarios, {failed} differ; {owing} norms{about} owe a scenario",
        "about": " of {instruments}",
        "many": "{number} instruments",
    },
    "zh": {
        "warning": "警告",
        "fault": "错误",
        "graph": "图谱",
        "full_stop": "。",
        "counted": "{faults} 项错误，{warnings} 项警告",
        "none": "源文件符合全部规则",
        "written": "已写入：{path}",
        "would_change": "将会改动：{path}",
        "catalogue_written": "已写入：编目文件和 ontology/comity.ttl 的导入",
        "catalogue_stale": "未更新：编目文件和 ontology/comity.ttl 的导入",
        "differs": "不符",
        "owed": "尚缺",
        "owes": "{lack}：{norms}",
        "comma": "、",
        "fires": "使其适用的情景",
        "silent": "使其不适用、且与使其适用的情景仅有一项事实不同的情景",
        "tried": "{number} 个情景，{failed} 个不符；{about}{owing} 项规范尚缺情景",
        "about": "{instruments} 中有 ",
        "many": "{number} 个法律文件",
    },
}
_MOST_NAMED = 5
_COLUMN = 8
"""Cells that the word before a place takes, so that the places stand below one another."""


def tell_faults(found: Sequence[Fault], language: str, console: Console) -> None:
    """Print each fault with its place, what is wrong and what to do, and at the end how many there are."""
    words = _WORDS[language]
    for fault in found:
        place = f"{fault.file or words['graph']}{f':{fault.line}' if fault.line else ''}"
        _tell(console, fault.level, words[fault.level], f"{place}  {fault.focus}", fault.told(language))
    faults = sum(fault.level == "fault" for fault in found)
    told = words["counted"].format(faults=faults, warnings=len(found) - faults) if found else words["none"]
    console.print(told, highlight=False)


def tell_formatted(outcome: Outcome, check_only: bool, language: str, console: Console) -> None:
    """Print which files were written, or with ``check_only`` would be, and what is wrong with those that were left alone."""
    words = _WORDS[language]
    for path in outcome.changed:
        _print(console, escape(words["would_change" if check_only else "written"].format(path=path)))
    for fault in outcome.faults:
        reason, remedy = fault.told(language)
        place = f"{fault.file}{f':{fault.line}' if fault.line else ''}"
        _tell(console, "fault", words["fault"], place, (reason + words["full_stop"], remedy))


def tell_catalogue(check_only: bool, language: str, console: Console) -> None:
    """Print that the catalogues were written, or with ``check_only`` are out of date."""
    _print(console, _WORDS[language]["catalogue_stale" if check_only else "catalogue_written"])


def tell_trial(trial: Trial, language: str, console: Console) -> None:
    """Print the scenarios that do not hold, the norms that owe one, and how many there are of both.

    What differs in a scenario is told in English, in the words in which scenarios are written.
    """
    words = _WORDS[language]
    for scenario, found in trial.failed:
        _print(console, f"[red]{set_cell_size(words['differs'], _COLUMN)}[/]{escape(f'{scenario.file}:{scenario.line}  {scenario.name}')}")
        for difference in found:
            _print(console, f"    {escape(difference)}")
    for norms, lack in ((trial.owed.never_fired, "fires"), (trial.owed.never_silenced, "silent")):
        if norms:
            told = words["owes"].format(lack=words[lack], norms=words["comma"].join(norms))
            _print(console, f"[yellow]{set_cell_size(words['owed'], _COLUMN)}[/]{escape(told)}")
    owing = len({*trial.owed.never_fired, *trial.owed.never_silenced})
    named = words["comma"].join(trial.about) if len(trial.about) <= _MOST_NAMED else words["many"].format(number=len(trial.about))
    about = words["about"].format(instruments=named) if trial.about else ""
    _print(console, escape(words["tried"].format(number=trial.number, failed=len(trial.failed), owing=owing, about=about)))


def _tell(console: Console, level: str, word: str, place: str, texts: tuple[str, str]) -> None:
    colour = "yellow" if level == "warning" else "red"
    message, remedy = texts
    _print(console, f"[{colour}]{set_cell_size(word, _COLUMN)}[/]{escape(place)}\n    {escape(message)}\n    [dim]{escape(remedy)}[/]")


def _print(console: Console, markup: str) -> None:
    console.print(markup, highlight=False, soft_wrap=True)
