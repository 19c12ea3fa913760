"""RDF: names and prefixes, reading sources, writing house Turtle."""
