"""Feed -> Article: fetch, guard, cadence, parse, normalise, discover, OPML."""
