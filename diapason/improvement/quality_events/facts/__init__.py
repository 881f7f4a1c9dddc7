"""State what happens to quality events."""
