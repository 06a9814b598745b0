"""Orders in Postgres."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from shop import db

OLDEST = "oldest_accepted_at"
"""The gauge that tells when the oldest order was accepted that is not fulfilled, in seconds since 1970; 0 without one."""

_COLUMNS = "id, item, quantity, status, created_at, fulfilled_at"


@dataclass(frozen=True, slots=True)
class Order:
    id: UUID
    item: str
    quantity: int
    status: str
    created_at: datetime
    fulfilled_at: datetime | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "id": str(self.id),
            "created_at": self.created_at.isoformat(),
            "fulfilled_at": self.fulfilled_at and self.fulfilled_at.isoformat(),
        }


def insert(item: str, quantity: int) -> Order:
    with db.connect() as connection, connection.cursor(row_factory=class_row(Order)) as cursor:
        cursor.execute(f"INSERT INTO orders (item, quantity) VALUES (%s, %s) RETURNING {_COLUMNS}", (item, quantity))
        order = cursor.fetchone()
        assert order is not None
        return order


def find(order_id: UUID) -> Order | None:
    with db.connect() as connection, connection.cursor(row_factory=class_row(Order)) as cursor:
        return cursor.execute(f"SELECT {_COLUMNS} FROM orders WHERE id = %s", (order_id,)).fetchone()


def newest(limit: int) -> list[Order]:
    with db.connect() as connection, connection.cursor(row_factory=class_row(Order)) as cursor:
        return cursor.execute(f"SELECT {_COLUMNS} FROM orders ORDER BY created_at DESC LIMIT %s", (limit,)).fetchall()


def mark_published(order_id: UUID) -> None:
    with db.connect() as connection:
        connection.execute("UPDATE orders SET published_at = now() WHERE id = %s", (order_id,))


def mark_fulfilled(order_id: UUID) -> bool:
    """False where it was fulfilled before (a task may be delivered twice) or is gone."""
    with db.connect() as connection:
        done = connection.execute(
            "UPDATE orders SET status = 'fulfilled', fulfilled_at = now() WHERE id = %s AND status = 'accepted'",
            (order_id,),
        )
        return done.rowcount == 1


def in_outbox(limit: int) -> list[UUID]:
    """Accepted orders whose task never reached the broker, or is not done long after it did: published once more, which does
    no harm. The first time after a minute, and then when an order is twice as old as before, so that a queue which is only
    long grows little by it; once an hour at the least."""
    with db.connect() as connection:
        rows = connection.execute(
            "SELECT id FROM orders WHERE status = 'accepted' AND ("
            " (published_at IS NULL AND created_at < now() - interval '3 seconds')"
            " OR published_at + least(greatest(published_at - created_at, interval '1 minute'), interval '1 hour') < now())"
            " ORDER BY created_at LIMIT %s",
            (limit,),
        )
        return [row[0] for row in rows]


def count_into_gauges() -> dict[str, int]:
    with db.connect() as connection:
        rows = connection.execute("SELECT status, count(*) FROM orders GROUP BY status").fetchall()
        counts = {"accepted": 0, "fulfilled": 0} | dict(rows)
        oldest = connection.execute("SELECT extract(epoch FROM min(created_at)) FROM orders WHERE status = 'accepted'").fetchone()
        found = {f"orders_{status}": count for status, count in counts.items()} | {OLDEST: oldest and oldest[0] or 0}
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO gauges (name, value) VALUES (%s, %s)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()",
                sorted(found.items()),
            )
        return counts


def gauges() -> dict[str, float]:
    with db.connect() as connection:
        return {row[0]: row[1] for row in connection.execute("SELECT name, value FROM gauges")}


def delete_fulfilled(older_than_days: int) -> int:
    with db.connect() as connection:
        done = connection.execute(
            "DELETE FROM orders WHERE status = 'fulfilled' AND fulfilled_at < now() - make_interval(days => %s)",
            (older_than_days,),
        )
        return done.rowcount
