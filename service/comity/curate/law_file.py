"""A law on its way from its source file into the graph: names looked up, faults noted, triples gathered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

from comity.curate.known_terms import LAWS, KnownTerms
from comity.curate.yaml_source import KeyPath, YamlSource
from comity.rdf.names import ID, C, thing
from comity.spelling import did_you_mean

INSTRUMENT = re.compile(r"[a-z0-9-]+/[A-Za-z0-9-]+$")
LOCAL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$")
_DATES = ((re.compile(r"\d{4}-\d\d-\d\d$"), XSD.date), (re.compile(r"\d{4}-\d\d$"), XSD.gYearMonth), (re.compile(r"\d{4}$"), XSD.gYear))
LANGUAGES = ("en", "zh")


@dataclass
class ImportRun:
    """What the files of one run share: ``norms`` maps the identifier of every norm, theirs too, to its IRI."""

    terms: KnownTerms
    norms: dict[str, URIRef]
    allow_pending: bool = False
    today: date = field(default_factory=date.today)


class LawFile:
    """One source file and what is known while it is turned into triples."""

    def __init__(self, source: YamlSource, run: ImportRun) -> None:
        self.source, self.run, self.terms = source, run, run.terms
        self.instrument = str(source.data.get("instrument") or "")
        self.iri = thing(self.instrument)
        self.uses = [text for _, text in source.items(("uses",))]
        self.law_module = URIRef(LAWS + self.instrument)

    @property
    def modules(self) -> set[URIRef]:
        """Return the law modules whose classes this law may use."""
        return {self.law_module, *(URIRef(LAWS + used) for used in self.uses)}

    def own(self, local: str) -> URIRef:
        """Return the IRI of a thing of this instrument."""
        return ID[f"{self.instrument}/{local}"]

    def local_norm(self, identifier: str) -> str:
        """Return the local name of a norm from its identifier: ACT-38-1-3 is norm-38-1-3."""
        return "norm-" + identifier.partition("-")[2].lower() if "-" in identifier else "norm-" + identifier.lower()

    def texts(self, graph: Graph, subject: URIRef, predicate: URIRef, path: KeyPath, required: bool = True) -> None:
        """Add a text in both languages; a missing language is a fault, a missing text only where ``required``."""
        value = self.source.at(path)
        if value is None and not required:
            return
        for language, text in self.bilingual(path).items():
            graph.add((subject, predicate, Literal(text, lang=language)))

    def bilingual(self, path: KeyPath) -> dict[str, str]:
        """Return the text at ``path`` by language after checking that both are there."""
        value = self.source.at(path)
        if not isinstance(value, dict):
            self.source.error(path, f"`{path[-1]}` needs a text in both languages: {{en: …, zh: …}}")
            return {}
        out = {}
        for language in value:
            if language not in LANGUAGES:
                self.source.error((*path, language), f"unknown language `{language}`: write en and zh")
        for language in LANGUAGES:
            text = value.get(language)
            if isinstance(text, str) and text.strip():
                out[language] = " ".join(text.split())
            else:
                self.source.error(path, f"`{path[-1]}` lacks its {language} text")
        return out

    def describe(self, graph: Graph, subject: URIRef, path: KeyPath, definition: bool = True) -> None:
        """Add label and definition."""
        self.texts(graph, subject, SKOS.prefLabel, (*path, "label"))
        self.texts(graph, subject, SKOS.definition, (*path, "definition"), definition)

    def cited(self, graph: Graph, subject: URIRef, path: KeyPath, required: bool = True) -> None:
        """Add the provisions at ``path``: local names of this instrument, or paths such as xx/act/art-4."""
        entries = self.source.items(path)
        if not entries and required:
            self.source.error(path, "no provision is cited")
        for here, text in entries:
            graph.add((subject, C.statedIn, self.thing(here, text, C.Provision)))

    def thing(self, path: KeyPath, text: str, kind: URIRef) -> URIRef:
        """Return the IRI of a thing named locally or by its path after checking that it is or will be one of ``kind``."""
        what, own, planned = kind[len(C) :], self.own(text), self.terms.planned
        if text.count("/") < 2:
            if planned.get(own) != kind:
                space = self.own("")
                known = [iri.removeprefix(space) for iri, of in planned.items() if of == kind and iri.startswith(space)]
                self.source.error(path, f"this file has no {what} `{text}`{did_you_mean(text, known)}")
            return own
        iri = thing(text)
        if not self.terms.has_subject(iri):
            self.pending(path, f"no {what} `{text}` in the graph yet")
        elif kind not in (planned.get(iri), *self.terms.objects(iri, RDF.type)):
            self.source.error(path, f"`{text}` is no {what}")
        return iri

    def pending(self, path: KeyPath, message: str) -> None:
        """Note something that another file should bring: a fault, or a warning where pending things are allowed."""
        if self.run.allow_pending:
            self.source.warn(path, message)
        else:
            self.source.error(path, f"{message} (write that file first, give both files at once, or --allow-pending)")

    def code(self, path: KeyPath, text: Any, vocabulary: URIRef | None) -> URIRef | None:
        """Return the vocabulary value that ``text`` means, or None after noting a fault."""
        codes = self.terms.values_of(vocabulary)
        if text not in codes:
            name = path[-1] if isinstance(path[-1], str) else path[-2]
            hint = did_you_mean(str(text), codes) or f" (known: {', '.join(sorted(codes))})"
            self.source.error(path, f"`{name}` has no value `{text}`{hint}")
        return codes.get(text)

    def class_below(self, path: KeyPath, text: Any, top: URIRef) -> URIRef | None:
        """Return the class named ``text`` if it is ``top`` or below it, or None after noting a fault."""
        known = self.terms.below(top) | {top}
        if C[str(text)] in known:
            return C[str(text)]
        names = sorted(str(k)[len(C) :] for k in known)
        hint = did_you_mean(str(text), names, likeness=0.8) or f" (known: {', '.join(names)})"  # they are few; a far guess would mislead
        self.source.error(path, f"`{text}` is no {str(top)[len(C) :]}{hint}")
        return None

    def jurisdiction(self, path: KeyPath, text: str) -> URIRef | None:
        """Return the place or body with this code."""
        found = self.terms.places.get(text) or self.terms.bodies.get(text)
        if not found:
            self.source.error(path, f"no place or body `{text}`{did_you_mean(text, [*self.terms.places, *self.terms.bodies])}")
        return found

    def day(self, path: KeyPath, default: Any = None) -> Literal | None:
        """Return the date at ``path`` (a day; a month or year where no more is known), or None where it is null."""
        value = self.source.at(path)
        if value is None:
            value = default
        if value is None or isinstance(value, Literal):
            return value
        for pattern, datatype in _DATES:
            if isinstance(value, str) and pattern.match(value) and (datatype != XSD.date or _is_day(value)):
                return Literal(value, datatype=datatype, normalize=False)
        self.source.error(path, f"`{value}` is no date: write 2024-03-22, or 2024-03 or 2024 where no more is known")
        return None

    def header(self, graph: Graph, module: URIRef, label: dict[str, str]) -> None:
        """Add a module's header."""
        graph.add((module, RDF.type, OWL.Ontology))
        for language, text in label.items():
            graph.add((module, RDFS.label, Literal(text, lang=language)))

    def identify(self, graph: Graph, subject: URIRef, path: KeyPath, identifier: str) -> None:
        """Add an identifier after checking that it can stand in an IRI."""
        if not LOCAL.match(identifier):
            self.source.error(path, f"`{identifier}` cannot be an identifier: letters, digits, `-`, `.` and `_` only")
        graph.add((subject, DCTERMS.identifier, Literal(identifier)))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def output_files(root: Path, instrument: str) -> dict[str, Path]:
    """Return the files that hold an instrument: its classes, its norms, its demands."""
    return {
        "law": root / "ontology" / "law" / f"{instrument}.ttl",
        "data": root / "data" / f"{instrument}.ttl",
        "shapes": root / "shapes" / f"{instrument}.ttl",
    }
