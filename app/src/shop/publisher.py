"""Hands an order's task to the broker. A failure is no error: the order waits in the outbox.

Celery is imported on first use, which keeps the start and the reload of the web process short.
"""

import logging
import time
from uuid import UUID

from shop import db, orders

log = logging.getLogger(__name__)

PAUSE = 5.0
"""Seconds without a further try after a failure, so that requests do not queue up behind a broker that is away."""

_try_again_at = 0.0


def publish(order_id: UUID) -> bool:
    """True when the broker has confirmed the task."""
    global _try_again_at
    if time.monotonic() < _try_again_at:
        return False
    try:
        send("shop.tasks.fulfil_order", str(order_id), ignore_result=True)
    except Exception as error:  # Each transport has exceptions of its own.
        _try_again_at = time.monotonic() + PAUSE
        log.warning("order %s stays in the outbox: %s: %s", order_id, type(error).__name__, error)
        return False
    try:
        orders.mark_published(order_id)
    except db.Unavailable as error:
        # It will be published once more, which does no harm.
        log.warning("order %s is published, but could not be marked: %s", order_id, error)
    return True


def send(task: str, *args: object, ignore_result: bool = False) -> str:
    """Returns the task's id. Fails within seconds rather than wait for a broker."""
    from shop.celery_app import app

    result = app.send_task(
        task,
        args,
        ignore_result=ignore_result,
        retry=True,
        retry_policy={"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0},
        confirm_timeout=2,
    )
    return str(result.id)


def warm_up() -> None:
    """Imports what the first publish would, before there is one."""
    try:
        import kombu.transport.pyamqp  # noqa: F401

        from shop.celery_app import app

        app.finalize()
    except Exception:
        log.exception("warming up failed")
