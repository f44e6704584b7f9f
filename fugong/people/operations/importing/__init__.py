"""Taking a list of staff in: read, judged row by row, shown, and kept in one stroke when confirmed.

`import_staff` does all of it at once, for whoever needs nobody's confirmation: a set-up, a replay.
"""

from fugong.people.operations.importing.choosing import choose_rows
from fugong.people.operations.importing.confirming import confirm_import, take_over
from fugong.people.operations.importing.ending import discard_import, expire_imports
from fugong.people.operations.importing.starting import import_staff, read_import, start_import

__all__ = [
    "choose_rows",
    "confirm_import",
    "discard_import",
    "expire_imports",
    "import_staff",
    "read_import",
    "start_import",
    "take_over",
]
