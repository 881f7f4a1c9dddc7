"""Hold the table: when this happens, that follows. The order is the order in which rows run."""

from diapason.interactions.rows import When

INTERACTIONS: list[When] = []
