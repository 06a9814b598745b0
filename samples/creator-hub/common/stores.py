"""Postgres and Redis."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import redis

from common.environment import value


@contextmanager
def database() -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    with psycopg.connect(value("DATABASE_URL"), connect_timeout=5) as opened:
        yield opened


def prepare(lock: int, table: str) -> None:
    """Makes a table; of several processes at once, one does."""
    with database() as opened:
        opened.execute("SELECT pg_advisory_xact_lock(%s)", (lock,))
        opened.execute(table)


def cache() -> "redis.Redis[str]":
    return redis.Redis.from_url(value("REDIS_URL"), decode_responses=True, socket_timeout=5)


def check() -> None:
    with database() as opened:
        opened.execute("SELECT 1")
    cache().ping()
