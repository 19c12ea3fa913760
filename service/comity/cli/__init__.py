"""The command line: ``comity check | build | serve | query | coverage | show | validate | try | fmt | new | readings | diff | ledger``."""

from comity.cli import checking, coverage, curating
from comity.cli.app import app
from comity.cli.checking import EXIT_ANSWERS

__all__ = ["EXIT_ANSWERS", "app", "checking", "coverage", "curating", "main"]


def main() -> None:
    """Run the command line."""
    app()
