"""The law of resumption: pure functions on plain values. No database, no settings, no clock."""
