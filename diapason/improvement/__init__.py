"""Hold improvement (ISO 9001 §10): what is reported, what is done about it, what others learn from it."""
