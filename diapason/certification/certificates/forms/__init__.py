"""Shape what people type about certificates and audits."""
