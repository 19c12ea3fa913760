"""The law as the program reads it: norms, what applies, findings, verdicts, conflicts and what is missing. Pure."""
