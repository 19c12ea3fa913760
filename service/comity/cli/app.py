"""The command ``comity`` itself: what all its parts share."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from comity import __version__
from comity.spelling import nearest_day

__all__ = ["Language", "app", "err", "stated_day", "stop"]

app = typer.Typer(
    name="comity",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    help="Verdicts on cross-border data flows, with the law that gives them.",
)
err = Console(stderr=True)


class Language(StrEnum):
    """Languages of the report."""

    en = "en"
    zh = "zh"


def stop(message: str, code: int) -> typer.Exit:
    """Print ``message``, which is plain text, and return what ends the command with ``code``."""
    err.print(f"[bold red]error[/] {escape(message)}", highlight=False, soft_wrap=True)
    return typer.Exit(code)


def stated_day(text: str, option: str) -> date:
    """Return the day that an option names; ends the command where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        near = "".join(f"; did you mean {day}?" for day in nearest_day(text))
        raise stop(f"{option} is {text!r}; write a day as 2026-01-31{near}", 2) from None


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Print the version when asked."""
    if show:
        print(__version__)
        raise typer.Exit
