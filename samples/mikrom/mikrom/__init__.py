"""One image, four services."""
