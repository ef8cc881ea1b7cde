"""Reads languages whose sentences are chains of clauses under one topic, cut by commas (Chinese).

Sentence -> segments (`segments.py`), speakers (`speakers.py`), bonds (`binding.py`), persons (`persons.py`), products
(`things.py`), status (`standing.py`), periods (`times.py`), acts (`acts.py`), claims (`reader.py`). The words come from
the tables of the language.
"""

from monitor.claims.topics.reader import TopicReader

__all__ = ["TopicReader"]
