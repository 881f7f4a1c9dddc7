"""Decide what certificates cover, when they need attention, and how much an audit takes; pure Python."""
