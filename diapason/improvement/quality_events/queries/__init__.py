"""Answer questions about events."""
