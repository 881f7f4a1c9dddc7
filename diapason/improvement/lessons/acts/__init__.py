"""Do what is worth a line in the record of a lesson."""
