"""The home page, which is what this person owes, and the list of what others are about to miss."""
