"""Reads languages that mark who is who beside the name, whatever the order of words: by particles (Japanese, Korean)
or prepositions (German, French).

Sentence -> segments (`segments.py`), roles of names (`roles.py`), bonds (`binding.py`), status (`standing.py`), periods
(`times.py`), claims (`reader.py`). The words, the particles and the prepositions come from the language's tables.
"""

from monitor.claims.marked.reader import MarkedReader

__all__ = ["MarkedReader"]
