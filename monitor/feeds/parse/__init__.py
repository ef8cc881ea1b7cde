"""From bytes to entries. Nothing is imported here: the child process starts through this package."""
