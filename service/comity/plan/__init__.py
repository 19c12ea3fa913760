"""The plan: what to confirm and what to do so that a flow may go, found in the demands of the norms that stand in its way."""
