"""Tools for curators: writing a law from its source file, house Turtle, the catalogue for Protégé."""
