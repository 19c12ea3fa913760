"""``comity query``: the questions of the catalogue and their answers, and any other query over the dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.cli.app import Language, app, stop
from comity.manifest import DatasetError
from comity.paths import dataset_folder, source_root
from comity.queries.catalogue import mentioning, questions

_FORMATS = ("table", "csv", "json")


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(help="A question of the catalogue, or a file.")] = None,
    values: Annotated[list[str] | None, typer.Argument(help="What it asks for, as place=CN day=2026-01-31.")] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the questions that contain NAME and the words after it.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the question and of a table.")] = Language.en,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, in both languages.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, in both languages.")] = False,
    form: Annotated[str, typer.Option("--format", help="table, csv or json")] = "table",
    bind: Annotated[list[str] | None, typer.Option("--bind", "-b", help="variable=value, as an argument gives it.")] = None,
    dataset: Annotated[Path | None, typer.Option(help="Folder of the built dataset.")] = None,
) -> None:
    """Answer a question of the catalogue, or run a SPARQL query over the dataset or over COMITY_SPARQL_ENDPOINT if it is set.

    A value that may be left out stands for all. The exit code is 2 for an unknown question or value, 3 where there is no sound dataset.

    Example: comity query changed-between place=CN from=2024-01-01 until=2024-07-01
    """
    from comity.queries.remote import RemoteError
    from comity.queries.running import QueryError, find_query, print_rows, read_pairs, run_query

    if listing or name is None:
        _list(" ".join([*([name] if name else []), *(values or [])]), lang.value)
        return
    chosen = "json" if as_json else "csv" if as_csv else form
    if chosen not in _FORMATS:
        raise stop(f"--format is {form!r}; it is one of {', '.join(_FORMATS)}", 2)
    try:
        text = find_query(name, source_root())
        given = read_pairs([*(values or []), *(bind or [])])
        print_rows(run_query(text, dataset or dataset_folder(), given), chosen, lang.value)
    except DatasetError as fault:
        raise stop(str(fault), 3) from None
    except (QueryError, RemoteError, SyntaxError, ValueError, OSError) as fault:
        raise stop(str(fault), 2) from None


def _list(words: str, lang: str) -> None:
    """Print a line for each question that contains all *words*: its name, what it takes, and what it asks."""
    found = mentioning(questions(source_root()), words)
    if not found:
        raise stop(f"no question contains {words!r}", 2)
    takes = [" ".join(f"[{each.name}]" if each.open else each.name for each in question.head.parameters) for question in found]
    widths = max(len(question.name) for question in found), max(map(len, takes))
    for question, taken in zip(found, takes):
        print(f"{question.name:{widths[0]}}  {taken:{widths[1]}}  {question.head.text[lang]}")
