"""Places of ISO 3166 from the pycountry package, so that no list of countries is typed by hand.

``python -m comity.curate.places data/jurisdictions.ttl [--check] [--compare]`` adds the countries that the file lacks and
labels the places that stand in it with an ISO code and no label yet. A subdivision is added by a curator as a bare
place with its notation and its whole, and labelled here. What a curator wrote is never changed: the package errs in
some Chinese names, and which territory follows which is a question of law.
"""

from __future__ import annotations

import argparse
import gettext
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pycountry
from rdflib import Literal
from rdflib.namespace import RDF, SKOS

from comity.curate.fmt import write_turtle
from comity.rdf.house_turtle import format_graph
from comity.rdf.names import PLACE, C
from comity.rdf.turtle import Subject, Triple, read

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class IsoPlace:
    """A code of ISO 3166 with its names by language; a language that the package does not know is left out."""

    code: str
    names: dict[str, str]
    is_country: bool


@dataclass
class Supplement:
    """What the package adds to the places of a file, and where the two differ."""

    additions: list[Triple] = field(default_factory=list)
    unlabelled: list[tuple[str, str]] = field(default_factory=list)
    """Code and language of the labels that neither the file nor the package has: a curator writes them."""
    differing: list[tuple[str, str, str]] = field(default_factory=list)
    """Code, label in the file, name in the package: for review, the file's label stays."""
    unknown: list[str] = field(default_factory=list)
    """Codes of two letters that the package no longer has. They stay, since a released IRI is never deleted."""


def iso_places() -> Iterator[IsoPlace]:
    """Yield the countries and the subdivisions of ISO 3166, with the short name where there is one."""
    for domain, entries, is_country in (("iso3166-1", pycountry.countries, True), ("iso3166-2", pycountry.subdivisions, False)):
        chinese = gettext.translation(domain, pycountry.LOCALES_DIR, languages=["zh_CN"])
        for entry in entries:
            name = getattr(entry, "common_name", None) or entry.name
            translated = chinese.gettext(name)
            names = {"en": name} | ({"zh": translated} if translated != name else {})
            yield IsoPlace(entry.alpha_2 if is_country else entry.code, names, is_country)


def supplement(triples: Iterable[Triple]) -> Supplement:
    """Return what the package has to add to a graph of places; the graph itself is left alone."""
    codes: dict[str, Subject] = {}
    labels: dict[tuple[Subject, str | None], str] = {}
    for subject, predicate, value in triples:
        if predicate == SKOS.notation and str(subject).startswith(str(PLACE)):
            codes[str(value)] = subject
        elif predicate == SKOS.prefLabel and isinstance(value, Literal):
            labels[subject, value.language] = str(value)
    found = Supplement()
    listed = {place.code: place for place in iso_places()}
    for code, place in sorted(listed.items()):
        if code not in codes and not place.is_country:
            continue
        subject = codes.get(code, PLACE[code])
        if code not in codes:
            found.additions += [(subject, RDF.type, C.Place), (subject, SKOS.notation, Literal(code))]
        for language in LANGUAGES:
            present, offered = labels.get((subject, language)), place.names.get(language)
            if present is None and offered is None:
                found.unlabelled.append((code, language))
            elif present is None:
                found.additions.append((subject, SKOS.prefLabel, Literal(offered, lang=language)))
            elif offered is not None and present != offered:
                found.differing.append((code, present, offered))
    found.unknown = sorted(code for code in codes if len(code) == 2 and code not in listed)
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns 1 where a label is missing, or where ``--check`` finds something to add."""
    parser = argparse.ArgumentParser(prog="python -m comity.curate.places", description="Add the places of ISO 3166 that a file lacks.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--check", action="store_true", help="say what would be added, change nothing")
    parser.add_argument("--compare", action="store_true", help="list the labels that differ from those of the package")
    options = parser.parse_args(arguments)
    triples = read(options.path) if options.path.exists() else []
    found = supplement(triples)
    for subject, predicate, value in found.additions:
        print(f"{'would add' if options.check else 'added'} {subject.n3()} {predicate.n3()} {value.n3()}")
    for code, language in found.unlabelled:
        print(f"{code} has no label in {language}: write one by hand", file=sys.stderr)
    for code in found.unknown:
        print(f"{code} is no longer a code of ISO 3166-1; deprecate the place, never delete it", file=sys.stderr)
    if options.compare:
        for code, present, offered in found.differing:
            print(f"{code}: {present} here, {offered} in the package")
    if found.additions and not options.check:
        merged = [*triples, *found.additions]
        write_turtle(options.path, format_graph(merged), merged)
    return 1 if found.unlabelled or (options.check and found.additions) else 0


if __name__ == "__main__":
    sys.exit(main())
