"""Article + Mentions + Claims -> the Story it belongs to."""
