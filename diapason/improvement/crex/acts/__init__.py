"""Plan, hold and minute learning committees."""
