"""Reads a language sentence by sentence, by its clauses: who does what, how many, whether it is so."""
