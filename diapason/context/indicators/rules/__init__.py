"""Decide what a definition must say, how a figure is made of its parts, and how it is worded."""
