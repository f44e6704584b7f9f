"""Who owes what by when: one engine for every context.

Owns: the duty (what one person, enterprise or office owes by a deadline), its settling, excuse, escalation
and hand-over, the home page, and the list of who is about to miss something.
Does not own: what a duty is about. It sits below the registers and knows a subject by kind, id, label and
address.
"""
