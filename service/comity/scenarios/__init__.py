"""Scenarios and what the engine answers to them: their format, the ledger of the answers, and what a change of law moves."""
