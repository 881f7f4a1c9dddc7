"""State what happens to actions."""
