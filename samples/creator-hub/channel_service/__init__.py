"""A service of its own image."""
