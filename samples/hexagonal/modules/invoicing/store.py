"""Invoices in Postgres."""

from uuid import UUID

from shared.database import connection

TABLE = "CREATE TABLE IF NOT EXISTS invoices (id uuid PRIMARY KEY, customer text NOT NULL, cents bigint NOT NULL, total bigint)"
LOCK = 7203  # Several processes start at once; CREATE TABLE IF NOT EXISTS alone may collide.


def prepare() -> None:
    with connection() as database:
        database.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        database.execute(TABLE)


def add(invoice: UUID, customer: str, cents: int) -> None:
    with connection() as database:
        database.execute("INSERT INTO invoices (id, customer, cents) VALUES (%s, %s, %s)", (invoice, customer, cents))


def issue(invoice: UUID, percent: int) -> int | None:
    """Adds the tax; the same invoice may be issued again."""
    with connection() as database:
        row = database.execute(
            "UPDATE invoices SET total = cents + cents * %s / 100 WHERE id = %s RETURNING total", (percent, invoice)
        ).fetchone()
        return None if row is None else int(row[0])


def find(invoice: UUID) -> tuple[str, int, int | None] | None:
    with connection() as database:
        row = database.execute("SELECT customer, cents, total FROM invoices WHERE id = %s", (invoice,)).fetchone()
        return None if row is None else (str(row[0]), int(row[1]), row[2])
