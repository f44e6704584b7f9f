"""Census campaigns: everybody a condition names, worked through one person at a time.

Owns: the campaign with its list, the calls with their outcomes and the next call, the live totals.
Does not own: the people, nor what a person's origin means for the return (returns).
"""
