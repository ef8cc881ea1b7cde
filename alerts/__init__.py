"""From a finished alert to a person. Knows nothing of chips."""
