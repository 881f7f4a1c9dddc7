"""Hold one settings file per profile."""
