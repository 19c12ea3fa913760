"""Conflicts between norms: the flows that show them, kept beside the law, and the search for flows that show more of them."""
