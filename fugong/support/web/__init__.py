"""Pages of the difficulties, and what they bring to the home page and the enterprise's page."""
