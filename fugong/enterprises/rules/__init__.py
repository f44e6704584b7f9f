"""The law of the register: pure functions on plain values."""
