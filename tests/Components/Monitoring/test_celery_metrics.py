"""What celery_metrics.py makes of events, and what it answers; no broker is needed."""

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import celery_metrics
import pytest
from celery_metrics import Metrics

NOW = 1_000_000.0


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def task(metrics: Metrics, state: str, uuid: str = "u1", at: float = NOW, **more: Any) -> None:
    metrics.observe({"type": f"task-{state}", "uuid": uuid, "timestamp": at, **more}, NOW)


def heartbeat(metrics: Metrics, worker: str, now: float = NOW, kind: str = "heartbeat", active: int = 0) -> None:
    metrics.observe({"type": f"worker-{kind}", "hostname": worker, "active": active}, now)


def values(metrics: Metrics, now: float = NOW) -> dict[str, float]:
    lines = [line for line in metrics.render(now).splitlines() if not line.startswith("#")]
    return {series: float(value) for series, value in (line.rsplit(" ", 1) for line in lines)}


def test_a_tasks_way_is_counted_under_the_name_that_only_its_first_event_has(metrics: Metrics) -> None:
    task(metrics, "received", name="shop.pay")
    task(metrics, "started", at=NOW + 0.2)
    task(metrics, "succeeded", at=NOW + 3, runtime=2.0)

    seen = values(metrics)
    for state in ("received", "started", "succeeded"):
        assert seen[f'celery_tasks_total{{task="shop.pay",state="{state}"}}'] == 1
    assert seen['celery_task_runtime_seconds_sum{task="shop.pay"}'] == 2.0
    assert seen['celery_task_wait_seconds_sum{task="shop.pay"}'] == pytest.approx(0.2)


def test_a_first_failure_is_an_increase(metrics: Metrics) -> None:
    task(metrics, "received", name="shop.pay")
    assert values(metrics)['celery_tasks_total{task="shop.pay",state="failed"}'] == 0

    task(metrics, "failed")
    assert values(metrics)['celery_tasks_total{task="shop.pay",state="failed"}'] == 1


def test_a_retried_task_keeps_its_name(metrics: Metrics) -> None:
    task(metrics, "received", name="shop.pay")
    task(metrics, "retried")
    task(metrics, "failed")

    seen = values(metrics)
    assert seen['celery_tasks_total{task="shop.pay",state="retried"}'] == 1
    assert seen['celery_tasks_total{task="shop.pay",state="failed"}'] == 1


def test_a_task_that_began_before_us_is_counted_without_a_name(metrics: Metrics) -> None:
    task(metrics, "succeeded", runtime=1.0)

    assert values(metrics)['celery_tasks_total{task="unknown",state="succeeded"}'] == 1


def test_buckets_add_up(metrics: Metrics) -> None:
    for uuid, runtime in (("a", 0.005), ("b", 0.3), ("c", 9999.0)):
        task(metrics, "received", uuid, name="t")
        task(metrics, "succeeded", uuid, runtime=runtime)

    seen = values(metrics)
    assert seen['celery_task_runtime_seconds_bucket{task="t",le="0.005"}'] == 1
    assert seen['celery_task_runtime_seconds_bucket{task="t",le="0.5"}'] == 2
    assert seen['celery_task_runtime_seconds_bucket{task="t",le="1800.0"}'] == 2
    assert seen['celery_task_runtime_seconds_bucket{task="t",le="+Inf"}'] == 3
    assert seen['celery_task_runtime_seconds_count{task="t"}'] == 3


def test_a_worker_counts_as_long_as_it_gives_signs_of_life(metrics: Metrics) -> None:
    heartbeat(metrics, "celery@a", active=3)
    heartbeat(metrics, "celery@b", NOW + 20)

    assert values(metrics, NOW + 21)["celery_workers"] == 2
    assert values(metrics, NOW + 31)["celery_workers"] == 1
    assert values(metrics, NOW + 21)['celery_worker_active_tasks{worker="celery@a"}'] == 3
    assert values(metrics, NOW + 21)['celery_worker_heartbeat_timestamp_seconds{worker="celery@b"}'] == NOW + 20


def test_a_worker_that_says_goodbye_counts_no_more_at_once(metrics: Metrics) -> None:
    heartbeat(metrics, "celery@a")
    heartbeat(metrics, "celery@a", NOW + 1, kind="offline")

    assert values(metrics, NOW + 1)["celery_workers"] == 0


