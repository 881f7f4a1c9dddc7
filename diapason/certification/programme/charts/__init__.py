"""Draw the programme."""
