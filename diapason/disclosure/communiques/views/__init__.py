"""Answer the pages about communiqués."""
