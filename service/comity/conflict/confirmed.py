"""Conflicts as the graph keeps them: opposed pairs gathered into clashes of duties, and the flows that show them, confirmed by the engine.

Versions and variants of a norm, and the norms of one law that compel the same act, are twins: what they oppose is one conflict. The
side that compels is told apart by its instrument, the other one by the duty that its rule of opposition names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.check.checker import Checker
from comity.conflict.record import ANY, FOLDER, SIGN, Witness, WitnessFault
from comity.flow.problems import DescriptionError
from comity.law.conflicts import collisions
from comity.law.contested import rulings
from comity.law.program_text import ConflictText, NormText, ProgramText

__all__ = ["Clashes", "Duties", "collided", "confirmed", "named_pairs", "shown"]

Duties = tuple[str, str, tuple[str, ...]]
"""What tells clashes of duties apart: the kind, the instrument of the first side, and the duty of the second."""


def confirmed(program: ProgramText, opposed: Sequence[ConflictText], witnesses: Iterable[Witness]) -> list[ConflictText]:
    """Return the opposed pairs, each under the IRI of its clash, and marked as formal where no witness shows the clash.

    Raises :class:`WitnessFault` for a witness of norms that are not opposed, or in whose flow they do not collide.
    """
    by_norms = {frozenset(pair["norms"]): pair for pair in opposed}
    checker = Checker({**program, "conflicts": list(opposed), "graph": {"version": "", "digest": ""}})
    held = []
    for witness in witnesses:
        pair = by_norms.get(frozenset(witness.norms))
        named = SIGN.join(witness.norms)
        if pair is None:
            raise WitnessFault(
                f"{witness.place}: {named} are not opposed, or no flow can be subject to both. Correct the names, or take the flow out."
            )
        if pair["iri"] not in collided(checker, witness.flow):
            raise WitnessFault(
                f"{witness.place}: {named} do not both bind in this flow as the law stands now. Mend the norm that was changed, "
                "or compose another flow with comity witnesses."
            )
        held.append(witness)
    return shown(program, opposed, held)


def shown(program: ProgramText, opposed: Sequence[ConflictText], witnesses: Iterable[Witness]) -> list[ConflictText]:
    """Return the opposed pairs, each under the IRI of its clash, and marked as formal where no witness shows the clash.

    No flow is asked: where a flow that somebody describes is subject to both norms, they collide there whether or not one was shown.
    """
    clash_of = Clashes(program)
    by_norms = {frozenset(pair["norms"]): pair for pair in opposed}
    iris: dict[Duties, str] = {}
    for witness in witnesses:
        if (pair := by_norms.get(frozenset(witness.norms))) is not None:
            iris.setdefault(clash_of(pair), pair["iri"])
    held = frozenset(iris)
    for pair in opposed:
        iris.setdefault(clash_of(pair), pair["iri"])
    return [{**pair, "iri": iris[clash_of(pair)], "formal": clash_of(pair) not in held} for pair in opposed]


def named_pairs(program: ProgramText, opposed: Sequence[ConflictText], named: Iterable[tuple[str, str]], file: str) -> set[frozenset[str]]:
    """Return the opposed pairs that a file names, each with its twins: the same act of the one law, the same articles of the other.

    In the place of a norm may stand :data:`ANY`, or a folder of laws with it, such as ``xx/*``: all of them to which the other side is
    opposed. Raises :class:`WitnessFault` for names that fit no opposed pair.
    """
    norms = {norm["id"]: norm for norm in program["norms"]}
    alike: dict[tuple[str, ...], set[frozenset[str]]] = {}
    home: dict[frozenset[str], tuple[str, ...]] = {}
    for pair in opposed:
        first, second = (norms[name] for name in pair["norms"])
        names = frozenset(pair["norms"])
        home[names] = (pair["kind"], first["instrument"], first["act"], second["instrument"], *second["articles"])
        alike.setdefault(home[names], set()).add(names)
    found: set[frozenset[str]] = set()
    for one, other in named:
        fitting = [
            frozenset((a, b))
            for a, b in (pair["norms"] for pair in opposed)
            if (_fits(one, norms[a]) and _fits(other, norms[b])) or (_fits(one, norms[b]) and _fits(other, norms[a]))
        ]
        if not fitting:
            raise WitnessFault(f"{FOLDER}/{file}: {one}{SIGN}{other} are not opposed. Correct the names, or take the entry out.")
        found |= {pair for names in fitting for pair in alike[home[names]]}
    return found


def _fits(name: str, norm: NormText) -> bool:
    return name == norm["id"] or (name.endswith(ANY) and norm["instrument"].startswith(name.removesuffix(ANY)))


def collided(checker: Checker, flow: object) -> set[str]:
    """Return the IRIs of the pairs that surely collide in a flow; none where it cannot be read."""
    try:
        read = checker.read(flow)
    except DescriptionError:
        return set()
    found: set[str] = set()
    for leg in read.legs:
        application = checker.application(read, leg)
        met = collisions(application, rulings(application, application.live()))
        found |= {collision.pair["iri"] for collision in met if not collision.open}
    return found


class Clashes:
    """Tells clashes of duties apart."""

    def __init__(self, program: ProgramText) -> None:
        self._norms = {norm["id"]: norm for norm in program["norms"]}

    def __call__(self, pair: ConflictText) -> Duties:
        """Return the clash to which a pair belongs."""
        return pair["kind"], self._norms[pair["norms"][0]]["instrument"], tuple(pair["duty"])
