"""``comity check | build | serve``: the service and what it answers."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

from comity.building.commands import BuildStopped, dataset_for, run_build
from comity.check.answer import DETAILS, SCOPES
from comity.check.checker import Checker
from comity.check.dataset import DatasetError, load_checker
from comity.cli.app import Language, app, err, stop
from comity.flow.json_text import NotJson, parse_json
from comity.flow.problems import DescriptionError
from comity.paths import build_folder, source_root

__all__ = ["EXIT_ANSWERS"]

EXIT_ANSWERS = {
    "permitted": 0,
    "not-regulated": 0,
    "conditional": 10,
    "contested": 11,
    "needs-information": 12,
    "conflict": 13,
    "prohibited": 14,
    "not-covered": 15,
}
"""Exit codes of ``comity check`` by verdict; 2 is a wrong call or description, 3 a dataset that is not there or not sound."""


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A flow description in JSON; - reads standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    verbose: Annotated[int, typer.Option("-v", count=True, help="Show what each norm says and why; -vv also all that was looked at.")] = 0,
    scope: Annotated[str, typer.Option(help="flow, or all: ask also about duties that stand around the flow.")] = "flow",
    latent: Annotated[bool, typer.Option("--latent", help="Tell also what would collide if an authority demanded the data.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the report.")] = Language.en,
    dataset: Annotated[Path | None, typer.Option(help="Folder of the built dataset.")] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask for what is not told, and write the completed description.")] = False,
    output: Annotated[Path | None, typer.Option(help="With --ask: the file to write; next to FILE unless named.")] = None,
    force: Annotated[bool, typer.Option("--force", help="With --ask: overwrite that file.")] = False,
) -> None:
    """Check one flow or route and print the verdict, what to do, what collides and what is still to be told.

    The exit code is the verdict: 0 permitted or not regulated, 10 conditional, 11 contested, 12 needs information,
    13 conflict, 14 prohibited, 15 law not covered; 2 if the description cannot be read, 3 if there is no sound dataset. Where none is
    in the default place yet, it is built there once; a folder that is named is only read.

    A description with variants is answered with a table.

    With --ask it first asks for the facts on which the verdict and the plan hang, one at a time, and writes what it was told to a new file.

    Example: comity check examples/prompts-to-a-foreign-model.json --lang zh
    """
    console = Console()
    if scope not in SCOPES:
        raise stop(f"--scope is {scope!r}; it is {' or '.join(SCOPES)}", 2)
    written = _to_write(file, output, force) if ask else None
    try:
        description = _read_description(file)
        checker = load_checker(dataset_for(dataset, err))
        if written is not None:
            description = _completed(checker, description, written, lang.value)
        answer = checker.check(description, DETAILS[min(verbose, 2)], scope, latent=latent)
    except DatasetError as fault:
        raise stop(str(fault), 3) from None
    except DescriptionError as fault:
        if as_json:
            print(json.dumps({"errors": fault.problems}, ensure_ascii=False))
        from comity.terminal import print_problems

        print_problems(fault.problems, err, lang.value)
        raise typer.Exit(2) from None
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        from comity.show.summary import print_summary, print_variants
        from comity.terminal import print_findings

        if "variants" in answer:
            print_variants(answer, console, lang.value)
        else:
            print_summary(answer, console, lang.value)
            if verbose:
                print_findings(answer, console, lang.value)
    raise typer.Exit(0 if "variants" in answer else EXIT_ANSWERS[answer["verdict"]])


@app.command()
def timeline(
    file: Annotated[str, typer.Argument(help="A flow description in JSON; - reads standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the changes as JSON.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the report.")] = Language.en,
    dataset: Annotated[Path | None, typer.Option(help="Folder of the built dataset.")] = None,
) -> None:
    """Print on which days the answer to a description changes, past and announced, and which laws change it.

    The facts stay as they are stated; only the day moves. The exit code is 2 if the description cannot be read.

    Example: comity timeline examples/prompts-to-a-foreign-model.json
    """
    try:
        found = load_checker(dataset_for(dataset, err)).timeline(_read_description(file))
    except DatasetError as fault:
        raise stop(str(fault), 3) from None
    except DescriptionError as fault:
        from comity.terminal import print_problems

        print_problems(fault.problems, err, lang.value)
        raise typer.Exit(2) from None
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(found, option=orjson.OPT_INDENT_2) + b"\n")
        return
    from comity.show.summary import print_timeline

    print_timeline(found, Console(), lang.value)


def _to_write(file: str, output: Path | None, force: bool) -> Path:
    """Return the file for the completed description, which must not be there yet unless forced."""
    if file == "-":
        raise stop("--ask reads the answers from the terminal; name a file with the description", 2)
    written = output or Path(file).with_suffix(".completed.json")
    if written.exists() and not force:
        raise stop(f"{written} is there already; name another file with --output, or overwrite it with --force", 2)
    return written


def _completed(checker: Checker, description: Any, written: Path, language: str) -> Any:
    """Ask for what is not told, write the completed description, and return it."""
    from comity.cli.asking import ask_on, completed_text
    from comity.terminal import CODES_IN_CHINESE

    if isinstance(description, dict) and "variants" in description:
        raise stop("--ask completes one description; take its variants out", 2)
    completed = ask_on(
        checker, description, err, language, lambda verdict: CODES_IN_CHINESE.get(verdict, verdict) if language == "zh" else verdict
    )
    try:
        written.write_text(completed_text(completed), encoding="utf-8")
    except OSError as fault:
        raise stop(f"{written}: {fault.strerror}", 2) from None
    err.print(str(written), style="dim")
    return completed


def _read_description(file: str) -> Any:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as fault:
        raise stop(f"{file}: {fault.strerror}", 2) from None
    try:
        return parse_json(raw)
    except NotJson as fault:
        raise stop(f"{file}: {fault}", 2) from None


@app.command()
def build(
    dataset: Annotated[Path | None, typer.Option(help="Folder to write the dataset to.")] = None,
    reasoner: Annotated[bool, typer.Option(help="Let HermiT check the vocabulary and the conflicts.")] = True,
    root: Annotated[Path | None, typer.Option(help="Folder with ontology/, data/ and shapes/.")] = None,
) -> None:
    """Build the dataset that checks and the service load.

    It takes the place of an older dataset or of an empty folder, and of nothing else. The exit code is 1 if the law cannot be built or
    the dataset not be written; what was there is then as it was.

    Example: comity build --no-reasoner      (seconds; for the editing loop)
    """
    try:
        run_build(root or source_root(), dataset or build_folder(), reasoner, err)
    except BuildStopped as fault:
        raise stop(str(fault), 1) from None


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="Server processes.")] = None,
    dataset: Annotated[Path | None, typer.Option(help="Folder of the built dataset.")] = None,
) -> None:
    """Serve the REST API, SPARQL and the pages of the graph.

    Where no dataset is in the default place yet, it is built there once; a folder that is named is only read. The exit code is 3 if there
    is no sound dataset.

    Example: comity serve --port 8080
    """
    from pydantic import ValidationError

    from comity.api.serve import run

    try:
        chosen = {"host": host, "port": port, "workers": workers, "dataset": dataset_for(dataset, err)}
        run({key: value for key, value in chosen.items() if value is not None})
    except DatasetError as fault:
        raise stop(str(fault), 3) from None
    except ValidationError as fault:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in fault.errors())
        raise stop(f"a setting is out of its bounds: {wrong}", 2) from None
