"""The performance suite: one figure a line, ``name value unit``; each ratio measured beside its peer in the same run."""
