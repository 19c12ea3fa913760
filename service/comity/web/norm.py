"""A norm as a lawyer reads it: where it stands, what lifts it and what it lifts, what is open, how far it was verified."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from comity.iris import DCTERMS, ELI, NS, RDF, SKOS
from comity.web.history import Event, history
from comity.web.provenance import TOLD
from comity.web.reading import READING_OF, SecondReading, second_reading
from comity.web.shown import Presenter, Row, Shown, natural
from comity.web.terms import Terms
from comity.web.tree import Tree, read

# What a norm says of itself in the law's own terms; whatever else stands on it is a note of whoever encoded it.
FACTS = (
    NS + "statedIn", ELI + "date_applicability", ELI + "date_no_longer_in_force", NS + "bearer", NS + "concerns", NS + "judgedPer",
    NS + "riskDimension", NS + "restricts", NS + "exceptionsMustBeShown",
    # what speaks to states alone
    NS + "commitmentStrength", NS + "bindsParty", NS + "protects", NS + "reaches", NS + "exceptionGround", NS + "judgedBy", NS + "testPart",
    NS + "disputable", NS + "excludesActor", NS + "excludesMeasure", NS + "grantsRespite", NS + "closesForum", NS + "unsettlesForum",
    NS + "opensForum", NS + "enforces", NS + "noticeMonths",
)  # fmt: skip
_ELSEWHERE = {
    RDF + "type", SKOS + "prefLabel", SKOS + "altLabel", SKOS + "definition", DCTERMS + "identifier", NS + "appliesWhen", NS + "nexus",
    NS + "demands", NS + "exceptionTo", NS + "yieldsTo", NS + "sanction", NS + "reconciledBy", NS + "position", NS + "replaces", *TOLD,
}  # fmt: skip
# The links that sections of the page show.
SHOWN_ELSEWHERE = {NS + "exceptionTo", NS + "yieldsTo", NS + "replaces", READING_OF}


@dataclass(slots=True)
class Provision:
    """Where a norm is written: the provision, its number, the instrument, the official page."""

    label: str
    number: str
    href: str | None
    page: str | None
    instrument: str
    instrument_label: str


@dataclass(slots=True)
class Reference:
    """Another thing of the law in a line: its name, its label, where it is written."""

    iri: str
    name: str
    label: str
    href: str | None
    definition: str
    provisions: list[Provision]


@dataclass(slots=True)
class Position:
    """An answer to an open question: who holds it, and the norms that express it."""

    label: str
    definition: str
    href: str | None
    authority: str
    norms: list[Reference]


@dataclass(slots=True)
class Question:
    """A point on which the law is unsettled, with the positions that are held."""

    label: str
    definition: str
    href: str | None
    positions: list[Position]


@dataclass(slots=True)
class NormParts:
    """The sections of a norm's page that other things of the graph supply."""

    provisions: list[Provision]
    lifted_by: list[Reference]
    lifts: list[Reference]
    sanctions: list[Reference]
    reconciliations: list[Reference]
    questions: list[Question]
    notes: list[Row]
    witnesses: list[Shown]
    reading: SecondReading | None
    history: list[Event]


