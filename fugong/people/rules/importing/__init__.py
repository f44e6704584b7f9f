"""From a list of staff that somebody hands in to rows that are new, changed, unchanged or wrong."""
