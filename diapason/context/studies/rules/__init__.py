"""Decide about studies without a database: identifiers, vocabularies, histories, differences."""
