"""Hold what is shown outside: communiqués, dossiers."""
