"""How fresh the graph is: when its norms were read, what changes soon, and what is announced."""
