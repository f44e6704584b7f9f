"""Codes, gates and passages: who may go through, and who did.

Owns: gates and their devices, codes of people, visitors, vehicles and venues, every scan, and what follows
from them: presence, counts, overlaps.
"""
