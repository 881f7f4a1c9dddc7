"""Give templates the words of certificates."""
