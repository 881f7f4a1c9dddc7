"""Hold the nouns that every chapter points to (ISO 9001 clauses 4 and 5)."""
