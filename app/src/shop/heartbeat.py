"""Heartbeat files for Celery's worker and beat: health probes that cost nothing.

Copy this file into your application and say, after the Celery application is configured:

    heartbeat.install(celery_app)

The worker's file is as old as the last sign of life from its broker, so it grows stale when the broker is stopped,
when the network is cut without a word, and when the worker's own loop hangs. Beat's file is as old as its last tick.
Beat ends itself when it stays in one tick for two minutes, so that it is restarted: a healthcheck alone restarts nothing.
A probe needs no Python:

    sh -c 'test $(( $(date +%s) - $(stat -c %Y /tmp/celery-worker-heartbeat) )) -lt 30'

`inspect ping` in its place starts a whole Python and Celery each time and waits for a busy worker.

Files: CELERY_WORKER_HEARTBEAT_FILE (/tmp/celery-worker-heartbeat), CELERY_BEAT_HEARTBEAT_FILE
(/tmp/celery-beat-heartbeat). Tried with the prefork pool over AMQP and Redis, and with gevent over AMQP; beat's
part wraps whatever scheduler there is. With the solo pool expect a running task to stop the loop, and so the
heartbeat too.
"""

import faulthandler
import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any

from celery import bootsteps, signals

log = logging.getLogger(__name__)

INTERVAL = 0.5
"""Seconds between two looks at the broker's connection; a worker that is asked to stop notices it at the next one."""

BROKER_HEARTBEAT = 8
"""Seconds of AMQP's own heartbeat: the broker speaks every half of it, and after twice as long Celery reconnects."""

SILENCE = 10.0
"""Seconds without an answer after which a connection that has no heartbeat of its own (Redis) is recreated."""

UNANSWERED = 10
"""Seconds to wait for the broker's answer, so that no publish waits for minutes on a network that was cut."""

BEAT_INTERVAL = 5.0
"""Beat ticks at least as often, however far away the next task is."""

BEAT_STUCK = 120.0
"""Seconds without the end of a tick after which beat ends itself. Celery 5.5 waits for ever in one when the result store and
the broker are lost at once."""


def worker_file() -> str:
    return os.environ.get("CELERY_WORKER_HEARTBEAT_FILE", "/tmp/celery-worker-heartbeat")


def beat_file() -> str:
    return os.environ.get("CELERY_BEAT_HEARTBEAT_FILE", "/tmp/celery-beat-heartbeat")


def touch(path: str, when: float | None = None) -> None:
    """Sets the file's time. A file that cannot be written is a failing probe, not a failing worker."""
    when = time.time() if when is None else when
    try:
        with open(path, "ab"):
            pass
        os.utime(path, (when, when))
    except OSError as error:
        log.warning("heartbeat file %s: %s", path, error)


def remove(path: str) -> None:
    """A file of an earlier life (a restarted container keeps it) says nothing about this one."""
    try:
        os.unlink(path)
    except OSError:
        pass


class AmqpPulse:
    """The broker sends at least a heartbeat frame: alive is when anything was received."""

    def __init__(self, connection: Any) -> None:
        self._amqp = connection.connection
        self._received = -1
        self._at = time.time()

    def __call__(self) -> float:
        received = self._amqp.bytes_recv
        if received != self._received or not self._amqp.heartbeat:
            self._received = received
            self._at = time.time()
        return self._at


class RedisPulse:
    """Redis says nothing by itself: a PING over a connection of its own, with a short limit."""

    def __init__(self, connection: Any) -> None:
        from redis import Redis

        pool = connection.default_channel._get_pool(asynchronous=False)
        pool.connection_kwargs.update(socket_timeout=2, socket_connect_timeout=2, retry_on_timeout=False)
        self._client = Redis(connection_pool=pool)
        self._at = time.time()
        self._failure: Exception | None = None

    def __call__(self) -> float:
        try:
            self._client.ping()
            self._at, self._failure = time.time(), None
        except Exception as failure:
            self._failure = failure
            if time.time() - self._at > SILENCE:
                raise
        return self._at

    def close(self) -> None:
        self._client.connection_pool.disconnect()


