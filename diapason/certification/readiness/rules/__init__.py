"""Decide what an answer means, how ready an organization is, and when it will be; pure Python."""
