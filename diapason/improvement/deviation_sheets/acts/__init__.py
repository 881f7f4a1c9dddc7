"""Keep sheets, and decide on what they propose."""
