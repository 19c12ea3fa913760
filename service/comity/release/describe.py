"""What describes a release for catalogues and for citation: VoID and DCAT in Turtle, and CITATION.cff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comity.iris import BASE, DCTERMS, ELI, FOAF, IDS, NS, OWL, PROV, SKOS
from comity.release.dumps import Counts, Dump

__all__ = ["Edition", "citation", "description"]

TITLE = {
    "en": "Comity: an open legal knowledge graph of cross-border data flows",
    "zh": "Comity：数据跨境流动开放法律知识图谱",
}
ABSTRACT = {
    "en": "Norms on cross-border data flows with their situations, demands, exceptions and days, who recognises whom, and laws that cannot "
    "both be followed; every statement cites its provision and official page.",
    "zh": "有关数据跨境流动的规范及其适用情形、要求、例外与有效日期，法域之间的认可，以及无法同时遵守的法律；"
    "每项陈述均注明条款与官方页面。",
}
DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
AUTHORS = "The curators of Comity"
_VOCABULARIES = (NS, DCTERMS, ELI, FOAF, OWL, PROV, SKOS)
_PREFIXES = {
    "c": NS,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "owl": OWL,
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True)
class Edition:
    """Which edition a release is: the version of Comity, the digest of the law (``sha256:…``), and its day."""

    version: str
    digest: str
    day: date

    @property
    def stem(self) -> str:
        """Return how the names of its files begin: the version and the first eight digits of the digest."""
        return f"comity-{self.version}-{self.digest.removeprefix('sha256:')[:8]}"


def description(edition: Edition, counts: Counts, dumps: Sequence[Dump]) -> str:
    """Return the edition as a ``dcat:Dataset`` and ``void:Dataset`` with its dumps as distributions, in Turtle.

    The addresses of the dumps are relative, so that the description holds wherever the files lie together.
    """
    dataset = [
        "a dcat:Dataset, void:Dataset",
        *(f"dcterms:title {_text(text)}@{lang}" for lang, text in TITLE.items()),
        *(f"dcterms:description {_text(text)}@{lang}" for lang, text in ABSTRACT.items()),
        f"dcterms:identifier {_text(edition.stem)}",
        f'dcterms:issued "{edition.day}"^^xsd:date',
        f"dcterms:license <{DATA_LICENCE}>",
        f"dcterms:creator [ a foaf:Agent ; foaf:name {_text(AUTHORS)}@en ]",
        "dcterms:language <http://id.loc.gov/vocabulary/iso639-1/en>, <http://id.loc.gov/vocabulary/iso639-1/zh>",
        f"dcat:version {_text(edition.version)}",
        f"owl:versionInfo {_text(edition.version)}",
        f"c:graphVersion {_text(edition.version)}",
        f"c:graphDigest {_text(edition.digest)}",
        f"foaf:homepage <{BASE}>",
        f"dcat:landingPage <{BASE}>",
        f"void:uriSpace {_text(IDS)}",
        "void:vocabulary " + ", ".join(f"<{iri}>" for iri in _VOCABULARIES),
        f"void:triples {counts.triples}",
        f"void:entities {counts.entities}",
        f"void:distinctSubjects {counts.subjects}",
        f"void:properties {counts.properties}",
        f"void:classes {counts.classes}",
        *(f"void:dataDump <{dump.name}>" for dump in dumps),
        *(f"dcat:distribution <#{dump.name}>" for dump in dumps),
    ]
    parts = [_block("<#dataset>", dataset), *(_block(f"<#{dump.name}>", _distribution(dump)) for dump in dumps)]
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _PREFIXES.items())
    return head + "\n" + "\n".join(parts)


def citation(edition: Edition | None = None) -> str:
    """Return how to cite the graph, as a Citation File (CFF 1.2.0); without an edition it names no version and no day."""
    lines = [
        "cff-version: 1.2.0",
        'message: "Cite the edition that you used: version and digest stand in every answer. Cite the law itself by its official text."',
        f"title: {_text(TITLE['en'])}",
        "type: dataset",
        "authors:",
        f"  - name: {_text(AUTHORS)}",
        f"abstract: {_text(ABSTRACT['en'])}",
        f"url: {_text(BASE)}",
        "license:",
        "  - CC-BY-4.0",
        "  - Apache-2.0",
        "keywords:",
        *(f"  - {word}" for word in ("law", "data protection", "cross-border data", "knowledge graph")),
    ]
    if edition is not None:
        lines += [
            f"version: {_text(edition.version)}",
            f"date-released: {edition.day}",
            "identifiers:",
            "  - type: other",
            f"    value: {_text(edition.digest)}",
            '    description: "Digest of the law: equal digests mean equal answers."',
        ]
    return "\n".join(lines) + "\n"


def _distribution(dump: Dump) -> list[str]:
    return [
        "a dcat:Distribution",
        f"dcterms:title {_text(dump.name)}",
        f"dcat:downloadURL <{dump.name}>",
        f"dcat:mediaType <{_MEDIA}{dump.media}>",
        f"dcat:compressFormat <{_MEDIA}application/gzip>",
        f'dcat:byteSize "{dump.bytes}"^^xsd:nonNegativeInteger',
        f"dcterms:license <{DATA_LICENCE}>",
        "spdx:checksum [ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ; "
        f'spdx:checksumValue "{dump.sha256}"^^xsd:hexBinary ]',
    ]


def _block(subject: str, statements: Sequence[str]) -> str:
    return f"{subject}\n    " + " ;\n    ".join(statements) + " .\n"


def _text(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'
