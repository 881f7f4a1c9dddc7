"""Decide how events are proposed, how a meeting moves on, and what the catalogue says of it."""
