"""Hold the words everyone uses: facts, verdicts, moves, dates, scope and clock; pure Python, no Django."""
