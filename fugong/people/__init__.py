"""One person, one file: who somebody is, where from, where employed and living, and who looked at it.

Owns the person's identity (sealed), the employment from firm to firm, and what was said when and by whom.
Does not own accounts (a worker needs none), health reports, passages or quarantine: those speak of the
person's id.
"""
