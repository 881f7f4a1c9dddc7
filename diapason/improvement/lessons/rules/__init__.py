"""Decide what does not need a database."""
