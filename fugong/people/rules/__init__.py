"""What can be right about a person, as pure functions on plain values."""
