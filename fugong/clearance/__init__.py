"""The clearance of a person: the level, from when, until when, why, and how it can be contested.

Owns: evidence about people (what raises or relieves a level), the clearance that follows from it by the rules
of the playbook, restrictive levels set by hand by two people, appeals. A context above that learns something
restrictive writes an evidence row here in its own transaction.
Does not own: the levels and their rules, which are playbook data, nor what the evidence is about.
"""
