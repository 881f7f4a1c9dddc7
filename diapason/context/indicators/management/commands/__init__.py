"""Hold one command a file."""
