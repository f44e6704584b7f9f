"""From a file that somebody hands in to rows that are new, changed, unchanged or wrong: pure functions."""
