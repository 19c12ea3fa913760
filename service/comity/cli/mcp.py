"""``comity mcp``: the tools for a language model, over the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.building.commands import dataset_for
from comity.check.dataset import DatasetError
from comity.cli.app import app, err, stop


@app.command()
def mcp(dataset: Annotated[Path | None, typer.Option(help="Folder of the built dataset.")] = None) -> None:
    """Serve the tools check, ask, plan, recognise, conflicts and article to a language model, on standard input and output.

    A program that speaks the Model Context Protocol starts this command and talks to it; there is nothing to see in a terminal. The exit
    code is 2 where the package mcp is not installed, 3 if there is no sound dataset.

    Example: claude mcp add comity -- comity mcp
    """
    from importlib.util import find_spec

    if find_spec("mcp") is None:
        raise stop("comity mcp needs the package mcp; install it with: pip install 'comity[mcp]'", 2)
    try:
        from comity.api.settings import Settings
        from comity.mcp.desk import Desk
        from comity.mcp.server import serve

        serve(Desk(Settings(dataset=dataset_for(dataset, err))))
    except DatasetError as fault:
        raise stop(str(fault), 3) from None
