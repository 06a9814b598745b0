"""Shops on a map, and promotions that reach them by AWS' queues."""

from marketplace.celery import app as celery_app

__all__ = ["celery_app"]
