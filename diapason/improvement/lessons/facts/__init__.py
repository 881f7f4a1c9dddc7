"""State what happens to lessons."""
