"""The law of health reports, as pure functions."""
