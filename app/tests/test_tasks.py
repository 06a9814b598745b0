import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from celery.canvas import Signature
from celery.exceptions import Reject, Retry
from kombu.exceptions import OperationalError

from shop import cache, db, orders, publisher, tasks
from shop.celery_app import app, configuration
from shop.migrations import available
from shop.settings import Settings


def settings(broker: str, quorum: bool = False) -> Settings:
    return Settings("d", broker, "c", "r", quorum_queues=quorum)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publisher, "_try_again_at", 0.0)


def test_fulfilling_marks_the_row_and_then_forgets_the_cached_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []

    def mark(order_id: UUID) -> bool:
        done.append(order_id)
        return True

    monkeypatch.setattr(orders, "mark_fulfilled", mark)
    monkeypatch.setattr(cache, "forget", done.append)
    order_id = uuid4()
    assert tasks.fulfil_order(str(order_id)) == "fulfilled"
    assert done == [order_id, f"order:{order_id}"]


def test_what_starts_is_noted_at_the_result_store_for_none_but_the_task_whose_result_is_read() -> None:
    ours = [task for name, task in app.tasks.items() if name.startswith("shop.")]
    assert {task.name for task in ours if not task.ignore_result} == {"shop.tasks.sleep"}


def test_sleeping_ends_when_the_file_is_there(tmp_path: Path) -> None:
    asked = time.monotonic()
    tasks.sleep(600, str(tmp_path))
    assert time.monotonic() - asked < 60


def test_a_second_delivery_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "mark_fulfilled", lambda order_id: False)
    monkeypatch.setattr(cache, "forget", lambda key: None)
    assert tasks.fulfil_order(str(uuid4())) == "nothing to do"


@pytest.fixture
def failing_delivery(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An order's task as a worker has it, while the database is away."""

    def away(_: UUID) -> bool:
        raise db.Unavailable("away")

    monkeypatch.setattr(orders, "mark_fulfilled", away)
    order_id = str(uuid4())
    tasks.fulfil_order.push_request(args=[order_id], kwargs={}, id=str(uuid4()), retries=0, called_directly=False)
    yield order_id
    tasks.fulfil_order.pop_request()


def test_a_task_that_fails_is_published_again(failing_delivery: str, monkeypatch: pytest.MonkeyPatch) -> None:
    published: list[str] = []
    monkeypatch.setattr(Signature, "apply_async", lambda self, *_, **__: published.extend(self.args))
    with pytest.raises(Retry):
        tasks.fulfil_order.run(failing_delivery)
    assert published == [failing_delivery]


def test_a_task_whose_retry_the_broker_cannot_take_goes_back_to_its_queue(failing_delivery: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(Signature, "apply_async", refuse)
    with pytest.raises(Reject) as rejected:
        tasks.fulfil_order.run(failing_delivery)
    assert rejected.value.requeue


def test_the_outbox_is_published_until_the_broker_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = [uuid4() for _ in range(3)]
    monkeypatch.setattr(orders, "in_outbox", lambda limit: waiting)
    monkeypatch.setattr(publisher, "publish", lambda order_id: order_id != waiting[2])
    assert tasks.publish_outbox() == 2


def test_an_order_is_marked_only_after_the_broker_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []

    def send(*_: object, **__: object) -> str:
        steps.append("sent")
        return "id"

    monkeypatch.setattr(publisher, "send", send)
    monkeypatch.setattr(orders, "mark_published", lambda order_id: steps.append("marked"))
    assert publisher.publish(uuid4())
    assert steps == ["sent", "marked"]


def test_a_failed_publish_leaves_the_order_and_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[UUID] = []

    def send(_: str, order_id: UUID, **__: object) -> str:
        tries.append(order_id)
        raise OSError("refused")

    def never(_: UUID) -> None:
        raise AssertionError("marked without a broker")

    monkeypatch.setattr(publisher, "send", send)
    monkeypatch.setattr(orders, "mark_published", never)
    assert not publisher.publish(uuid4())
    assert not publisher.publish(uuid4())
    assert len(tries) == 1


def test_a_published_order_that_cannot_be_marked_counts_as_published(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: UUID) -> None:
        raise db.Unavailable("away")

    monkeypatch.setattr(publisher, "send", lambda *a, **k: "id")
    monkeypatch.setattr(orders, "mark_published", away)
    assert publisher.publish(uuid4())


def test_every_scheduled_task_exists() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_tasks_survive_a_lost_worker() -> None:
    conf = configuration(settings("amqp://b//"))
    assert conf["task_acks_late"] and conf["task_reject_on_worker_lost"]
    assert conf["worker_prefetch_multiplier"] == 1
    assert conf["broker_transport_options"]["confirm_publish"]


def test_a_redis_broker_has_a_visibility_timeout_and_no_quorum_queue() -> None:
    conf = configuration(settings("redis://b/0", quorum=True))
    assert conf["broker_transport_options"]["visibility_timeout"] >= conf["task_time_limit"]
    assert conf["task_default_queue_type"] == "classic"
    assert conf["task_default_exchange_type"] == "direct"
    conf = configuration(settings("amqp://b//", quorum=True))
    assert (conf["task_default_queue_type"], conf["task_default_exchange_type"]) == ("quorum", "topic")


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [int(name.split("_")[0]) for name in available()] == list(range(1, len(available()) + 1))
