"""The command ``comity`` itself: what all its parts share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from comity import __version__

__all__ = ["Language", "app", "err", "stop"]

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


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Print the version when asked."""
    if show:
        print(__version__)
        raise typer.Exit
