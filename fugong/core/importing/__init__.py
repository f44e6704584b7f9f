"""Lists that somebody hands in, from the upload to the taking over: one machine for every kind of list.

A file is read, its rows are judged in lots and laid ready in the database, shown, and taken over in one
stroke when confirmed; a killed worker goes on where it stood, and what nobody confirms is forgotten. Each
context says by a `ListKind` what its rows mean, and writes them.
"""
