"""Connections to Postgres: one pool a process, opened on first use (so after a worker's fork), migrated before that."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from shop import settings
from shop.migrations import migrate

log = logging.getLogger(__name__)

Connection = psycopg.Connection[tuple[Any, ...]]


class Unavailable(Exception):
    """Postgres cannot be reached, or went away."""


_pool: ConnectionPool[Connection] | None = None
_lock = threading.Lock()

# A server that vanishes without a word is noticed in seconds, not when TCP gives up.
_OPTIONS: dict[str, Any] = {
    "connect_timeout": 2,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "options": "-c statement_timeout=15000",
    "application_name": "shop",
}


def _open() -> ConnectionPool[Connection]:
    global _pool
    if _pool is not None:
        return _pool
    with _lock:
        if _pool is None:
            url = settings.current().database_url
            with psycopg.connect(url, **_OPTIONS) as connection:
                for name in migrate(connection):
                    log.info("applied migration %s", name)
            # No idle minimum and a short patience: after an outage the next request connects at once.
            _pool = ConnectionPool(
                url,
                kwargs=_OPTIONS,
                min_size=0,
                max_size=10,
                timeout=1.8,
                reconnect_timeout=2,
                check=ConnectionPool.check_connection,
                num_workers=2,
                open=True,
            )
    return _pool


@contextmanager
def connect() -> Iterator[Connection]:
    """A connection in a transaction, which is committed at the end and rolled back on an exception."""
    try:
        with _open().connection() as connection:
            yield connection
    except (psycopg.OperationalError, PoolTimeout) as error:
        raise Unavailable(str(error).strip()) from error


def close() -> None:
    global _pool
    with _lock:
        if _pool is not None:
            _pool.close(timeout=1)
            _pool = None
