"""Hold the decisions of the chapter."""
