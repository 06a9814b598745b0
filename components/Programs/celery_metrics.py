"""Celery's events as Prometheus' metrics.

    python3 celery_metrics.py APPLICATION PORT [QUEUE...]

Listens on the broker of APPLICATION (as in `celery -A APPLICATION`) and answers on /metrics, and on /health as long as it
hears the broker. Workers say how they are by themselves; of their tasks they tell when started with `--task-events`. Where
Redis is the broker, it tells how long each QUEUE is too, or each that the application declares; RabbitMQ tells that itself.
"""

import bisect
import logging
import os
import signal
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

log = logging.getLogger("celery-metrics")

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)

STATES = ("received", "started", "succeeded", "failed", "retried", "rejected", "revoked")

ALIVE = 30.0
"""Seconds since its last sign of life after which a worker counts no more; Celery sends one every 2 s."""

FORGOTTEN = 3600.0
"""Seconds after which a worker that is gone is shown no more: each new container is a worker of a new name."""

TASKS_IN_MIND = 10_000
"""How many unfinished tasks are remembered: only the first event of a task says its name."""

HEARTBEAT = 10
"""Seconds of AMQP's own heartbeat; a broker that is silent twice as long is lost."""

DEAF = 30.0
"""Seconds without a look at the broker after which this program is of no use."""


class Histogram:
    def __init__(self) -> None:
        self._counts = [0] * (len(BUCKETS) + 1)
        self._sum = 0.0

    def observe(self, seconds: float) -> None:
        self._counts[bisect.bisect_left(BUCKETS, seconds)] += 1
        self._sum += seconds

    def lines(self, name: str, labels: str) -> Iterable[str]:
        total = 0
        for bound, count in zip((*map(str, BUCKETS), "+Inf"), self._counts):
            total += count
            yield f'{name}_bucket{{{labels},le="{bound}"}} {total}'
        yield f"{name}_sum{{{labels}}} {self._sum!r}"
        yield f"{name}_count{{{labels}}} {total}"


def escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


