"""Claims x what is known -> the change in the ledger."""
