"""Settings: one typed reader, one file of Django settings. It knows no context."""