def test_a_worker_of_an_hour_ago_is_forgotten(metrics: Metrics) -> None:
    heartbeat(metrics, "celery@old")
    heartbeat(metrics, "celery@new", NOW + celery_metrics.FORGOTTEN + 1)

    assert not [series for series in values(metrics) if "celery@old" in series]


def test_memory_of_unfinished_tasks_is_bounded(metrics: Metrics, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(celery_metrics, "TASKS_IN_MIND", 2)
    for uuid in ("a", "b", "c"):
        task(metrics, "received", uuid, name="t")
    task(metrics, "failed", "a")
    task(metrics, "failed", "c")

    seen = values(metrics)
    assert seen['celery_tasks_total{task="unknown",state="failed"}'] == 1
    assert seen['celery_tasks_total{task="t",state="failed"}'] == 1


def test_names_are_escaped(metrics: Metrics) -> None:
    task(metrics, "received", name='a"b\\c\nd')

    assert values(metrics)['celery_tasks_total{task="a\\"b\\\\c\\nd",state="received"}'] == 1


@pytest.mark.parametrize("event", [{}, {"type": "task-invented"}, {"type": "strange"}, {"type": "worker-heartbeat"}])
def test_unknown_events_do_no_harm(metrics: Metrics, event: dict[str, Any]) -> None:
    metrics.observe(event, NOW)

    assert values(metrics)


class Missing(Exception):
    pass


def broker(kind: str, **waiting: int) -> Any:
    def queue_declare(queue: str, passive: bool) -> Any:
        assert passive, "a look must make no queue"
        if queue not in waiting:
            raise Missing
        return SimpleNamespace(message_count=waiting[queue])

    return SimpleNamespace(
        transport=SimpleNamespace(driver_type=kind), channel_errors=(Missing,), default_channel=SimpleNamespace(queue_declare=queue_declare)
    )


def test_queues_of_redis_have_a_length_and_one_that_is_not_there_is_empty(metrics: Metrics) -> None:
    metrics.look(NOW)
    metrics.measure(celery_metrics.lengths(broker("redis", reports=101), ["reports", "sms"]))

    seen = values(metrics)
    assert seen['celery_queue_length{queue="reports"}'] == 101
    assert seen['celery_queue_length{queue="sms"}'] == 0


def test_queues_of_rabbitmq_are_left_to_itself() -> None:
    assert celery_metrics.lengths(broker("amqp", reports=101), ["reports"]) == {}


def test_a_broker_that_is_lost_has_no_length(metrics: Metrics) -> None:
    metrics.look(NOW)
    metrics.measure({"reports": 101})

    assert not [series for series in values(metrics, NOW + celery_metrics.DEAF) if series.startswith("celery_queue_length")]


@pytest.fixture
def address(metrics: Metrics) -> Iterator[str]:
    server = celery_metrics.server(metrics, 0, "127.0.0.1")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_it_is_healthy_only_while_it_hears_the_broker(metrics: Metrics, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: NOW)
    with pytest.raises(urllib.error.HTTPError, match="503"):
        urllib.request.urlopen(f"{address}/health")

    metrics.look(NOW - 1)

    assert urllib.request.urlopen(f"{address}/health").status == 200
    assert b"celery_listening 1\n" in urllib.request.urlopen(f"{address}/metrics").read()


def test_other_paths_are_unknown(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}/")


def test_it_speaks_to_the_broker_also_when_it_always_has_something_to_hear(metrics: Metrics, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Exception):
        pass

    clock = iter([NOW, NOW + 0.5, NOW + 1.5, NOW + 1.6])
    monkeypatch.setattr(time, "time", lambda: next(clock))
    checks: list[int] = []
    drained = iter([None, None, None, None, Broken()])

    def drain_events(timeout: float) -> None:
        outcome = next(drained)
        if outcome is not None:
            raise outcome

    class Consumer:
        def __enter__(self) -> None: ...

        def __exit__(self, *_: Any) -> None: ...

    transport = SimpleNamespace(driver_type="amqp")
    connection = SimpleNamespace(Consumer=None, transport=transport, drain_events=drain_events, heartbeat_check=lambda: checks.append(1))
    receiver = SimpleNamespace(get_consumers=lambda *_: [Consumer()])
    app = SimpleNamespace(events=SimpleNamespace(Receiver=lambda *_, **__: receiver), control=SimpleNamespace(broadcast=lambda *_, **__: None))
    with pytest.raises(Broken):
        celery_metrics.hear(app, connection, metrics)

    assert len(checks) == 2
