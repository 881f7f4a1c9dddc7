"""Give templates the words of programmes."""
