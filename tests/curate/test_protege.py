"""The sources in Protégé: opened offline through the catalogue, and saved without harm.

The OWLAPI that Protégé is made of also stands in HermiT's jar; here it loads and saves every module as the editor does.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlparse
from xml.etree import ElementTree

import pytest

from comity.curate.catalog import FILE, WHOLE
from comity.curate.fmt import fmt
from comity.iris import BASE
from comity.reason.jvm import start_machine

pytestmark = pytest.mark.xdist_group("protege")  # one loading of all modules, in one process
CATALOGUE = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}"
NOWHERE = {"http.proxyHost": "127.0.0.1", "http.proxyPort": "9", "https.proxyHost": "127.0.0.1", "https.proxyPort": "9"}


def java(name: str) -> Any:
    import jpype

    return jpype.JClass(name)


def iri(text: str) -> Any:
    return java("org.semanticweb.owlapi.model.IRI").create(text)


def manager(catalogue: Path, without: str = "") -> Any:
    """Return a manager that finds modules by the catalogue, whose paths are relative to it, and by those to which it leads."""
    made = java("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    mapper = java("org.semanticweb.owlapi.util.SimpleIRIMapper")
    for name, place in rows(catalogue):
        if name != without:
            made.addIRIMapper(mapper(iri(name), iri(place)))
    return made


def rows(catalogue: Path) -> Iterator[tuple[str, str]]:
    base = catalogue.resolve().as_uri()
    for row in ElementTree.parse(catalogue).getroot():
        if row.tag == f"{CATALOGUE}nextCatalog":
            yield from rows(Path(unquote(urlparse(urljoin(base, row.get("catalog"))).path)))
        else:
            yield row.get("name"), urljoin(base, row.get("uri"))


def open_whole(made: Any, root: Path) -> Any:
    return made.loadOntologyFromOntologyDocument(java("java.io.File")(str((root / WHOLE).resolve())))


def module(ontology: Any) -> str:
    return str(ontology.getOntologyID().getOntologyIRI())


def document(made: Any, ontology: Any) -> Path:
    place = urlparse(str(made.getOntologyDocumentIRI(ontology)))
    assert place.scheme == "file"
    return Path(unquote(place.path))


def saved(made: Any, ontology: Any, path: Path) -> None:
    """Save a module as the editor does: as Turtle, with the prefixes that it was read with."""
    path.parent.mkdir(parents=True, exist_ok=True)
    turtle = java("org.coode.owlapi.turtle.TurtleOntologyFormat")()
    turtle.copyPrefixesFrom(made.getOntologyFormat(ontology).asPrefixOWLOntologyFormat())
    made.saveOntology(ontology, turtle, iri(path.as_uri()))


@pytest.fixture(scope="module", autouse=True)
def machine() -> Iterator[None]:
    """Run the machine with every way to the web closed."""
    start_machine()
    system = java("java.lang.System")
    before = {name: system.getProperty(name) for name in NOWHERE}
    for name, value in NOWHERE.items():
        system.setProperty(name, value)
    yield
    for name, value in before.items():
        system.clearProperty(name) if value is None else system.setProperty(name, value)


@pytest.fixture(scope="module")
def editor(root: Path) -> Any:
    """A manager with the whole ontology, the alignments and the data loaded."""
    made = manager(root / FILE)
    open_whole(made, root)
    for folder in ("ontology", "data"):
        for path in sorted((root / folder).rglob("*.ttl")):
            name = iri(BASE + path.relative_to(root).with_suffix("").as_posix())
            if not made.contains(name):
                made.loadOntology(name)
    return made


def test_one_file_opens_the_vocabulary_with_every_import_from_its_file(root):
    made = manager(root / FILE)
    whole = open_whole(made, root)
    opened = {document(made, ontology) for ontology in made.getImportsClosure(whole)}
    wanted = {path.resolve() for path in (root / "ontology").rglob("*.ttl") if path.parent.name != "align"}
    assert {path for path in opened if (root / "data").resolve() not in path.parents} == wanted
    for ontology in made.getOntologies():
        missing = [str(wanted.getIRI()) for wanted in ontology.getImportsDeclarations() if made.getImportedOntology(wanted) is None]
        assert missing == [], module(ontology)


@pytest.mark.parametrize("file", ["data/cn/prov-2024.ttl", "data/eu/gdpr.ttl", "ontology/law/us/cfr-202.ttl"])
def test_a_file_opened_by_itself_finds_its_imports_by_the_catalogue_of_its_folder(root, file):
    path = (root / file).resolve()
    made = manager(path.parent / FILE.name)
    opened = made.loadOntologyFromOntologyDocument(java("java.io.File")(str(path)))
    for ontology in made.getImportsClosure(opened):
        assert all(made.getImportedOntology(wanted) is not None for wanted in ontology.getImportsDeclarations()), module(ontology)
    assert [str(entity) for entity in opened.getSignature() if "owlapi/error" in str(entity)] == []


def test_the_steps_of_the_docs_show_a_norm_and_its_situation(root):
    path = (root / "data/cn/prov-2024.ttl").resolve()
    made = manager(path.parent / FILE.name)
    opened = made.loadOntologyFromOntologyDocument(java("java.io.File")(str(path)))
    assert opened.getAnnotationAssertionAxioms(iri(f"{BASE}id/cn/prov-2024/norm-8b")).size() > 9
    assert f"{BASE}ontology/law/cn/prov-2024" in {module(ontology) for ontology in made.getImportsClosure(opened)}


def test_a_module_that_the_catalogue_does_not_name_is_missed(root):
    import jpype

    with pytest.raises(jpype.JException, match=r"ontology/norm"):
        open_whole(manager(root / FILE, without=f"{BASE}ontology/norm"), root)


def test_what_the_editor_saves_is_the_same_bytes_once_formatted(root, editor, tmp_path):
    for ontology in editor.getOntologies():
        saved(editor, ontology, tmp_path / f"{module(ontology).removeprefix(BASE)}.ttl")
    fmt([tmp_path])
    files = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.ttl"))
    assert files == sorted(path.relative_to(root) for folder in ("ontology", "data") for path in (root / folder).rglob("*.ttl"))
    assert [str(file) for file in files if (tmp_path / file).read_bytes() != (root / file).read_bytes()] == []


@pytest.mark.parametrize("word", ["altLabel", "editorialNote"])
def test_three_facts_added_in_the_editor_change_three_lines(root, editor, tmp_path, word):
    name = f"{BASE}data/cn/pipl"
    ontology, factory = editor.getOntology(iri(name)), editor.getOWLDataFactory()
    label = factory.getOWLAnnotationProperty(iri(f"http://www.w3.org/2004/02/skos/core#{word}"))
    added = [
        factory.getOWLAnnotationAssertionAxiom(
            iri(f"{BASE}id/cn/pipl/{thing}"), factory.getOWLAnnotation(label, factory.getOWLLiteral("another name", "en"))
        )
        for thing in ("norm-38-1", "norm-38-2", "art-40")
    ]
    for axiom in added:
        editor.addAxiom(ontology, axiom)
    try:
        saved(editor, ontology, tmp_path / "pipl.ttl")
    finally:
        for axiom in added:
            editor.removeAxiom(ontology, axiom)
    fmt([tmp_path])
    texts = [path.read_text(encoding="utf-8").splitlines() for path in (root / "data/cn/pipl.ttl", tmp_path / "pipl.ttl")]
    changed = [line for line in difflib.ndiff(*texts) if line[0] in "+-"]
    assert changed == [f'+     skos:{word} "another name"@en ;'] * 3
