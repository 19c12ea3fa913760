"""Comity: an open legal knowledge graph for cross-border data flows, with a query API."""

__all__ = ["__version__"]
__version__ = "0.1.0"
