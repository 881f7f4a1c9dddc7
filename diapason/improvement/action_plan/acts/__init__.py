"""Do what is worth a line in the record of an action."""
