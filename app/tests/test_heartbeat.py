import os
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery, signals

from shop import heartbeat


@pytest.fixture
def worker_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "worker"
    monkeypatch.setenv("CELERY_WORKER_HEARTBEAT_FILE", str(path))
    return path


@pytest.fixture
def beat_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "beat"
    monkeypatch.setenv("CELERY_BEAT_HEARTBEAT_FILE", str(path))
    return path


class Timer:
    def __init__(self) -> None:
        self.calls: list[Any] = []

    def call_repeatedly(self, seconds: float, action: Any, args: tuple[Any, ...]) -> Any:
        entry = (action, args)
        self.calls.append(entry)
        return entry

    def cancel(self, entry: Any) -> None:
        self.calls.remove(entry)

    def fire(self) -> None:
        for action, args in list(self.calls):
            action(*args)


def consumer(driver: str = "amqp", bytes_received: int = 1, hub: object | None = None) -> Any:
    amqp = SimpleNamespace(bytes_recv=bytes_received, heartbeat=8)
    connection = SimpleNamespace(transport=SimpleNamespace(driver_type=driver), connection=amqp)
    return SimpleNamespace(connection=connection, timer=Timer(), hub=hub)


def test_the_file_is_as_old_as_the_last_byte_from_the_broker(worker_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    one = consumer()
    step = heartbeat.WorkerHeartbeat(one)
    step.start(one)
    assert worker_file.stat().st_mtime == now

    now += 10
    one.timer.fire()
    assert worker_file.stat().st_mtime == now - 10, "the broker was silent"

    one.connection.connection.bytes_recv += 8
    one.timer.fire()
    assert worker_file.stat().st_mtime == now, "the broker spoke"


def test_nothing_is_touched_after_the_connection_is_lost(worker_file: Path) -> None:
    one = consumer()
    step = heartbeat.WorkerHeartbeat(one)
    step.start(one)
    step.stop(one)
    worker_file.unlink()
    one.timer.fire()
    assert not one.timer.calls
    assert not worker_file.exists()


@pytest.mark.parametrize(("hub", "raises"), [(object(), True), (None, False)])
def test_a_silent_broker_makes_the_event_loop_reconnect(
    worker_file: Path, monkeypatch: pytest.MonkeyPatch, hub: object | None, raises: bool
) -> None:
    def silent() -> float:
        raise ConnectionError("no answer")

    one = consumer(hub=hub)
    step = heartbeat.WorkerHeartbeat(one)
    step.start(one)
    monkeypatch.setattr(step, "_pulse", silent)
    os.utime(worker_file, (0, 0))
    if raises:
        with pytest.raises(ConnectionError):
            one.timer.fire()
    else:
        one.timer.fire()
    assert worker_file.stat().st_mtime == 0


def test_a_redis_that_fails_once_is_forgiven_and_then_not(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    pulse = heartbeat.RedisPulse.__new__(heartbeat.RedisPulse)
    pulse._at = now

    def ping() -> None:
        raise ConnectionError("no answer")

    monkeypatch.setattr(pulse, "_client", SimpleNamespace(ping=ping), raising=False)
    now += heartbeat.SILENCE - 1
    assert pulse() == now - heartbeat.SILENCE + 1
    now += 2
    with pytest.raises(ConnectionError):
        pulse()


def test_beat_touches_its_file_on_each_tick_and_ticks_often(beat_file: Path) -> None:
    beat_file.write_text("of an earlier life")
    scheduler = SimpleNamespace(tick=lambda: 300.0)
    heartbeat._beat_starts(sender=SimpleNamespace(scheduler=scheduler))
    assert not beat_file.exists()
    assert scheduler.tick() == heartbeat.BEAT_INTERVAL
    assert time.time() - beat_file.stat().st_mtime < 5


def test_a_file_that_cannot_be_written_does_not_stop_the_worker(caplog: pytest.LogCaptureFixture) -> None:
    heartbeat.touch("/none/such/file")
    assert "/none/such/file" in caplog.text


def test_installing_adds_the_step_and_keeps_the_application_s_own_options() -> None:
    app = Celery("other", broker="amqp://b//", set_as_current=False)
    app.conf.broker_transport_options = {"confirm_publish": True, "read_timeout": 3}
    heartbeat.install(app)
    assert heartbeat.WorkerHeartbeat in app.steps["consumer"]
    assert app.conf.broker_heartbeat == heartbeat.BROKER_HEARTBEAT
    assert app.conf.broker_transport_options == {
        "confirm_publish": True,
        "read_timeout": 3,
        "write_timeout": heartbeat.UNANSWERED,
    }


def test_installing_twice_connects_once() -> None:
    before = len(signals.beat_init.receivers)
    heartbeat.install(Celery("other", broker="memory://", set_as_current=False))
    assert len(signals.beat_init.receivers) == before
