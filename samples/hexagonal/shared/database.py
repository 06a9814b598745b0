"""Connections to Postgres."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from shared.environment import value

Row = tuple[Any, ...]


@contextmanager
def connection() -> Iterator[psycopg.Connection[Row]]:
    with psycopg.connect(value("DATABASE_URL"), connect_timeout=5) as opened:
        yield opened
