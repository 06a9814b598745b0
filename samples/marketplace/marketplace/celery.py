"""The Celery application."""

import os
from pathlib import Path

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

HEARTBEAT = Path("/tmp/celery-worker-heartbeat")


@signals.heartbeat_sent.connect
def alive(**_: object) -> None:
    """The file whose age is the worker's health."""
    HEARTBEAT.touch()


app = Celery("marketplace")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
