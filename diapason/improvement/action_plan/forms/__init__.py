"""Shape what people type about actions."""
