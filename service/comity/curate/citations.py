"""What an entry was checked against: citations, copies, secondary sources and the day, from a law's source file."""

from __future__ import annotations

import re

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD

from comity.curate.law_file import LawFile
from comity.rdf.names import C

#: The keys that an instrument and each of its norms may have.
SOURCE_KEYS = ("verifiedAgainst", "readInCopy", "readInSecondary", "unverifiedPart", "verifiedOn", "reviewStatus")
_READ = ("verifiedAgainst", "readInCopy", "readInSecondary")
_CITATION = re.compile(r"(?!https?://)\S.*, https?://[^\s,]+$")
_ADDRESS = re.compile(r"https?://\S+$")


def add_sources(law_file: LawFile, graph: Graph, subject: URIRef, path: tuple[str, ...]) -> None:
    """Add what was read for the entry at ``path``, on which day, and how far that goes.

    An entry that names no source of its own was read with the instrument, unless it says that it is unverified. Where no
    official text was read, the entry is unverified. A source that is no citation is a fault.
    """
    source = law_file.source
    status = source.at((*path, "reviewStatus"))
    own = any(source.items((*path, key)) for key in _READ)
    base: tuple[str, ...] = path if own or status == "unverified" else ()
    cited = {key: source.items((*base, key)) for key in _READ}
    for key in ("verifiedAgainst", "readInSecondary"):
        for here, text in cited[key]:
            if not _CITATION.match(text):
                source.error(here, f"`{text}` is no citation: write title, edition or page, https://address; nothing read: leave it out")
            graph.add((subject, C[key], Literal(text)))
    for here, text in cited["readInCopy"]:
        if not _ADDRESS.match(text):
            source.error(here, f"`{text}` is no address of a copy: write https://…")
        graph.add((subject, C.readInCopy, URIRef(text)))
    if cited["readInCopy"] and not cited["verifiedAgainst"]:
        source.error((*base, "readInCopy"), "a copy of what? Add `verifiedAgainst` with the official title and address")
    part = path if source.at((*path, "unverifiedPart")) else base
    law_file.texts(graph, subject, C.unverifiedPart, (*part, "unverifiedPart"), required=False)
    _add_status(law_file, graph, subject, path, bool(cited["verifiedAgainst"]), bool(cited["readInSecondary"]))
    if cited["verifiedAgainst"] or cited["readInSecondary"]:
        _add_day(law_file, graph, subject, path)


def _add_status(law_file: LawFile, graph: Graph, subject: URIRef, path: tuple[str, ...], official: bool, secondary: bool) -> None:
    here = (*path, "reviewStatus")
    told = law_file.source.at(here)
    if (told == "encoded" and not official) or (told == "contested" and not (official or secondary)):
        law_file.source.error(
            here, f"`{told}` needs a source: add `verifiedAgainst` with the official title and address, or write unverified"
        )
    if not path and official and not told:
        return  # an instrument says how far it was checked only where that is not by its official text
    status = told or ("encoded" if official else "unverified")
    value = law_file.code(here, status, C.ReviewValue)
    if value is not None:
        graph.add((subject, C.reviewStatus, value))


def _add_day(law_file: LawFile, graph: Graph, subject: URIRef, path: tuple[str, ...]) -> None:
    today = Literal(law_file.run.today.isoformat(), datatype=XSD.date)
    own = (*path, "verifiedOn")
    day = law_file.day(own if law_file.source.at(own) else ("verifiedOn",), default=today)
    graph.add((subject, C.verifiedOn, day if day is not None else today))
