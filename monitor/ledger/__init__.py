"""Claims against what is known: the ten changes, with the reason in words. Pure; asks the past through `Known`."""

from monitor.ledger.assess import assess
from monitor.ledger.dateline import dateline, reposted
from monitor.ledger.kinship import Kinship
from monitor.ledger.page import Page
from monitor.ledger.sources import outlet_of, same_outlet
from monitor.ledger.withdrawn import Gone, withdrawn

__all__ = ["Gone", "Kinship", "Page", "assess", "dateline", "outlet_of", "reposted", "same_outlet", "withdrawn"]
