"""Article + Mentions -> Claims: numbers, word tables per language, clause frames."""
