"""A small shop: orders are taken over HTTP, kept in Postgres and fulfilled by Celery."""
