"""Prometheus metrics of the web process."""

import os
import time
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from shop.orders import OLDEST

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUESTS = Counter("http_requests", "Requests answered.", ["method", "route", "status"])
DURATION = Histogram(
    "http_request_duration_seconds",
    "Time from a request to the end of its answer.",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
ORDERS_ACCEPTED = Counter("shop_orders_accepted", "Orders taken by this process.")
ORDERS_IN_OUTBOX = Counter("shop_orders_left_in_outbox", "Orders whose task could not be published at once.")
ORDERS = Gauge("shop_orders", "Orders in the database, as counted every ten seconds.", ["status"], multiprocess_mode="mostrecent")
OUTBOX_OLDEST = Gauge(
    "outbox_oldest_timestamp_seconds",
    "When the oldest work was accepted that is not done, as counted every ten seconds; 0 without any.",
    multiprocess_mode="mostrecent",
)


class RequestMetrics:
    """Counts and times requests by their route's template, so that ids make no new series."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        status = 500
        begin = time.perf_counter()

        async def watch(message: "Message") -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            REQUESTS.labels(scope["method"], route, status).inc()
            DURATION.labels(scope["method"], route).observe(time.perf_counter() - begin)


def render(order_counts: dict[str, float]) -> tuple[bytes, str]:
    for name, value in order_counts.items():
        if name.startswith("orders_"):
            ORDERS.labels(name.removeprefix("orders_")).set(value)
        elif name == OLDEST:
            OUTBOX_OLDEST.set(value)
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # several web processes in one container
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry), CONTENT_TYPE_LATEST
