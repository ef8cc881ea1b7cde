"""Which changes in the ledger people are told of, how urgently, and in which words. Pure."""

from monitor.rules.judge import Judge
from monitor.rules.keyword import alert_of as keyword_alert
from monitor.rules.keyword import held as keyword_held
from monitor.rules.keyword import matching as keyword_rules
from monitor.rules.select import caring, steps
from monitor.rules.shipped import default_rules

__all__ = ["Judge", "caring", "default_rules", "keyword_alert", "keyword_held", "keyword_rules", "steps"]
