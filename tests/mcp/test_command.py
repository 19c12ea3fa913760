"""``comity mcp`` where it cannot serve."""

import importlib.util

from typer.testing import CliRunner

from comity.cli import app


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    done = CliRunner().invoke(app, ["mcp"])
    assert done.exit_code == 2
    assert "pip install 'comity[mcp]'" in done.output


def test_without_a_dataset_it_says_what_to_build(monkeypatch, tmp_path):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: found("json" if name == "mcp" else name))
    done = CliRunner().invoke(app, ["mcp", "--dataset", str(tmp_path / "none")])
    assert done.exit_code in (1, 3)
    if found("mcp"):
        assert done.exit_code == 3
        assert "comity build" in done.output
