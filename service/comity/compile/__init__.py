"""The compiler: OWL classes, SHACL demands and the schema of descriptions to the program that checks run."""
