"""Many flows at once: files of flows in, one line for each out, and what they have in common.

Flows of one profile (:mod:`comity.check.profiles`) are judged once. DuckDB reads the files and takes the figures out of the texts; what
is left is one text for each profile, or a few; the figures then say between which thresholds of the law each flow lies.
"""