class Norms:
    """Reads norms out of ``store``."""

    def __init__(self, store: Store, terms: Terms, presenter: Presenter) -> None:
        self._store, self._terms, self._presenter = store, terms, presenter

    def parts(self, tree: Tree, lang: str) -> NormParts:
        """Return the sections of the norm whose statements ``tree`` holds."""
        iri = tree.iri or ""
        lifted_by = {*self._subjects(NS + "exceptionTo", iri), *tree.iris(NS + "yieldsTo")}
        lifts = {*tree.iris(NS + "exceptionTo"), *self._subjects(NS + "yieldsTo", iri)}
        other = sorted(set(tree.properties) - _ELSEWHERE - set(FACTS))
        return NormParts(
            provisions=[self.provision(p, lang) for p in sorted(tree.iris(NS + "statedIn"), key=natural)],
            lifted_by=self.references(lifted_by, lang),
            lifts=self.references(lifts, lang),
            sanctions=self.references(tree.iris(NS + "sanction"), lang),
            reconciliations=self.references(tree.iris(NS + "reconciledBy"), lang),
            questions=self.questions([iri], lang),
            notes=[self._presenter.row(prop, tree.properties[prop], lang) for prop in other],
            witnesses=self._witnesses(iri, lang),
            reading=second_reading(self._store, self._presenter, iri, lang),
            history=history(self._store, self._terms, self._presenter, iri, self._law(tree), lang),
        )

    def nexus(self, tree: Tree) -> str | None:
        """The class of the flows of which the law of the norm speaks at all: the norm's own, or that of its instrument."""
        if own := tree.iris(NS + "nexus"):
            return own[0]
        instrument = self._law(tree)
        return self._terms.first(instrument, NS + "nexus") if instrument else None

    def _law(self, tree: Tree) -> str | None:
        """Return the instrument that states the norm of ``tree``."""
        provision = min(tree.iris(NS + "statedIn"), default=None)
        return self._instrument(provision) if provision else None

    def provision(self, iri: str, lang: str) -> Provision:
        """Return the provision ``iri`` with its number, its instrument and the official page."""
        shown = self._presenter.link(iri, lang)
        instrument = self._instrument(iri)
        label = self._terms.label(instrument, lang) if instrument else ""
        number = self._terms.first(iri, ELI + "number") or ""
        return Provision(shown.text, number, shown.href, shown.page, self._terms.short(instrument) if instrument else "", label)

    def _instrument(self, provision: str) -> str | None:
        above = self._terms.first(provision, ELI + "is_part_of")
        seen = {provision}
        while above and above not in seen and self._terms.has(above, ELI + "is_part_of"):
            seen.add(above)
            above = self._terms.first(above, ELI + "is_part_of")
        return above

    def references(self, iris: set[str] | list[str], lang: str) -> list[Reference]:
        """Return things in a line each, in the order of their articles."""
        return [self.reference(iri, lang) for iri in sorted(set(iris), key=natural)]

    def reference(self, iri: str, lang: str) -> Reference:
        """Return one thing in a line."""
        tree = read(self._store, NamedNode(iri))
        return Reference(
            iri=iri,
            name=self._presenter.name(iri),
            label=self._terms.label(iri, lang),
            href=self._terms.href(iri),
            definition=self._presenter.text(tree, (SKOS + "definition",), lang),
            provisions=[self.provision(p, lang) for p in sorted(tree.iris(NS + "statedIn"), key=natural)],
        )

    def questions(self, norms: list[str], lang: str) -> list[Question]:
        """Return the open questions of norms, each once, with the positions that are held."""
        found = dict.fromkeys(q for iri in norms for q in self._questions(read(self._store, NamedNode(iri))))
        return [self._question(q, lang) for q in found]

    def orders(self, norm: str, lang: str) -> list[str]:
        """Return the names of the legal orders to which a norm belongs."""
        provision = self._terms.first(norm, NS + "statedIn")
        instrument = self._instrument(provision) if provision else None
        places = read(self._store, NamedNode(instrument)).iris(NS + "jurisdiction") if instrument else []
        return [self._terms.label(place, lang) for place in sorted(places, key=natural)]

    def _questions(self, norm: Tree) -> list[str]:
        """Return the open questions that the norm answers, then those that its provisions raise."""
        answered = {q for position in norm.iris(NS + "position") for q in read(self._store, NamedNode(position)).iris(NS + "answers")}
        raised = {subject for provision in norm.iris(NS + "statedIn") for subject in self._subjects(NS + "statedIn", provision)
                  if self._terms.is_a(subject, NS + "OpenQuestion")}  # fmt: skip
        return sorted(answered, key=natural) + sorted(raised - answered, key=natural)

    def _question(self, iri: str, lang: str) -> Question:
        tree = read(self._store, NamedNode(iri))
        positions = [self._position(p, lang) for p in sorted(self._subjects(NS + "answers", iri), key=natural)]
        definition = self._presenter.text(tree, (SKOS + "definition",), lang)
        return Question(self._terms.label(iri, lang), definition, self._terms.href(iri), positions)

    def _position(self, iri: str, lang: str) -> Position:
        tree = read(self._store, NamedNode(iri))
        text = self._presenter.text
        norms = self.references(self._subjects(NS + "position", iri), lang)
        definition, authority = text(tree, (SKOS + "definition",), lang), text(tree, (NS + "authority",), lang)
        return Position(self._terms.label(iri, lang), definition, self._terms.href(iri), authority, norms)

    def _witnesses(self, iri: str, lang: str) -> list[Shown]:
        """Return the scenarios of the dataset that show a conflict of the norm; the sources alone hold none."""
        conflicts = self._subjects(NS + "betweenNorm", iri)
        found = {w for conflict in conflicts for w in read(self._store, NamedNode(conflict)).iris(NS + "witness")}
        return [self._presenter.link(witness, lang) for witness in sorted(found, key=natural)]

    def _subjects(self, prop: str, iri: str) -> set[str]:
        quads = self._store.quads_for_pattern(None, NamedNode(prop), NamedNode(iri), None)
        return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
