"""Answer questions about learning committees."""
