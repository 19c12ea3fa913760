"""Checking a description: from a flow, read against the program, to a cited answer."""
