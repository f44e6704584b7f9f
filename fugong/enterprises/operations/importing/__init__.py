"""Taking a list of enterprises in: read, judged row by row, shown, and kept in one stroke when confirmed."""

from fugong.enterprises.operations.importing.confirming import confirm_import, take_over
from fugong.enterprises.operations.importing.ending import discard_import, expire_imports
from fugong.enterprises.operations.importing.starting import read_import, start_import

__all__ = [
    "confirm_import",
    "discard_import",
    "expire_imports",
    "read_import",
    "start_import",
    "take_over",
]
