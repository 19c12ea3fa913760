"""The logic: truth values, descriptions as nodes, expressions, programs and the timeline. Pure standard library."""
