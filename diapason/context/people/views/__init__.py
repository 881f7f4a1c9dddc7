"""Answer the pages about persons, roles and one's own account."""
