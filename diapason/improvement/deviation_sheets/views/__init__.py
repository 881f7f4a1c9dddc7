"""Show sheets and proposals, and take down counts and decisions."""
