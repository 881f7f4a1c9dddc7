"""Hold the realisation of studies (ISO 9001 clause 8)."""
