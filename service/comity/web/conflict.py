"""A conflict as a lawyer reads it: its two sides, why both cannot be followed, the ways out as steps, and a flow that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from comity.iris import ELI, NS, SKOS
from comity.web.norm import Norms, Provision, Question, Reference
from comity.web.shown import Presenter, Shown, natural
from comity.web.terms import Terms
from comity.web.tree import Tree, read
from comity.web.words import WORDS

__all__ = ["TOLD_HERE", "ConflictParts", "Conflicts", "NormOfSide", "Side", "Step"]

_SIDES = ((NS + "firstSide", NS + "firstSays"), (NS + "secondSide", NS + "secondSays"))
TOLD_HERE = {word for side in _SIDES for word in side} | {
    NS + name for name in ("betweenNorm", "reconciledBy", "hardness", "foundBy", "witness", "conflictKind")
}
"""What the sections of the page of a conflict show, so that its rows leave it out."""


@dataclass(slots=True)
class NormOfSide:
    """A norm on one side: its days, whom it binds, what it says at length, and what follows where it is broken."""

    reference: Reference
    since: str
    until: str
    bearer: str
    sanctions: list[Reference]


@dataclass(slots=True)
class Side:
    """One side of a conflict: the legal orders, what it says to whom, and its norms: the versions and variants of one duty."""

    orders: list[str]
    says: str
    norms: list[NormOfSide]


@dataclass(slots=True)
class Step:
    """A way out: what is done; of what kind it is, by whom and by when; and where it is written."""

    label: str
    definition: str
    about: str
    provisions: list[Provision]


@dataclass(slots=True)
class ConflictParts:
    """The sections of the page of a conflict."""

    kind: str
    grade: str
    grade_definition: str
    why: str
    sides: list[Side]
    steps: list[Step]
    questions: list[Question]
    witnesses: list[tuple[Shown, str]]


class Conflicts:
    """Reads conflicts out of ``store``."""

    def __init__(self, store: Store, terms: Terms, presenter: Presenter, norms: Norms) -> None:
        self._store, self._terms, self._presenter, self._norms = store, terms, presenter, norms

    def parts(self, tree: Tree, lang: str) -> ConflictParts:
        """Return the sections of the conflict whose statements ``tree`` holds."""
        kind, grade, rule = (next(iter(tree.iris(NS + name)), "") for name in ("conflictKind", "hardness", "foundBy"))
        norms = [iri for word, _ in _SIDES for iri in tree.iris(word)]
        return ConflictParts(
            kind=self._terms.label(kind, lang),
            grade=self._terms.label(grade, lang),
            grade_definition=self._text(grade, SKOS + "definition", lang),
            why=self._text(rule, NS + "whyNotBoth", lang),
            sides=[self._side(tree, word, says, lang) for word, says in _SIDES],
            steps=self._steps(tree, lang),
            questions=self._norms.questions(norms, lang),
            witnesses=[self._witness(iri, lang) for iri in sorted(tree.iris(NS + "witness"), key=natural)],
        )

    def _side(self, tree: Tree, word: str, says: str, lang: str) -> Side:
        iris = sorted(tree.iris(word), key=natural)
        orders = dict.fromkeys(order for iri in iris for order in self._norms.orders(iri, lang))
        return Side(list(orders), self._presenter.text(tree, (says,), lang), [self._norm(iri, lang) for iri in iris])

    def _norm(self, iri: str, lang: str) -> NormOfSide:
        tree = read(self._store, NamedNode(iri))
        bearer = next(iter(tree.iris(NS + "bearer")), "")
        return NormOfSide(
            reference=self._norms.reference(iri, lang),
            since=self._terms.first(iri, ELI + "date_applicability") or "",
            until=self._terms.first(iri, ELI + "date_no_longer_in_force") or "",
            bearer=self._terms.label(bearer, lang) if bearer else "",
            sanctions=[self._norms.reference(sanction, lang) for sanction in sorted(tree.iris(NS + "sanction"), key=natural)],
        )

    def _steps(self, tree: Tree, lang: str) -> list[Step]:
        found = [(self._order(iri), natural(iri), iri) for iri in tree.iris(NS + "reconciledBy")]
        return [self._step(iri, lang) for _, _, iri in sorted(found)]

    def _order(self, iri: str) -> int:
        kind = self._terms.first(iri, NS + "wayKind")
        return int(self._terms.first(kind, NS + "order") or 0) if kind else 0

    def _step(self, iri: str, lang: str) -> Step:
        tree = read(self._store, NamedNode(iri))
        kind, actor = (next(iter(tree.iris(NS + name)), "") for name in ("wayKind", "wayActor"))
        reference = self._norms.reference(iri, lang)
        about = [self._terms.label(kind, lang)] if kind else []
        about += [WORDS["who_acts"][lang].format(actor=self._terms.label(actor, lang))] if actor else []
        about += self._deadline(tree, lang)
        return Step(reference.label, reference.definition, WORDS["then"][lang].join(about), reference.provisions)

    def _deadline(self, tree: Tree, lang: str) -> list[str]:
        for limit in tree.properties.get(NS + "deadline", ()):
            if isinstance(limit, Tree):
                length = next(iter(limit.texts(NS + "length").values()), "")
                unit = self._terms.label(next(iter(limit.iris(NS + "timeUnit")), ""), lang)
                return [WORDS["within"][lang].format(n=length, unit=unit, event=limit.texts(NS + "runsFrom").get(lang, ""))]
        return []

    def _witness(self, iri: str, lang: str) -> tuple[Shown, str]:
        flows = read(self._store, NamedNode(iri)).properties.get(NS + "flowDescription", ())
        text = next((self._presenter.value(flow, lang).text for flow in flows if isinstance(flow, Literal)), "")
        return self._presenter.link(iri, lang), text

    def _text(self, iri: str, word: str, lang: str) -> str:
        return self._presenter.text(read(self._store, NamedNode(iri)), (word,), lang) if iri else ""
