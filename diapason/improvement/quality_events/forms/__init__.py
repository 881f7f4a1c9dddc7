"""Shape what people type about events."""
