"""The flow description: its schema, how it is read, what is derived from it, and its canonical form."""
