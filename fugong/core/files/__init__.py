"""Files that people hand in: checked by content, kept under their hash, one row each.

Owns the check, the folder `FUGONG_HOME/files` and the row. Does not own who may see a file: a context links
the row to its own and answers for that. Photographs are written anew: location and all other metadata are
dropped, and so is anything that was hidden in or behind the picture; the hash of what was handed in is kept
beside.
"""

from fugong.core.files.kinds import FileKind
from fugong.core.files.purposes import Purpose, get_purpose, register_purposes
from fugong.core.files.reading import FileDamaged, open_stored, read_stored
from fugong.core.files.storing import Upload, store
from fugong.core.files.strays import find_strays, remove_contents, remove_strays

__all__ = [
    "FileDamaged",
    "FileKind",
    "Purpose",
    "Upload",
    "find_strays",
    "get_purpose",
    "open_stored",
    "read_stored",
    "register_purposes",
    "remove_contents",
    "remove_strays",
    "store",
]
