"""Second readings: norms compared with their texts, element by element, and whether each reading still stands."""
