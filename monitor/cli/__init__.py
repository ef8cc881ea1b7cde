"""Arguments in, calls, words out."""
