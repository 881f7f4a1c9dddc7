"""Hold the words everyone uses: facts, verdicts, dates, scope and clock; pure Python, no Django."""
