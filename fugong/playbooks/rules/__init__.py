"""The law of the playbooks: what a file may hold, and what it decides. Pure: no database, no settings, no clock."""
