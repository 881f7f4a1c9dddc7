"""Answer the pages about figures, indicators, declarations, claims and editions."""
