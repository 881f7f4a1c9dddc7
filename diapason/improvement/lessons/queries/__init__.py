"""Answer questions about lessons."""
