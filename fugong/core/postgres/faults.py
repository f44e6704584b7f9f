"""Why there is no database; each text is for the person at the terminal."""


class DatabaseFault(Exception):
    """The database cannot be had. `str()` is one or two plain sentences with the remedy."""


class HeldByOther(DatabaseFault):
    """Another live process runs the cluster on this data directory."""