class Metrics:
    """What the events add up to. One thread observes, others render."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tasks: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._counts: dict[tuple[str, str], int] = {}
        self._runtime: dict[str, Histogram] = {}
        self._wait: dict[str, Histogram] = {}
        self._heard: dict[str, float] = {}
        self._active: dict[str, int] = {}
        self._lengths: dict[str, int] = {}
        self._looked = 0.0

    def look(self, now: float) -> None:
        """The broker was heard, and had nothing against it."""
        self._looked = now

    def has_looked(self, now: float) -> bool:
        return now - self._looked < 1

    def is_listening(self, now: float) -> bool:
        return now - self._looked < DEAF

    def measure(self, lengths: Mapping[str, int]) -> None:
        """So many tasks wait in each queue."""
        with self._lock:
            self._lengths = dict(lengths)

    def observe(self, event: Mapping[str, Any], now: float | None = None) -> None:
        kind, _, state = str(event.get("type", "")).partition("-")
        with self._lock:
            if kind == "task" and state in STATES:
                self._observe_task(state, event)
            elif kind == "worker":
                self._observe_worker(state, event, time.time() if now is None else now)

    def _observe_task(self, state: str, event: Mapping[str, Any]) -> None:
        uuid, at = str(event.get("uuid", "")), float(event.get("timestamp", 0))
        if state == "received":
            self._remember(uuid, str(event.get("name", "unknown")), at)
        name, received = self._tasks.get(uuid, ("unknown", 0.0))
        self._count(name, state)
        if state == "started" and received:
            self._wait.setdefault(name, Histogram()).observe(max(0.0, at - received))
        if state == "succeeded":
            self._runtime.setdefault(name, Histogram()).observe(float(event.get("runtime", 0)))
        if state in ("succeeded", "failed", "rejected", "revoked"):
            self._tasks.pop(uuid, None)

    def _remember(self, uuid: str, name: str, at: float) -> None:
        self._tasks[uuid] = (name, at)
        if len(self._tasks) > TASKS_IN_MIND:
            self._tasks.popitem(last=False)

    def _count(self, name: str, state: str) -> None:
        # All states from the beginning: a first failure out of nothing would be no increase.
        for each in STATES:
            self._counts.setdefault((name, each), 0)
        self._counts[name, state] += 1

    def _observe_worker(self, state: str, event: Mapping[str, Any], now: float) -> None:
        worker = str(event.get("hostname", "unknown"))
        # Our own clock: that of a worker on another machine may be wrong.
        self._heard[worker] = now if state != "offline" else min(self._heard.get(worker, now), now - ALIVE)
        self._active[worker] = int(event.get("active") or 0)
        for gone in [name for name, at in self._heard.items() if now - at > FORGOTTEN]:
            del self._heard[gone], self._active[gone]

    def render(self, now: float) -> str:
        with self._lock:
            return "\n".join([*self._lines(now), ""])

    def _lines(self, now: float) -> Iterable[str]:
        yield "# HELP celery_listening Whether the broker is listened to."
        yield "# TYPE celery_listening gauge"
        yield f"celery_listening {int(self.is_listening(now))}"
        yield f"# HELP celery_workers Workers that gave a sign of life in the last {ALIVE:.0f} seconds."
        yield "# TYPE celery_workers gauge"
        yield f"celery_workers {sum(now - at < ALIVE for at in self._heard.values())}"
        yield "# HELP celery_worker_heartbeat_timestamp_seconds When a worker last gave a sign of life."
        yield "# TYPE celery_worker_heartbeat_timestamp_seconds gauge"
        for worker, at in sorted(self._heard.items()):
            yield f'celery_worker_heartbeat_timestamp_seconds{{worker="{escaped(worker)}"}} {at!r}'
        yield "# HELP celery_worker_active_tasks Tasks that a worker runs at present."
        yield "# TYPE celery_worker_active_tasks gauge"
        for worker, active in sorted(self._active.items()):
            yield f'celery_worker_active_tasks{{worker="{escaped(worker)}"}} {active}'
        yield "# HELP celery_queue_length Tasks that wait in a queue of a broker that does not tell by itself."
        yield "# TYPE celery_queue_length gauge"
        # A broker that is lost tells nothing: its last answer would be taken for today's.
        for queue, length in sorted(self._lengths.items()) if self.is_listening(now) else ():
            yield f'celery_queue_length{{queue="{escaped(queue)}"}} {length}'
        yield "# HELP celery_tasks_total Tasks that came into a state."
        yield "# TYPE celery_tasks_total counter"
        for (task, state), count in sorted(self._counts.items()):
            yield f'celery_tasks_total{{task="{escaped(task)}",state="{state}"}} {count}'
        yield "# HELP celery_task_runtime_seconds How long tasks ran that succeeded."
        yield "# TYPE celery_task_runtime_seconds histogram"
        for task, histogram in sorted(self._runtime.items()):
            yield from histogram.lines("celery_task_runtime_seconds", f'task="{escaped(task)}"')
        yield "# HELP celery_task_wait_seconds How long tasks waited in a worker before they were started."
        yield "# TYPE celery_task_wait_seconds histogram"
        for task, histogram in sorted(self._wait.items()):
            yield from histogram.lines("celery_task_wait_seconds", f'task="{escaped(task)}"')


def server(metrics: Metrics, port: int, address: str = "0.0.0.0") -> ThreadingHTTPServer:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            now = time.time()
            if self.path == "/metrics":
                self._answer(200, metrics.render(now))
            elif self.path == "/health":
                self._answer(*((200, "listening\n") if metrics.is_listening(now) else (503, "the broker is not heard\n")))
            else:
                self._answer(404, "there are /metrics and /health\n")

        def _answer(self, status: int, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return ThreadingHTTPServer((address, port), Answers)


def lengths(connection: Any, queues: Iterable[str]) -> dict[str, int]:
    """How many tasks wait in each queue of Redis; of no other broker."""
    if connection.transport.driver_type != "redis":
        return {}
    return {queue: length(connection, queue) for queue in queues}


def length(connection: Any, queue: str) -> int:
    try:
        # All priorities of the queue together, each of which is a list of its own.
        return int(connection.default_channel.queue_declare(queue, passive=True).message_count)
    except connection.channel_errors:
        # An empty list is none.
        return 0


def hear(app: Any, connection: Any, metrics: Metrics, queues: Iterable[str] = ()) -> None:
    """Hears events over this connection, until it breaks."""
    events = app.events.Receiver(connection, handlers={"*": metrics.observe})
    (consumer,) = events.get_consumers(connection.Consumer, None)
    with consumer:
        app.control.broadcast("heartbeat", connection=connection)
        while True:
            try:
                connection.drain_events(timeout=1)
            except TimeoutError:
                pass
            now = time.time()
            if not metrics.has_looked(now):
                # Not only in pauses: who hears events all the time and says nothing is lost to the broker.
                connection.heartbeat_check()
                metrics.measure(lengths(connection, queues))
                metrics.look(now)


def listen(app: Any, metrics: Metrics, queues: Iterable[str]) -> None:
    """Hears events for as long as the process lives, over connection after connection."""
    while True:
        try:
            with app.connection_for_read(heartbeat=HEARTBEAT) as connection:
                hear(app, connection, metrics, queues)
        except Exception as failure:
            log.warning("the broker is lost, and asked again in 2 s: %s: %s", type(failure).__name__, failure)
        time.sleep(2)


def main(name: str, port: int, queues: Iterable[str]) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # As the first process of a container nothing stops it unless it says so.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    sys.path.insert(0, os.getcwd())
    from celery.app.utils import find_app

    metrics = Metrics()
    threading.Thread(target=server(metrics, port).serve_forever, name="http", daemon=True).start()
    app = find_app(name)
    listen(app, metrics, list(queues or app.amqp.queues))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
