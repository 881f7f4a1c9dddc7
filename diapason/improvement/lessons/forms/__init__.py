"""Shape what is written of lessons and answers."""
