"""Processes that can be ended: a pool of them answers requests one at a time, each within limits of time and memory."""
