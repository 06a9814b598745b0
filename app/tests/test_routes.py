from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from shop import cache, db, main, orders, probes, publisher, settings
from shop.orders import Order


class Shop:
    """Postgres, the broker and the cache of a test."""

    def __init__(self) -> None:
        self.orders: dict[UUID, Order] = {}
        self.published: list[UUID] = []
        self.sent: list[tuple[str, tuple[object, ...]]] = []
        self.cached: dict[str, tuple[dict[str, Any], int]] = {}
        self.broker_is_there = True

    def insert(self, item: str, quantity: int) -> Order:
        order = Order(uuid4(), item, quantity, "accepted", datetime.now(UTC))
        self.orders[order.id] = order
        return order

    def publish(self, order_id: UUID) -> bool:
        if self.broker_is_there:
            self.published.append(order_id)
        return self.broker_is_there

    def send(self, task: str, *args: object) -> str:
        self.sent.append((task, args))
        return "task-1"


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    shop = Shop()
    monkeypatch.setattr(orders, "insert", shop.insert)
    monkeypatch.setattr(orders, "find", shop.orders.get)
    monkeypatch.setattr(orders, "newest", lambda limit: list(shop.orders.values())[:limit])
    monkeypatch.setattr(orders, "gauges", lambda: {"orders_accepted": float(len(shop.orders))})
    monkeypatch.setattr(publisher, "publish", shop.publish)
    monkeypatch.setattr(publisher, "send", shop.send)
    monkeypatch.setattr(cache, "get", lambda key: shop.cached.get(key, (None, 0))[0])
    monkeypatch.setattr(cache, "put", lambda key, value, seconds: shop.cached.update({key: (value, seconds)}))
    return shop


@pytest.fixture
def client(shop: Shop) -> Iterator[TestClient]:
    # Without `with`: the lifespan, which wants a database, does not run.
    yield TestClient(main.app)


def test_an_order_is_stored_published_and_accepted(client: TestClient, shop: Shop) -> None:
    answer = client.post("/orders", json={"item": "tea", "quantity": 2})
    assert answer.status_code == 202
    assert answer.json()["status"] == "accepted"
    assert shop.published == [UUID(answer.json()["id"])] == list(shop.orders)


def test_an_order_is_accepted_while_the_broker_is_away(client: TestClient, shop: Shop) -> None:
    shop.broker_is_there = False
    answer = client.post("/orders", json={"item": "tea", "quantity": 2})
    assert answer.status_code == 202
    assert len(shop.orders) == 1
    assert shop.published == []


@pytest.mark.parametrize("body", [{"item": "", "quantity": 1}, {"item": "tea", "quantity": 0}, {"item": "tea"}])
def test_a_wrong_order_is_refused(client: TestClient, shop: Shop, body: dict[str, object]) -> None:
    assert client.post("/orders", json=body).status_code == 422
    assert not shop.orders


def test_an_order_is_read_from_the_cache_the_second_time(client: TestClient, shop: Shop) -> None:
    path = f"/orders/{shop.insert('tea', 2).id}"
    first, second = client.get(path), client.get(path)
    assert (first.headers["x-cache"], second.headers["x-cache"]) == ("miss", "hit")
    assert first.json() == second.json()


def test_only_a_fulfilled_order_is_cached_for_long(client: TestClient, shop: Shop) -> None:
    opened = shop.insert("tea", 2)
    done = Order(uuid4(), "tea", 1, "fulfilled", datetime.now(UTC), datetime.now(UTC))
    shop.orders[done.id] = done
    client.get(f"/orders/{opened.id}")
    client.get(f"/orders/{done.id}")
    assert shop.cached[f"order:{opened.id}"][1] <= 2 < shop.cached[f"order:{done.id}"][1]


def test_an_unknown_order_is_not_found(client: TestClient) -> None:
    assert client.get(f"/orders/{uuid4()}").status_code == 404
    assert client.get("/orders/nonsense").status_code == 422


def test_orders_are_listed(client: TestClient, shop: Shop) -> None:
    for item in "abc":
        shop.insert(item, 1)
    assert [order["item"] for order in client.get("/orders?limit=2").json()] == ["a", "b"]


def test_a_database_that_is_away_is_a_503(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(limit: int) -> list[Order]:
        raise db.Unavailable("away")

    monkeypatch.setattr(orders, "newest", fail)
    answer = client.get("/orders")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def test_health_touches_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main, "ready_checks", None)
    assert client.get("/health").json() == {"status": "ok"}


def test_ready_names_what_failed(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ConnectionError("refused")

    monkeypatch.setattr(main, "ready_checks", probes.Readiness({"postgres": lambda: None, "broker": broken}))
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["failed"] == {"broker": "ConnectionError: refused"}

    monkeypatch.setattr(main, "ready_checks", probes.Readiness({"postgres": lambda: None}))
    assert client.get("/ready").json() == {"status": "ready"}


def test_metrics_count_by_the_route_s_template(client: TestClient, shop: Shop) -> None:
    client.get(f"/orders/{shop.insert('tea', 2).id}")
    client.get(f"/orders/{shop.insert('tea', 2).id}")
    text = client.get("/metrics").text
    assert 'http_requests_total{method="GET",route="/orders/{order_id}",status="200"}' in text
    assert "http_request_duration_seconds_bucket" in text
    assert 'shop_orders{status="accepted"} 2.0' in text
    assert not any(str(order_id) in text for order_id in shop.orders)


def test_when_the_oldest_waiting_order_was_accepted_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "gauges", lambda: {orders.OLDEST: 1764200000.0})
    assert "outbox_oldest_timestamp_seconds 1.7642e+09" in client.get("/metrics").text


def test_metrics_survive_the_database(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> dict[str, float]:
        raise db.Unavailable("away")

    monkeypatch.setattr(orders, "gauges", fail)
    assert client.get("/metrics").status_code == 200


def test_debug_routes_are_closed_unless_asked_for(client: TestClient, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.post("/debug/sleep?seconds=1").status_code == 404
    assert client.get(f"/debug/tasks/{uuid4()}").status_code == 404
    assert not shop.sent

    open_settings = settings.from_environment(
        {"DATABASE_URL": "d", "BROKER_URL": "b", "CACHE_URL": "c", "RESULT_BACKEND_URL": "r", "SHOP_DEBUG": "1"}
    )
    monkeypatch.setattr(settings, "current", lambda: open_settings)
    assert client.post("/debug/sleep?seconds=1").json() == {"task": "task-1"}
    assert shop.sent == [("shop.tasks.sleep", (1.0,))]
