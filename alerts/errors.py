"""What can go wrong on the way from an alert to a person."""


class AlertsError(Exception):
    """Root of the errors of this package."""


class ChannelConfigError(AlertsError):
    """A channel or route is configured wrongly; the message says what to write instead."""
