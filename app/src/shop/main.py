"""The web application: `uvicorn shop.main:app`."""

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any
from uuid import UUID

from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from shop import cache, db, metrics, orders, probes, publisher, settings

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
log = logging.getLogger(__name__)

ready_checks = probes.default()


class NewOrder(BaseModel):
    item: str = Field(min_length=1, max_length=200)
    quantity: int = Field(ge=1, le=1000)


def _migrate() -> None:
    try:
        with db.connect():
            pass
    except db.Unavailable as error:
        # Not the end: every use tries again, and /ready says so until then.
        log.warning("the database is not there yet: %s", error)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    settings.current()
    await run_in_threadpool(_migrate)
    threading.Thread(target=publisher.warm_up, name="warm-up", daemon=True).start()
    yield
    await run_in_threadpool(db.close)


app = FastAPI(title="shop", lifespan=lifespan)
app.add_middleware(metrics.RequestMetrics)


@app.exception_handler(db.Unavailable)
def database_unavailable(_: Request, error: Exception) -> JSONResponse:
    log.warning("the database is unavailable: %s", error)
    return JSONResponse({"detail": "the database is unavailable"}, status_code=503, headers={"Retry-After": "2"})


@app.get("/health")
async def health() -> dict[str, str]:
    """The process answers. Touches no dependency: their absence is no reason to restart this one."""
    return {"status": "ok"}


@app.get("/ready")
async def ready() -> JSONResponse:
    failed = await ready_checks()
    if failed:
        return JSONResponse({"status": "not ready", "failed": failed}, status_code=503)
    return JSONResponse({"status": "ready"})


@app.get("/metrics", include_in_schema=False)
def show_metrics() -> Response:
    try:
        counts = orders.gauges()
    except db.Unavailable:
        counts = {}  # A scrape never fails on the database: its absence is what the other metrics will show.
    body, content_type = metrics.render(counts)
    return Response(body, headers={"Content-Type": content_type})


@app.post("/orders", status_code=202)
def accept_order(new: NewOrder) -> dict[str, str]:
    order = orders.insert(new.item, new.quantity)
    metrics.ORDERS_ACCEPTED.inc()
    if not publisher.publish(order.id):
        metrics.ORDERS_IN_OUTBOX.inc()
    return {"id": str(order.id), "status": "accepted"}


@app.get("/orders/{order_id}")
def show_order(order_id: UUID, response: Response) -> dict[str, Any]:
    key = f"order:{order_id}"
    cached = cache.get(key)
    response.headers["X-Cache"] = "hit" if cached else "miss"
    if cached:
        return cached
    order = orders.find(order_id)
    if order is None:
        raise HTTPException(404, "no such order")
    value = order.to_dict()
    # An open order will change: a reader that overtakes the invalidation is wrong for two seconds at most.
    cache.put(key, value, seconds=300 if order.status == "fulfilled" else 2)
    return value


@app.get("/orders")
def list_orders(limit: Annotated[int, Query(ge=1, le=500)] = 50) -> list[dict[str, Any]]:
    return [order.to_dict() for order in orders.newest(limit)]


def _debug_only() -> None:
    if not settings.current().debug:
        raise HTTPException(404, "Not Found")


@app.post("/debug/sleep", status_code=202, include_in_schema=False)
def start_sleep(seconds: Annotated[float, Query(ge=0, le=3600)] = 5) -> dict[str, str]:
    _debug_only()
    return {"task": publisher.send("shop.tasks.sleep", seconds)}


@app.get("/debug/tasks/{task_id}", include_in_schema=False)
def show_task(task_id: UUID) -> dict[str, Any]:
    _debug_only()
    from shop.celery_app import app as celery

    result = celery.AsyncResult(str(task_id))
    return {"task": str(task_id), "state": result.state, "result": result.result if result.successful() else None}
