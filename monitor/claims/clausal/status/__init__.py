"""Done, planned, expected, denied or only supposed."""
