"""Shape what is entered of deviations."""
