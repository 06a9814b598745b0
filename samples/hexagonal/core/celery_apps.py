"""The Celery application, with the tasks of every module."""

from pathlib import Path

from celery import Celery, signals

from core.discovery import adapters
from shared.environment import value

HEARTBEAT = Path("/tmp/celery-worker-heartbeat")


@signals.heartbeat_sent.connect
def alive(**_: object) -> None:
    """The file whose age is the worker's health."""
    HEARTBEAT.touch()


app = Celery("hexa")
app.conf.update(
    broker_url=value("BROKER_URL"),
    result_backend=value("RESULT_BACKEND_URL"),
    broker_connection_retry_on_startup=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_default_queue="hexa",
    task_default_queue_type="quorum",
    worker_detect_quorum_queues=True,
    worker_prefetch_multiplier=1,
    task_always_eager=value("CELERY_TASK_ALWAYS_EAGER", "false") == "true",
)
for tasks in adapters("tasks"):
    tasks.register(app)
