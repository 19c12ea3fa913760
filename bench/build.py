"""How long a build takes: for editing, for the first time, again, after an edit, and with twice the law."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from rdflib import OWL, RDFS

from bench.copies import multiply
from comity.building.pipeline import build
from comity.curate.validate import validate
from comity.rdf.load import load_sources
from comity.rdf.names import C
from comity.scenarios.format import SCENARIOS, read_scenarios

__all__ = ["measure"]

_LAW = "ontology/law/"
Figure = tuple[str, float, str]


def measure(root: Path, folder: Path) -> Iterator[Figure]:
    """Yield the seconds and the CPU seconds of builds and of ``comity validate``, with the law as it is and with twice the law.

    Each law begins without anything that HermiT has said before.
    """
    yield from _figures("validate", lambda: validate(root))
    for law, copies in (("", 0), ("_twice", 1)):
        sources = folder / f"sources{law}"
        multiply(root, sources, copies)

        shutil.copytree(root / SCENARIOS, sources / SCENARIOS)

        def built(reasoner: bool = True, sources: Path = sources) -> None:
            scenarios = read_scenarios(sources / SCENARIOS) if reasoner else ()
            build(sources, sources / "build", reasoner=reasoner, scenarios=scenarios, judgements=sources / "judgements")

        yield from _figures(f"build_no_reasoner{law}", lambda: built(reasoner=False))
        yield from _figures(f"build{law}", built)
        yield from _figures(f"build_again{law}", built)
        _edit(sources)
        yield from _figures(f"build_after_edit{law}", built)


def _figures(name: str, work: Callable[[], object]) -> Iterator[Figure]:
    start, cpu = perf_counter(), _cpu()
    work()
    yield f"{name}_s", perf_counter() - start, "s"
    yield f"{name}_cpu_s", _cpu() - cpu, "s"


def _cpu() -> float:
    """Return the seconds that this process and those that it waited for have spent on a core."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _edit(sources: Path) -> None:
    """Say more of the defined class that the law names most often: the edit of one file that changes most."""
    files = load_sources(sources)
    law = [triple for file in files.folder(_LAW) for triple in file.triples]
    defined = {triple.subject for triple in law if triple.predicate.value == str(OWL.equivalentClass)}
    named = Counter(triple.object for triple in law if triple.object in defined)
    ((name, _),) = named.most_common(1)
    path = sources / str(files.file_of(name.value))
    path.write_text(path.read_text(encoding="utf-8") + f"\n{name} <{RDFS.subClassOf}> <{C.DataFlow}> .\n", encoding="utf-8")
