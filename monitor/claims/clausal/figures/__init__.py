"""Which word a figure belongs to, and which it does not."""
