"""``comity witnesses``: compose flows for the clashes of duties that have none, and write them beside the law."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from comity.check.checker import Checker
from comity.compile.program import compile_program
from comity.conflict.compose import composed
from comity.conflict.confirmed import Clashes, collided, named_pairs
from comity.conflict.record import CONTRIVED, FALSE, FOLDER, SIGN, Witness, read_reasons, read_witnesses, written
from comity.conflict.unjudged import candidates
from comity.law.program_text import ConflictText, ProgramText
from comity.rdf.load import load_sources
from comity.scenarios.format import SCENARIOS, read_scenarios

__all__ = ["compose_witnesses"]


def compose_witnesses(root: Path, err: Console, anew: bool = False) -> None:
    """Write a flow for each clash of duties that has none, or, *anew*, for all; tell by kind how many pairs stand and how many fell.

    A flow that no longer holds is replaced where another can be composed, and dropped otherwise.
    """
    graph = load_sources(root).graph()
    program = compile_program(graph)
    opposed = candidates(root, graph, program)
    clash_of = Clashes(program)
    by_norms = {frozenset(pair["norms"]): pair for pair in opposed}
    contrived = named_pairs(program, opposed, read_reasons(root, CONTRIVED), CONTRIVED)
    standing = [] if anew else _standing(program, opposed, read_witnesses(root))
    real = [witness for witness in standing if frozenset(witness.norms) not in contrived]
    kept = [*{clash_of(by_norms[frozenset(witness.norms)]): witness for witness in reversed(real)}.values()]  # one for each clash
    shown = {clash_of(by_norms[frozenset(witness.norms)]) for witness in kept}
    wanting = [pair for pair in opposed if clash_of(pair) not in shown and frozenset(pair["norms"]) not in contrived]
    told = [((scenario.name,), scenario.description) for scenario in read_scenarios(root / SCENARIOS)]
    flows = [*told, *((witness.composed_of, witness.flow) for witness in kept)]
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=err) as progress:
        task = progress.add_task("composing flows", total=None)
        made = [
            Witness((pair["norms"][0], pair["norms"][1]), flow, names, "", 0)
            for pair, flow, names in composed(program, wanting, flows, lambda done, of: progress.update(task, completed=done, total=of))
        ]
    _write(root, program, [*kept, *made])
    shown |= {clash_of(by_norms[frozenset(witness.norms)]) for witness in made}
    counted = Counter((pair["kind"], clash_of(pair) in shown) for pair in opposed)
    for kind in sorted({kind for kind, _ in counted}):
        err.print(f"{kind}: {counted[kind, True]} pairs of norms stand, {counted[kind, False]} are formal: no flow shows them")


def _standing(program: ProgramText, opposed: list[ConflictText], witnesses: list[Witness]) -> list[Witness]:
    """Return the witnesses in whose flows the two norms collide as the law stands."""
    checker = Checker({**program, "conflicts": opposed, "graph": {"version": "", "digest": ""}})
    iris = {frozenset(pair["norms"]): pair["iri"] for pair in opposed}
    return [witness for witness in witnesses if iris.get(frozenset(witness.norms)) in collided(checker, witness.flow)]


def _write(root: Path, program: ProgramText, witnesses: list[Witness]) -> None:
    homes = {norm["id"]: program["instruments"][norm["instrument"]]["jurisdiction"] for norm in program["norms"]}
    files: dict[str, list[Witness]] = defaultdict(list)
    for witness in witnesses:
        places = sorted({"-".join(homes[norm]).lower() for norm in witness.norms})
        files["--".join(places)].append(witness)
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.yaml"):
        if path.stem not in files and path.name not in (FALSE, CONTRIVED):
            path.unlink()
    for name, group in files.items():
        head = f"# Flows that show conflicts: each key names two norms ({SIGN.strip()}), which both bind in the flow below it.\n"
        (folder / f"{name}.yaml").write_text(head + written(group), encoding="utf-8")
