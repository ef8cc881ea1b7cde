"""Text as readers see it: folding with offsets, sentences, visible parts, language. No knowledge of news."""
