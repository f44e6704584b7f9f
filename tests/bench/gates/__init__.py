"""The gate under load: what it takes, what it costs, and beside what."""
