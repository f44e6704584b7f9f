"""Running Fugong for real.

Owns: the processes of a server and who restarts them, HTTPS on an intranet, backup, restore and upgrade,
and what `fugong doctor` says of a machine. Used by the command line only.

Does not: know a context. What it keeps it keeps for all of them: the database, the files, the keys.
"""
