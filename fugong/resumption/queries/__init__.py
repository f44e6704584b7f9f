"""All reading of resumption, by noun."""
