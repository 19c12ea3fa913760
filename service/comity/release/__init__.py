"""A release: dumps with version and digest, what describes them, and what changed since the last one in the words of lawyers."""
