"""The Celery application."""

from pathlib import Path

from celery import Celery, signals

from mikrom.environment import value

HEARTBEAT = Path("/tmp/celery-worker-heartbeat")


@signals.heartbeat_sent.connect
def alive(**_: object) -> None:
    """The file whose age is the worker's health."""
    HEARTBEAT.touch()


app = Celery("mikrom")
app.conf.update(
    broker_url=value("BROKER_URL"),
    result_backend=value("RESULT_BACKEND_URL"),
    broker_connection_retry_on_startup=True,
    task_acks_late=True,
    # With Redis as the broker a task that is killed waits for the visibility timeout. SIGTERM ends the worker softly (REMAP_SIGTERM in the
    # image): it waits this long and hands back what still runs. Less than the engine's patience (infra:services.worker.graceSeconds).
    worker_soft_shutdown_timeout=50,
    beat_schedule={"tick": {"task": "mikrom.double", "schedule": 60.0, "args": [0]}},
)


@app.task(name="mikrom.double")
def double(number: int) -> int:
    return 2 * number
