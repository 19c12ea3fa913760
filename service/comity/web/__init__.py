"""Pages for people, and the ways to write a thing of the graph: Turtle, JSON-LD, HTML. Knows no web framework."""
