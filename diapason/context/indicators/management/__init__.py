"""Give the chapter its commands."""
