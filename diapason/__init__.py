"""Diapason runs the quality of clinical research for a whole network of hospitals."""
