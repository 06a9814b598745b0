"""Is everything that the application needs there? Each check is a function that returns or raises within its limit."""

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from shop import cache, db, settings

log = logging.getLogger(__name__)

LIMIT = 2.0

Check = Callable[[], None]


def postgres() -> None:
    with db.connect() as connection:
        connection.execute("SELECT 1")


def redis() -> None:
    cache.client().ping()


class Broker:
    """Asks over a connection that is kept, so that a probe is a round trip and no line in the broker's log."""

    def __init__(self) -> None:
        self._connection: Any = None

    def __call__(self) -> None:
        for attempt in "kept", "new":
            try:
                if self._connection is None:
                    self._connection = self._connect()
                return self._ask(self._connection)
            except Exception:
                kept, self._connection = self._connection, None
                if kept is not None:
                    _drop(kept)
                if attempt == "new":
                    raise

    @staticmethod
    def _connect() -> Any:
        from kombu import Connection

        url = settings.current().broker_url
        limits = {"read_timeout": 1.5, "write_timeout": 1.5} if url.startswith("amqp") else {"socket_timeout": 1.5}
        connection = Connection(url, connect_timeout=1.5, transport_options={**limits, "socket_connect_timeout": 1.5})
        try:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=1.5)
        except BaseException:
            _drop(connection)
            raise
        return connection

    @staticmethod
    def _ask(connection: Any) -> None:
        channel = connection.default_channel
        if connection.transport.driver_type == "amqp":
            channel.exchange_declare("amq.direct", "direct", passive=True)
        elif connection.transport.driver_type == "redis":
            channel.client.ping()


def _drop(connection: Any) -> None:
    """Closes without the goodbyes that a broken connection would wait for."""
    try:
        getattr(connection._connection, "collapse", connection.release)()
    except Exception as error:
        log.debug("closing: %s", error)


class Readiness:
    """Runs the checks side by side, each with its own limit; none runs twice at a time, however slow it is."""

    def __init__(self, checks: Mapping[str, Check], limit: float = LIMIT) -> None:
        self._checks = checks
        self._limit = limit
        self._running = {name: threading.Lock() for name in checks}

    async def __call__(self) -> dict[str, str]:
        """What failed and why; empty is ready."""
        answers = await asyncio.gather(*(self._run(name, check) for name, check in self._checks.items()))
        return {name: why for name, why in zip(self._checks, answers, strict=True) if why is not None}

    async def _run(self, name: str, check: Check) -> str | None:
        if not self._running[name].acquire(blocking=False):
            return "an earlier check still waits for an answer"
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[str | None] = loop.create_future()

        def tell(why: str | None) -> None:
            if not answer.done():
                answer.set_result(why)

        def run() -> None:
            try:
                check()
                why = None
            except Exception as error:
                why = f"{type(error).__name__}: {error}"
            finally:
                self._running[name].release()
            try:
                loop.call_soon_threadsafe(tell, why)
            except RuntimeError:
                pass  # The loop is closed: nobody waits for this answer.

        threading.Thread(target=run, name=f"check-{name}", daemon=True).start()
        try:
            return await asyncio.wait_for(answer, self._limit)
        except TimeoutError:
            return f"no answer in {self._limit:g} s"


def default() -> Readiness:
    return Readiness({"postgres": postgres, "redis": redis, "broker": Broker()})
