"""``comity freshness`` over the built sources."""

import json

from typer.testing import CliRunner

from comity.cli import app


def run(*arguments):
    return CliRunner().invoke(app, ["freshness", *arguments], env={"COLUMNS": "200"})


def test_it_prints_in_both_languages(built):
    for lang, word in (("en", "Coming, up to 2027-11-28"), ("zh", "即将变化（截至 2027-11-28）")):
        done = run("EU", "--as-of", "2026-11-28", "--lang", lang, "--dataset", str(built), "--most", "3")
        assert done.exit_code == 0, done.output
        assert word in done.output


def test_as_json_it_has_every_norm(built):
    done = run("--as-of", "2026-11-28", "--json", "--dataset", str(built))
    found = json.loads(done.stdout)
    assert found["readings"]["total"] == len(found["readings"]["norms"])
    assert found["graph"]["digest"].startswith("sha256:")
    assert found["coming"]


def test_an_unknown_place_or_day_is_refused_with_the_nearest(built):
    done = run("Japn", "--dataset", str(built))
    assert done.exit_code == 2
    assert "JP" in done.output
    assert run("--as-of", "2026-2-31", "--dataset", str(built)).exit_code == 2
    assert run("--dataset", str(built / "nothing")).exit_code == 3