def pulse_of(connection: Any) -> Callable[[], float]:
    """When the broker at the other end last gave a sign of life, as a function."""
    driver = connection.transport.driver_type
    if driver == "amqp" and hasattr(connection.connection, "bytes_recv"):
        return AmqpPulse(connection)
    if driver == "redis":
        return RedisPulse(connection)
    return time.time


class WorkerHeartbeat(bootsteps.StartStopStep):
    """Runs while the consumer has a connection: Celery stops its steps when it is lost, and starts them on the next."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **options: Any) -> None:
        super().__init__(consumer, **options)
        self._timer: Any = None
        self._pulse: Callable[[], float] | None = None

    def start(self, consumer: Any) -> None:
        self._pulse = pulse_of(consumer.connection)
        self._look(consumer)
        self._timer = consumer.timer.call_repeatedly(INTERVAL, self._look, (consumer,))

    def stop(self, consumer: Any) -> None:
        if self._timer is not None:
            consumer.timer.cancel(self._timer)
            self._timer = None
        close = getattr(self._pulse, "close", None)
        if close is not None:
            close()
        self._pulse = None

    terminate = stop

    def _look(self, consumer: Any) -> None:
        if self._pulse is None:
            return
        try:
            touch(worker_file(), self._pulse())
        except Exception as failure:
            log.warning("the broker is silent: %s", failure)
            # In the event loop this makes the consumer reconnect; a timer's thread can only stop touching the file.
            if consumer.hub is not None:
                raise


def _worker_starts(**_: Any) -> None:
    remove(worker_file())


class Watchdog:
    """Waits until nothing was told for so long. It counts its own looks: a process that was paused is not stuck."""

    def __init__(self, pause: Callable[[float], object] = time.sleep) -> None:
        self._pause = pause
        self._told = 0

    def tell(self) -> None:
        self._told += 1

    def wait(self) -> None:
        seen, silent = self._told, 0.0
        while silent < BEAT_STUCK:
            self._pause(BEAT_INTERVAL)
            silent = silent + BEAT_INTERVAL if self._told == seen else 0.0
            seen = self._told


def _end_when_stuck(watchdog: Watchdog) -> None:
    watchdog.wait()
    log.critical("beat has been in one tick for %d seconds: it ends, to be restarted", BEAT_STUCK)
    faulthandler.dump_traceback()
    os._exit(1)


def _beat_starts(sender: Any, **_: Any) -> None:
    watchdog = _beat_ticks(sender)
    threading.Thread(target=_end_when_stuck, args=(watchdog,), name="beat-watchdog", daemon=True).start()


def _beat_ticks(sender: Any, **_: Any) -> Watchdog:
    remove(beat_file())
    watchdog = Watchdog()
    scheduler = sender.scheduler
    tick = scheduler.tick

    def tick_and_touch(*args: Any, **options: Any) -> float:
        delay: float = tick(*args, **options)
        touch(beat_file())
        watchdog.tell()
        return min(delay, BEAT_INTERVAL)

    scheduler.tick = tick_and_touch
    return watchdog


def transport_options(broker_url: str) -> dict[str, Any]:
    """What makes a connection fail rather than hang: Celery's own events, sent every two seconds, have no limit."""
    if broker_url.startswith(("redis", "sentinel")):
        return {"socket_timeout": UNANSWERED, "socket_connect_timeout": 5}
    if broker_url.startswith(("amqp", "pyamqp")):
        return {"read_timeout": UNANSWERED, "write_timeout": UNANSWERED}
    return {}


def install(app: Any) -> None:
    """Makes the workers and the beat of this Celery application write their heartbeat files."""
    app.steps["consumer"].add(WorkerHeartbeat)
    app.conf.broker_heartbeat = BROKER_HEARTBEAT
    app.conf.broker_heartbeat_checkrate = 2
    options = transport_options(str(app.conf.broker_url or "amqp://"))
    app.conf.broker_transport_options = options | dict(app.conf.broker_transport_options or {})
    signals.celeryd_init.connect(_worker_starts, weak=False, dispatch_uid="heartbeat.worker")
    signals.beat_init.connect(_beat_starts, weak=False, dispatch_uid="heartbeat.beat")
    # A beat inside a worker must not end the worker.
    signals.beat_embedded_init.connect(_beat_ticks, weak=False, dispatch_uid="heartbeat.beat-embedded")
