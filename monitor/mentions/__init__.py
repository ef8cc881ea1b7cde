"""Article -> Mentions: watchlists compiled, matched, queried."""
