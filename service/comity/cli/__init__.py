"""The command line: ``comity check | build | serve | query | show | validate | try | fmt | new | readings | diff | ledger``."""

from comity.cli import checking, curating
from comity.cli.app import app
from comity.cli.checking import EXIT_ANSWERS

__all__ = ["EXIT_ANSWERS", "app", "checking", "curating", "main"]


def main() -> None:
    """Run the command line."""
    app()
