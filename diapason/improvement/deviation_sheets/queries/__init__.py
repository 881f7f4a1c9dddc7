"""Answer questions about deviation sheets."""
