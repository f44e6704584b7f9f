"""Who may return to work from where: the origin rules applied, and returns planned ahead.

Owns: planned returns (arrival, transport, lodging) with the decision that the playbook's origin rules give.
Does not own: the rules, which are playbook data; the level of the person (clearance).
"""
