import os
import subprocess
import sys
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
    heartbeat._beat_ticks(sender=SimpleNamespace(scheduler=scheduler))
    assert not beat_file.exists()
    assert scheduler.tick() == heartbeat.BEAT_INTERVAL
    assert time.time() - beat_file.stat().st_mtime < 5


def test_a_beat_that_ticks_is_left_alone_and_one_that_is_stuck_is_not() -> None:
    looks = 0
    ticking = int(heartbeat.BEAT_STUCK / heartbeat.BEAT_INTERVAL) * 3

    def pause(_: float) -> None:
        nonlocal looks
        looks += 1
        if looks <= ticking:
            watchdog.tell()

    watchdog = heartbeat.Watchdog(pause)
    watchdog.wait()
    assert (looks - ticking) * heartbeat.BEAT_INTERVAL == heartbeat.BEAT_STUCK


def test_a_stuck_beat_ends_and_says_where_it_was(tmp_path: Path) -> None:
    program = """
import threading
from types import SimpleNamespace
from shop import heartbeat
heartbeat.BEAT_INTERVAL, heartbeat.BEAT_STUCK = 0.01, 0.05
def tick_for_ever():
    threading.Event().wait()
scheduler = SimpleNamespace(tick=tick_for_ever)
heartbeat._beat_starts(sender=SimpleNamespace(scheduler=scheduler))
scheduler.tick()
"""
    environment = os.environ | {"CELERY_BEAT_HEARTBEAT_FILE": str(tmp_path / "beat"), "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1, ended.stderr
    assert "tick_for_ever" in ended.stderr
    assert "it ends, to be restarted" in ended.stderr


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
