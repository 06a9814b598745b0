"""Retries that lose nothing.

Celery retries a task by publishing it again and acknowledging the message that it came with. Where the broker cannot take the
new one, Celery rejects the old one for good (`Task.retry` of Celery 5.5): with a broker that restarts at the wrong moment the
task is gone. Here it goes back to its queue, and is delivered again.
"""

from typing import Any

from celery import Task
from celery.exceptions import Reject


class KeptTask(Task):
    """The application's base of tasks (`Celery(task_cls=KeptTask)`); it acts on tasks that are acknowledged late."""

    abstract = True

    def retry(self, *args: Any, **options: Any) -> Any:
        try:
            return super().retry(*args, **options)
        except Reject as rejected:
            raise Reject(rejected.reason, requeue=True) from rejected
