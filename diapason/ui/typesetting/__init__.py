"""Set documents in type: a program of its own, JSON in, PDF out; never imported by the web."""
