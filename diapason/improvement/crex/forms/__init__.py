"""Shape what is written of a meeting."""
