"""The three exceptions of the monitor; what the outside world does wrong is a value, not an exception."""


class MonitorError(Exception):
    """Root of the errors of this package; the message is for the person at the terminal."""


class ConfigError(MonitorError):
    """Called or configured wrongly: exit status 2. `problems` holds one line each, with file, line and remedy."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class StoreError(MonitorError):
    """The database cannot be used: locked, of a newer version, not ours, not writable, full."""
