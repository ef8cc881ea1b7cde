"""From what is owed to what has arrived."""

from alerts.dispatch.loop import Dispatcher

__all__ = ["Dispatcher"]
