"""The Celery application: five queues, and what is done at intervals."""

import logging
from pathlib import Path
from typing import Any

from celery import Celery, signals
from celery.beat import PersistentScheduler

from src.app import logs
from src.app.environment import value

WORKER_HEARTBEAT = Path("/tmp/celery-worker-heartbeat")
BEAT_HEARTBEAT = Path("/tmp/celery-beat-heartbeat")
UPLOADS = Path("/app/uploads")

log = logging.getLogger("paqueteria.tasks")


@signals.heartbeat_sent.connect
def alive(**_: object) -> None:
    """The file whose age is the worker's health."""
    WORKER_HEARTBEAT.touch()


@signals.worker_init.connect
def begin_worker(**_: object) -> None:
    logs.write_to("celery")


@signals.beat_init.connect
def begin_beat(**_: object) -> None:
    logs.write_to("celery_beat")


class Scheduler(PersistentScheduler):
    """Touches a file at each tick: its age is beat's health."""

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        BEAT_HEARTBEAT.touch()
        return super().tick(*args, **kwargs)


app = Celery("paqueteria")
app.conf.update(
    broker_url=value("CELERY_BROKER_URL"),
    result_backend=value("CELERY_RESULT_BACKEND"),
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 3600},
    task_acks_late=True,
    # With Redis as the broker a task that is killed waits for the visibility timeout. SIGTERM ends the worker softly (REMAP_SIGTERM in the
    # image): it waits this long and hands back what still runs. Less than the engine's patience (infra:services.celery_worker.graceSeconds).
    worker_soft_shutdown_timeout=50,
    task_default_queue="default",
    task_routes={
        "paqueteria.report": {"queue": "reports"},
        "paqueteria.sms": {"queue": "sms"},
        "paqueteria.label": {"queue": "files"},
        "paqueteria.clean": {"queue": "maintenance"},
    },
    worker_prefetch_multiplier=1,
    timezone="America/Bogota",
    beat_scheduler="src.app.celery_app:Scheduler",
    beat_max_loop_interval=5,
    beat_schedule={"clean": {"task": "paqueteria.clean", "schedule": 3600.0}},
)


@app.task(name="paqueteria.label")
def label(parcel: str, address: str) -> str:
    """Writes a parcel's label where app finds it."""
    path = UPLOADS / f"{parcel}.txt"
    path.write_text(f"{parcel}\n{address}\n")
    log.info("wrote the label of %s", parcel)
    return path.name


@app.task(name="paqueteria.clean")
def clean() -> int:
    """Removes labels that were left half-written."""
    empty = [path for path in UPLOADS.glob("*.txt") if path.stat().st_size == 0]
    for path in empty:
        path.unlink(missing_ok=True)
    return len(empty)
