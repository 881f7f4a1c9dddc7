"""Hold the decisions of the chapter: pure functions over plain values."""
