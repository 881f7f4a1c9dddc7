"""State what happens to certificates and to the audits of their cycles."""
