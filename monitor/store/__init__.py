"""The SQLite file; the only room that says SQL about news."""
