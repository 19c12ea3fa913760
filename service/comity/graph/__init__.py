"""The only room that knows RDF: loading, compiling OWL and SHACL to expressions, reasoning, and the build."""
