"""From feeds to milestones."""

__version__ = "0.1.0"
