"""Read, check and compare the catalogue of standards; pure Python."""
