"""The law of the census: what a campaign must say, and what a call does to a case. Pure functions."""
