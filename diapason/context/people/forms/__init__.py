"""Shape what is typed about persons, roles and sign-in."""
