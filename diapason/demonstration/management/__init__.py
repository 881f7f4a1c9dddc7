"""Hold the commands of the demonstration."""
