"""The framework: HTTP, Celery, the command line."""
