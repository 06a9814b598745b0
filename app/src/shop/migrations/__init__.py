"""Numbered SQL files, each applied once, in order. Any number of processes may call `migrate` at the same time."""

from importlib.resources import files
from typing import Any

from psycopg import Connection

_LOCK = 7301846025  # any number, as long as nothing else in this database locks it


def available() -> list[str]:
    names = (entry.name for entry in files(__name__).iterdir())
    return sorted(name for name in names if name.endswith(".sql"))


def migrate(connection: Connection[Any]) -> list[str]:
    """Applies what is missing, in one transaction; returns the names of what it applied."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations"
            " (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
        )
        applied = {row[0] for row in connection.execute("SELECT name FROM schema_migrations")}
        missing = [name for name in available() if name not in applied]
        for name in missing:
            connection.execute(files(__name__).joinpath(name).read_bytes())
            connection.execute("INSERT INTO schema_migrations (name) VALUES (%s)", (name,))
    return missing
