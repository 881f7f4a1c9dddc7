"""Answer questions about programmes: who is where, when everybody may be there, how it went."""
