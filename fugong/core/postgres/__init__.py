"""The PostgreSQL that Fugong brings along.

Owns: finding server binaries, creating and running the cluster under `FUGONG_HOME`, its two
roles and their rights, the connection settings of that cluster or of a server named by URL,
and the start-up self-test. Entry: `fugong.core.postgres.cluster.Cluster`.

Does not: import Django (settings read its result), create tables, or know a context.
"""
