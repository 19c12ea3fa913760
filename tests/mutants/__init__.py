"""Mutation of the law as compiled: a threshold moved by one, a connective turned, an exception dropped.

Each mutant must break a scenario; one that breaks none shows law that no scenario holds in place.
"""
