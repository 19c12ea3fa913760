"""The command line ``comity``: one module for each group of commands."""

from comity.cli import batch, checking, conflicts, coverage, curating, freshness, mcp, questions, recognise, release
from comity.cli.app import app
from comity.cli.checking import EXIT_ANSWERS

__all__ = [
    "EXIT_ANSWERS",
    "app",
    "batch",
    "checking",
    "conflicts",
    "coverage",
    "curating",
    "freshness",
    "main",
    "mcp",
    "questions",
    "recognise",
    "release",
]


def main() -> None:
    """Run the command line."""
    app()
