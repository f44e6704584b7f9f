"""Difficulties: what an enterprise asks help with, who takes it up by when, and the answer.

Owns: the difficulty with its events, its clocks, and the figure of difficulties solved.
Does not own: the kinds of difficulty and their clocks, which are playbook data, nor the duties they raise.
Only the enterprise itself can close a difficulty.
"""
