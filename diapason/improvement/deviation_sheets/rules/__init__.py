"""Decide what counts mean: how they are written, what they propose, how a sponsor's log is read."""
