"""What runs in the worker. Every task may run twice (acknowledged late, delivered again), so each is idempotent."""

import logging
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from shop import cache, orders, publisher
from shop.celery_app import app

log = logging.getLogger(__name__)


# Nobody reads the results of all but one. With a result, its task's start is noted at the store; where that is away, Celery drops
# the task, and its message with it. It asks the task itself: what a sender says comes too late.
WITHOUT_RESULT: dict[str, Any] = {"ignore_result": True}


@app.task(
    name="shop.tasks.fulfil_order",
    autoretry_for=(Exception,),
    max_retries=10,
    retry_backoff=1,
    retry_backoff_max=60,
    **WITHOUT_RESULT,
)
def fulfil_order(order_id: str) -> str:
    done = orders.mark_fulfilled(UUID(order_id))
    cache.forget(f"order:{order_id}")
    return "fulfilled" if done else "nothing to do"


@app.task(name="shop.tasks.publish_outbox", **WITHOUT_RESULT)
def publish_outbox(limit: int = 500) -> int:
    """Publishes the orders whose task the broker never got."""
    published = 0
    for order_id in orders.in_outbox(limit):
        if not publisher.publish(order_id):
            break
        published += 1
    if published:
        log.info("published %d orders from the outbox", published)
    return published


@app.task(name="shop.tasks.count_orders", **WITHOUT_RESULT)
def count_orders() -> dict[str, int]:
    return orders.count_into_gauges()


@app.task(name="shop.tasks.clean_up", **WITHOUT_RESULT)
def clean_up(days: int = 90) -> int:
    return orders.delete_fulfilled(older_than_days=days)


@app.task(name="shop.tasks.sleep")
def sleep(seconds: float, until: str | None = None) -> float:
    """For tests of stopping and of lost workers: so long at most, and no longer than until that file is there."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and not (until and Path(until).exists()):
        time.sleep(min(left, 0.1) if until else left)
    return seconds
