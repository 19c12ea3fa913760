"""The names that others import."""

from __future__ import annotations

import subprocess
import sys

import pytest

import comity


@pytest.mark.parametrize("name", comity.__all__)
def test_every_public_name_is_there(name):
    assert getattr(comity, name)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Chequer'"):
        comity.Chequer  # noqa: B018


def test_importing_the_package_imports_nothing_of_it():
    code = "import sys, comity; print([name for name in sys.modules if name.startswith('comity.')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
