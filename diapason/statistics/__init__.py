"""Hold formulas only: no Django, no database."""
