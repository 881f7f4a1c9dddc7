"""Hold the commands of the chapter."""
