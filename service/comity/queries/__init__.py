"""Named queries: found in queries/, given their values, run and printed."""
