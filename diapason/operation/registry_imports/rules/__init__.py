"""Decide, without a database, what a registry record becomes and which member a place belongs to."""
