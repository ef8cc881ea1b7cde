"""The tables of the SQLite file as they were first made, each with its indexes; later steps are in `schema.py`."""
