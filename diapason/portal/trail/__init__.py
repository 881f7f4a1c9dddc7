"""Show the audit trail: entries, proofs, signed heads, verification (ISO 9001 §7.5.3)."""
