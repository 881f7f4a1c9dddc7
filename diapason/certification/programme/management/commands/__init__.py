"""Commands of the certification programme."""
